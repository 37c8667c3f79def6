"""How hard English is to read: syllables of a word, and the Flesch-Kincaid grade of a text."""

import re
from collections.abc import Sequence

# Endings that are written and not spoken (but: ta-ble, dis-eas-es, re-lat-ed, set-tled) and
# vowels side by side that are spoken apart (but: ques-tion, spe-cial, peo-ple).
SILENT = re.compile(r"(?<![^aeiouy]l)(?:e|(?<![cgsxz])(?<![cs]h)es|(?<![td])ed)$")
APART = re.compile(
    r"(?<![tcsgx])i[ao]|iu|ua|(?<=[aeiou][^aeiou])ea$|[aeouy]ing$|eo(?!ple)", re.VERBOSE
)


def syllables(word: str) -> int:
    """Syllables of an English word, near enough for an average: groups of vowels, corrected."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    spoken = SILENT.sub("", letters)
    groups = len(re.findall(r"[aeiouy]+", spoken))
    return max(1, groups + len(APART.findall(letters)))


def flesch_kincaid(words: Sequence[str], sentences: int, judged: Sequence[str]) -> float:
    """School grade of a text of so many sentences (Kincaid and others 1975).

    All words count for the length of the sentences, only those `judged` for difficulty: the
    name of a disease is hard to read, and no plainer word would do.
    """
    per_word = sum(map(syllables, judged)) / len(judged)
    return 0.39 * len(words) / sentences + 11.8 * per_word - 15.59
