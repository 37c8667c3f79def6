"""Word lists of the lint. Each says what it is for; a rule that is too eager is mended here.

The lists are short on purpose: a word stands in one only if it gives a question away, or makes
it harder to read, wherever it is used.
"""

from __future__ import annotations

import re
from pathlib import Path

_ANY_CASE = re.IGNORECASE


def _whole(*phrases: str) -> re.Pattern[str]:
    """Any of the phrases (each a small pattern) as whole words."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(phrases)})(?![\w-])", _ANY_CASE)


# An option that speaks of the others. It tests the reading of options, not the subject.
ALL_OR_NONE = _whole(
    r"(?:all|none|any|both|neither) of (?:the )?(?:above|these|those|them|options|answers)",
    r"both [a-f] and [a-f]",
    r"(?:options?|answers?) [a-f] (?:and|or) [a-f]",
    r"(?:all|none) (?:is|are) (?:right|correct|true)",
)

# A question turned round: readers pass over a small "not".
NEGATIVE = _whole(
    r"not|except|cannot|never|untrue|false|incorrect|unlikely|(?:is|are) wrong|\w+n[’']t",
    r"least (?:likely|often|useful|probable|suitable|appropriate|important)",
)
# Fixed terms in which such a word is no negation.
NOT_NEGATIVE = _whole(r"false[ -](?:positives?|negatives?|alarms?)", r"at least", r"whether or not")
# What must not be done to a patient has to be askable: the word is then written in capitals.
SAFETY = re.compile(r"\b(?:should|must|may) NOT\b")

# A lead-in that could stand under any stem.
UNFOCUSED = _whole(
    r"which (?:of (?:the following|these|the above)|statements?|options?|answers?|one)?"
    r"(?: statements?| options?| answers?)? ?(?:is|are) (?:true|correct|right|accurate|valid)",
    r"what (?:is|are) (?:true|correct|right)",
    r"what (?:do you|can you) (?:know|say) about",
)

# "Which is …?", "Which of these fits …?": nothing names the kind of answer.
UNNAMED = _whole(
    r"which(?: one)? (?:of (?:these|those|them|the (?:following|above|two|three|four|five)) )?"
    r"(?:is|are|was|were|does|do|did|fits?|appl(?:y|ies)|holds?|would|could|can|should|must)"
)

# Absolute words mark a wrong option: little is always so.
ABSOLUTE = _whole(
    r"always|never|only|all|none|must|completely|entirely|impossible|certainly|any",
    r"every(?! (?:\w+ )?(?:hours?|days?|nights?|weeks?|months?|years?|winter|summer))",
)

# Vague words of frequency mean something else to each reader.
VAGUE = _whole(
    r"usually|often|sometimes|rarely|seldom|frequently|occasionally|commonly|generally|typically"
    r"|normally|mostly|probably|possibly|perhaps|likely|may|might"
)

# Pairs that leave no third answer, when two options differ in them alone.
ANTONYMS = (
    ("rises", "falls"), ("rise", "fall"), ("increases", "decreases"), ("increase", "decrease"),
    ("raised", "lowered"), ("higher", "lower"), ("high", "low"), ("more", "less"),
    ("better", "worse"), ("before", "after"), ("with", "without"), ("present", "absent"),
    ("up", "down"), ("longer", "shorter"), ("larger", "smaller"), ("yes", "no"),
)  # fmt: skip

# Names of people that stand for a disease or a sign; only the key named so stands out.
EPONYMS = frozenset({
    "albright", "cushing", "ehlers", "danlos", "gottron", "marfan", "mönckeberg", "paget",
    "raynaud", "rothmund", "sjögren", "thibierge", "weissenbach", "werner", "wilson",
})  # fmt: skip

# A colour that points at a part of a chart. White fingers and dark skin are no such thing.
COLOUR_POINTER = _whole(
    r"(?:the|a|each|shown in|drawn in|in) (?:red|green|blue|orange|yellow|purple|violet|pink|brown"
    r"|grey|gray|black|white)(?: and \w+)? (?:bars?|lines?|dots?|points?|areas?|boxes|box|cells?|"
    r"rows?|bands?|curves?|marks?|squares?|circles?|slices?|segments?|part of the chart)"
)
# A picture that is pointed at, and the words that say the same is there to be read.
CHART_POINTER = _whole(
    r"(?:the|this|a) (?:chart|graph|figure|diagram|plot|photo|photograph|picture)s? "
    r"(?:above|below|beside|shown|on the (?:left|right))",
    r"(?:look at|see|shown in|seen in|read off) (?:the|this) (?:chart|graph|figure|diagram|plot)",
)
TABLE_TWIN = _whole(r"tables?|rows?|list(?:ed|s)?|sentences?")

# A question that leans on another one.
OTHER_ITEM = _whole(
    r"(?:previous|preceding|last|next|earlier|first|second|other) (?:question|item)s?",
    r"(?:question|item) (?:above|below|before|\d+)",
    r"your (?:previous|last|earlier) answer",
    r"(?:same|this) patient as (?:before|above)",
)

# A person in a stem; and the word that says nobody real is meant.
PATIENT = re.compile(
    r"\b(?:[Aa]n?|[Tt]wo|[Tt]hree) (?:[\w-]+ ){0,3}?"
    r"(?:man|men|woman|women|girls?|boys?|newborns?|child|baby|patients?|teenager|\w+-year-old)\b"
    r"(?= (?:of|with|has|had|have|who|is|was|on|takes|took|comes|came|whose|asks|in (?:his|her))\b)"
)
# A count of people in a study is told as one.
STUDY = _whole(r"stud(?:y|ies)|series|reports?|registry|cohort|trials?|survey|papers?|review")

# A question that asks for a name or a meaning asks to remember, whatever level it declares.
RECALL = re.compile(
    r"\bwhat (?:is|does|do) .*\b(?:called|mean|stand for|short for|definition|abbreviation)\b"
    r"|\bwhich (?:word|term|name|definition|abbreviation)\b"
    r"|\bhow many (?:types|causes|symptoms|tests|treatments|entries) does\b",
    _ANY_CASE,
)

# Written with capitals and known to everybody, or no abbreviation at all: a Roman number, a unit,
# a name such as McDonald or PubMed.
KNOWN_CAPITALS = re.compile(
    r"DNA|HIV|OK|UK|USA?|[IVX]+[A-C]?|[MG]Hz|[MG]Bq|[A-Z][a-z]+[A-Z][a-z]{2,}"
)

# Words too common to give anything away when stem and key share them.
_COMMON_FILE = Path(__file__).with_name("common_words.txt")
COMMON = frozenset(
    word
    for line in _COMMON_FILE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)

# Words that have an order. Options that are words of one scale keep it.
SCALES = (
    ("low", "normal", "high"),
    ("low", "low or normal", "normal", "normal or high", "high"),
    ("none", "mild", "moderate", "severe"),
    ("low", "moderate", "high"),
    ("very low", "low", "moderate", "high"),
    ("lower", "the same", "higher"),
    ("fewer", "as many", "more"),
)
