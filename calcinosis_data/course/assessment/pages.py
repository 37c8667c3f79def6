"""What the page shows of items, outcomes and results: plain dicts and HTML, no widgets."""

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from typing import Any

from calcinosis_data.course.assessment.attempts import Attempt
from calcinosis_data.course.assessment.item_bank import Item
from calcinosis_data.course.assessment.question_words import (
    how_to_answer,
    mark_words,
    outcome_words,
)
from calcinosis_data.course.assessment.rows_behind import Evidence, evidence, references_of
from calcinosis_data.course.assessment.scoring import OptionFeedback, Outcome
from calcinosis_data.course.assessment.standing import Standing, date_words
from calcinosis_data.course.ui.sources import describe_sources
from calcinosis_data.errors import CalcinosisError

Payload = dict[str, Any]
_MOST_NAMES = 2


def questions(items: Sequence[Item], learner_id: str) -> list[Payload]:
    """Put questions the way the page shows them before an answer: without any key.

    Parameters
    ----------
    items : sequence of Item
        The questions.
    learner_id : str
        Whose order options and answers come in.

    Returns
    -------
    list of dict
        For each question, whatever its kind:

        ``id``, ``kind``
            The item and its kind.
        ``progress``, ``stem``, ``lead_in``, ``how``
            "Question 1 of 3", the situation, the question, and what to do to answer it.
        ``options``
            ``{"id": "a", "text": "…"}`` in the learner's order: what is chosen, the lines
            of a matching or ordering question; empty for a number. Verdicts on a claim keep
            their order. The order of lines to be put in order is by chance, so it may be the
            right one.
        ``answers``
            Matching only: the texts that are offered for every line, in an order of their
            own; else empty.
        ``unit``
            Numeric only: what the number counts; else empty.
        ``hints``
            None, one or two texts, to be shown one after the other when asked for.

        What the page sends back is what `read_response` takes.
    """
    return [
        {
            "id": item.item_id,
            "kind": item.kind,
            "progress": f"Question {number} of {len(items)}",
            "stem": item.stem,
            "lead_in": item.lead_in,
            "how": how_to_answer(item),
            "options": [
                {"id": option.option_id, "text": option.text}
                for option in item.options_for(learner_id)
            ],
            "answers": list(item.answers_for(learner_id)),
            "unit": item.unit,
            "hints": list(item.hints),
        }
        for number, item in enumerate(items, start=1)
    ]


def feedback(item: Item, outcome: Outcome, attempt: Attempt) -> Payload:
    """Put what the page shows after an answer: the chosen option first, then the others.

    Parameters
    ----------
    item : Item
        The question.
    outcome : Outcome
        What `score` gives.
    attempt : Attempt
        The answer as it was kept.

    Returns
    -------
    dict
        ``attempt``, ``answered``
            Id of the attempt, and "answered on 3 March 2026".
        ``chosen``
            The response as it was kept: ids, pairs, ids in order, or the number as typed.
        ``correct``, ``verdict``, ``sentence``, ``partial``
            Whether all is right, "Correct." or "Not yet.", what was given and what is right,
            and how much of it is right ("3 of 4 pairs", else empty).
        ``options``
            Every option once, also those that were not offered (foreseen wrong numbers,
            ``any-other``). Each with ``id``, ``text``, ``is_key``, ``chosen``, ``agrees``
            (with the key), ``given`` and ``right`` (texts or None; see `OptionFeedback`),
            ``mark`` (how it stands, in words), ``rationale`` and ``rows`` (the table rows
            behind it, in words). The first is the option to speak about: the one chosen, or
            the one that a typed number falls under. Lines to be put in order come in their
            right order.
        ``take_away``, ``sources``
            One sentence to keep, and the references behind the rows.
    """
    return {
        "attempt": attempt.attempt_id,
        "chosen": list(attempt.response),
        "correct": outcome.correct,
        "verdict": "Correct." if outcome.correct else "Not yet.",
        "sentence": outcome_words(item, outcome),
        "partial": outcome.partial,
        "options": [_option(item, option) for option in outcome.feedback],
        "take_away": outcome.take_away,
        "sources": _sources(_references(item, outcome)),
        "answered": f"answered on {date_words(attempt.time)}",
    }


def static_copy(shown: Iterable[Payload]) -> str:
    """Write questions as plain HTML without answers, for a saved notebook that nobody runs.

    Parameters
    ----------
    shown : iterable of dict
        What `questions` gives.

    Returns
    -------
    str
        The questions; the living ones hide them.
    """
    note = "<p><em>Saved copy. Run this cell to answer.</em></p>"
    return "".join(map(_static_question, shown)) + note


def results_table(words: str, rows: Iterable[tuple[str, Sequence[Standing]]]) -> str:
    """Write a learner's results by objective as HTML.

    Parameters
    ----------
    words : str
        The results in one sentence.
    rows : iterable of tuple
        The words of an objective, and the standings with its items.

    Returns
    -------
    str
        The sentence and a table; two columns, so that it fits a narrow page.
    """
    body = "".join(_results_row(objective, found) for objective, found in rows)
    return (
        f'<div class="cal-kit cal-quiz-results"><p>{escape(words)}</p><table>'
        "<caption>Results by objective</caption>"
        '<thead><tr><th scope="col">Objective</th><th scope="col">Where you stand</th></tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def standing_words(found: Sequence[Standing]) -> str:
    """Say how a learner stands with the questions of one objective."""
    answered = [standing for standing in found if standing.answered]
    if not answered:
        return f"Not started ({_count(len(found), 'question')})."
    first = sum(standing.right_first for standing in answered)
    counts = f"{len(answered)} of {len(found)} answered, {first} right at the first try."
    return f"{_next_step(found, answered)} {counts}"


def _next_step(found: Sequence[Standing], answered: Sequence[Standing]) -> str:
    if wrong := sum(not standing.right_now for standing in answered):
        return f"Look again: {_count(wrong, 'question')} not right yet."
    if left := len(found) - len(answered):
        return f"Right so far, {_count(left, 'question')} to go."
    reviews = [date for standing in found if (date := standing.next_review)]
    return f"All right. Review on {date_words(min(reviews))}." if reviews else "All reviewed."


def _option(item: Item, option: OptionFeedback) -> Payload:
    return {
        "id": option.option_id,
        "text": option.text,
        "is_key": option.is_key,
        "chosen": option.chosen,
        "agrees": option.agrees,
        "given": option.given,
        "right": option.right,
        "mark": mark_words(item, option),
        "rationale": option.rationale,
        "rows": [
            f"{row.words}.{_names(ref_ids)}" for row, ref_ids in _rows(item, option.option_id)
        ],
    }


@cache
def _rows(item: Item, option_id: str) -> tuple[tuple[Evidence, tuple[str, ...]], ...]:
    """The rows that decide on an option, each with its references."""
    try:
        found = evidence(item, item.option(option_id))
    except CalcinosisError:  # feedback without its rows is better than none
        return ()
    return tuple((row, references_of(row.table, row.row_id)) for row in found)


def _names(ref_ids: Sequence[str]) -> str:
    """Name the sources of a row where they are few; the list below has them all."""
    if not 0 < len(ref_ids) <= _MOST_NAMES:
        return ""
    return f" Source: {'; '.join(source['short'] for source in _sources(ref_ids))}."


def _references(item: Item, outcome: Outcome) -> list[str]:
    """References to list: those of the rows behind the chosen and the best option."""
    weighed = [*outcome.chosen, *outcome.key]
    if any(option.special for option in item.key):  # "cannot tell" rests on all the others
        weighed = list(outcome.feedback)
    behind = [row for option in weighed for row in _rows(item, option.option_id)]
    found = [ref_id for _, ref_ids in behind for ref_id in ref_ids]
    own_rows = [option.row_id for option in item.key if option.row_id]
    return found or [ref for row in own_rows for ref in references_of(item.option_table or "", row)]


def _sources(ref_ids: Iterable[str]) -> list[dict[str, str]]:
    try:
        return [source.as_dict() for source in describe_sources(ref_ids)]
    except CalcinosisError:  # feedback without its sources is better than none
        return []


def _static_question(question: Payload) -> str:
    stem = f"<p>{escape(question['stem'])}</p>" if question["stem"] else ""
    return (
        f"<p>{escape(question['progress'])}</p>{stem}"
        f"<p><strong>{escape(question['lead_in'])}</strong> {escape(question['how'])}</p>"
        f"{_static_list(option['text'] for option in question['options'])}"
        f"{_static_answers(question['answers'])}{_static_hints(question['hints'])}"
    )


def _static_list(texts: Iterable[str]) -> str:
    entries = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<ul>{entries}</ul>" if entries else ""


def _static_answers(answers: Sequence[str]) -> str:
    return f"<p>Answers:</p>{_static_list(answers)}" if answers else ""


def _static_hints(hints: Sequence[str]) -> str:
    return "".join(
        f"<details><summary>Hint {number}</summary><p>{escape(hint)}</p></details>"
        for number, hint in enumerate(hints, start=1)
    )


def _results_row(objective: str, found: Sequence[Standing]) -> str:
    return (
        f'<tr><th scope="row">{escape(objective)}</th><td>{escape(standing_words(found))}</td></tr>'
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
