"""How hard English is to read: syllables, sentences and the Flesch-Kincaid grade of a text."""

import re
from collections.abc import Collection, Sequence

# Endings that are written and not spoken (but: ta-ble, dis-eas-es, re-lat-ed, set-tled) and
# vowels side by side that are spoken apart (but: ques-tion, spe-cial, peo-ple).
SILENT = re.compile(r"(?<![^aeiouy]l)(?:e|(?<![cgsxz])(?<![cs]h)es|(?<![td])ed)$")
APART = re.compile(
    r"(?<![tcsgx])i[ao]|iu|ua|(?<=[aeiou][^aeiou])ea$|[aeouy]ing$|eo(?!ple)", re.VERBOSE
)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z0-9“\"])")


def syllables(word: str) -> int:
    """Syllables of an English word, near enough for an average: groups of vowels, corrected.

    Examples
    --------
    >>> syllables("calcium"), syllables("disease"), syllables("diseases")
    (3, 2, 3)
    """
    letters = re.sub(r"[^a-z]", "", word.lower())
    spoken = SILENT.sub("", letters)
    groups = len(re.findall(r"[aeiouy]+", spoken))
    return max(1, groups + len(APART.findall(letters)))


def flesch_kincaid(words: Sequence[str], sentences: int, judged: Sequence[str]) -> float:
    """School grade of a text of so many sentences (Kincaid and others 1975).

    All words count for the length of the sentences, only those `judged` for difficulty: the
    name of a disease is hard to read, and no plainer word would do.

    Examples
    --------
    >>> words = "The cat sat on the mat".split()
    >>> flesch_kincaid(words, sentences=1, judged=words) < 1
    True
    """
    per_word = sum(map(syllables, judged)) / len(judged)
    return 0.39 * len(words) / sentences + 11.8 * per_word - 15.59


def reading_grade(text: str, names: Collection[str] = ()) -> float:
    """School grade of a text in plain sentences.

    Parameters
    ----------
    text : str
        Sentences without markup.
    names : collection of str
        Words in small letters that count for length but not for difficulty.

    Returns
    -------
    float
        The Flesch-Kincaid grade; 0 for a text without words.

    Examples
    --------
    >>> reading_grade("It is warm. The sun is out.") < 3
    True
    >>> reading_grade("Dermatomyositis is rare.", names={"dermatomyositis"}) < 5
    True
    """
    words = _WORD.findall(text)
    judged = [word for word in words if word.lower() not in names]
    if not judged:
        return 0.0
    return flesch_kincaid(words, len(_SENTENCE_END.split(text.strip())), judged)
