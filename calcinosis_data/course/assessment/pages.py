"""What the page shows of items, outcomes and results: plain dicts and HTML, no widgets."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from typing import Any

from calcinosis_data.course.assessment.attempts import Attempt
from calcinosis_data.course.assessment.evidence import evidence, references_of
from calcinosis_data.course.assessment.item_bank import Item
from calcinosis_data.course.assessment.progress import Standing, date_words
from calcinosis_data.course.assessment.scoring import OptionFeedback, Outcome
from calcinosis_data.errors import CalcinosisError

Payload = dict[str, Any]


def questions(items: Sequence[Item], learner_id: str) -> list[Payload]:
    """Put questions the way the page shows them before an answer: without any key."""
    return [
        {
            "id": item.item_id,
            "progress": f"Question {number} of {len(items)}",
            "stem": item.stem,
            "lead_in": item.lead_in,
            "options": [
                {"id": option.option_id, "text": option.text}
                for option in item.options_for(learner_id)
            ],
        }
        for number, item in enumerate(items, start=1)
    ]


def feedback(item: Item, outcome: Outcome, attempt: Attempt) -> Payload:
    """Put what the page shows after an answer: the chosen option first, then the others."""
    options = [_option(item, option) for option in outcome.feedback]
    shown = dict.fromkeys(ref for option in options for ref in option.pop("ref_ids"))
    return {
        "attempt": attempt.attempt_id,
        "chosen": list(attempt.response),
        "correct": outcome.correct,
        "verdict": "Correct." if outcome.correct else "Not yet.",
        "sentence": _sentence(outcome),
        "options": options,
        "take_away": outcome.take_away,
        "sources": [source for ref in shown or _key_references(item) if (source := _source(ref))],
        "answered": f"answered on {date_words(attempt.time)}",
    }


def static_copy(shown: Iterable[Payload]) -> str:
    """Write questions as plain HTML, for a saved notebook that nobody runs.

    Parameters
    ----------
    shown : iterable of dict
        What `questions` gives.

    Returns
    -------
    str
        HTML without answers; the living questions hide it.
    """
    return f'<div class="cal-snapshot">{"".join(map(_static_question, shown))}</div>'


def results_table(caption: str, rows: Iterable[tuple[str, Sequence[Standing]]]) -> str:
    """Write a learner's results by objective as one HTML table.

    Parameters
    ----------
    caption : str
        What the table is about.
    rows : iterable of tuple
        The words of an objective, and the standings with its items.

    Returns
    -------
    str
        The table, with a header cell for each column and row.
    """
    head = "".join(
        f'<th scope="col">{title}</th>'
        for title in ("Objective", "Answered", "Right at the first try", "Where you stand")
    )
    body = "".join(_results_row(words, found) for words, found in rows)
    return (
        '<div class="cal-kit cal-quiz-results"><div class="cal-scroll" tabindex="0" role="region" '
        f'aria-label="{escape(caption)}"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></div>"
    )


def standing_words(found: Sequence[Standing]) -> str:
    """Say how a learner stands with the questions of one objective."""
    answered = [standing for standing in found if standing.answered]
    wrong = sum(not standing.right_now for standing in answered)
    if not answered:
        return "Not started"
    if wrong:
        return f"Look again: {_count(wrong, 'question')} not right yet"
    if len(answered) < len(found):
        return f"Right so far, {_count(len(found) - len(answered), 'question')} left"
    reviews = [date for standing in found if (date := standing.next_review)]
    return f"All right; review on {date_words(min(reviews))}" if reviews else "All right, reviewed"


def _option(item: Item, option: OptionFeedback) -> Payload:
    shown = _evidence(item, option.option_id)
    return {
        "text": option.text,
        "mark": _mark(option),
        "is_key": option.is_key,
        "rationale": option.rationale,
        "shown_by": [f"{words} ({short})" if short else words for words, short, _ in shown],
        "ref_ids": [ref for *_, ref_ids in shown for ref in ref_ids],
    }


@cache
def _evidence(item: Item, option_id: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Words, short citation and references of the rows that decide on an option."""
    try:
        found = evidence(item, item.option(option_id))
    except CalcinosisError:  # feedback without its rows is better than none
        return ()
    return tuple(
        (f"Table {row.table}: {row.words}", _short(refs), refs)
        for row in found
        for refs in (references_of(row.table, row.row_id),)
    )


def _key_references(item: Item) -> tuple[str, ...]:
    rows = (option.row_id for option in item.key if option.row_id and item.option_table)
    return tuple(
        dict.fromkeys(ref for row in rows for ref in references_of(item.option_table or "", row))
    )


def _mark(option: OptionFeedback) -> str:
    if option.chosen:
        return "Your answer, and the best one" if option.is_key else "Your answer"
    return "Best answer" if option.is_key else ""


def _sentence(outcome: Outcome) -> str:
    chosen = " and ".join(f"“{option.text}”" for option in outcome.chosen)
    best = " and ".join(f"“{option.text}”" for option in outcome.key)
    return (
        f"You chose {chosen}."
        if outcome.correct
        else (f"You chose {chosen}. The best answer is {best}.")
    )


@cache
def _source(ref_id: str) -> Mapping[str, str] | None:
    from calcinosis_data import cite

    try:
        return {"short": cite(ref_id), "full": cite(ref_id, style="full")}
    except CalcinosisError:
        return None


def _short(ref_ids: Iterable[str]) -> str:
    return "; ".join(source["short"] for ref in ref_ids if (source := _source(ref)))


def _static_question(question: Payload) -> str:
    options = "".join(f"<li>{escape(option['text'])}</li>" for option in question["options"])
    stem = f"<p>{escape(question['stem'])}</p>" if question["stem"] else ""
    return (
        f"<p>{escape(question['progress'])}</p>{stem}"
        f"<p><strong>{escape(question['lead_in'])}</strong></p><ul>{options}</ul>"
    )


def _results_row(words: str, found: Sequence[Standing]) -> str:
    answered = sum(standing.answered for standing in found)
    cells = (
        f"{answered} of {len(found)}",
        f"{sum(standing.right_first for standing in found)} of {answered}" if answered else "–",
        standing_words(found),
    )
    return (
        f'<tr><th scope="row">{escape(words)}</th>'
        f"{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
