"""The measure of plain English, on words and sentences whose measure is known."""

import pytest
from readability import flesch_kincaid, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("calcium", 3), ("calcinosis", 4), ("tissue", 2), ("people", 2), ("table", 2),
        ("muscle", 2), ("lesson", 2), ("phosphate", 2), ("damaged", 2), ("inflamed", 2),
        ("related", 3), ("the", 1), ("kidney", 2), ("disease", 2), ("diseases", 3),
        ("types", 1), ("changes", 2), ("patients", 2), ("radiation", 4), ("idea", 3),
        ("area", 3), ("question", 2), ("answer", 2), ("keyboard", 2), ("variable", 4),
        ("evidence", 3), ("lying", 2), ("seeing", 2), ("whole", 1),
        ("one", 1), ("eye", 1), ("nurse", 1), ("more", 1), ("results", 2), ("settled", 2),
        ("hand", 1), ("objective", 3), ("blood", 1), ("usual", 3), ("situation", 4),
    ],
)  # fmt: skip
def test_syllables_of_known_words(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_follows_the_published_formula() -> None:
    words = ["The", "patient", "has", "calcium", "in", "the", "skin"]  # 7 words of 10 syllables
    assert flesch_kincaid(words, 1, words) == pytest.approx(0.39 * 7 + 11.8 * 10 / 7 - 15.59)


def test_words_that_are_not_judged_count_for_length_only() -> None:
    words = ["Calcinosis", "is", "rare"]
    assert flesch_kincaid(words, 1, ["is", "rare"]) == pytest.approx(0.39 * 3 + 11.8 - 15.59)
