"""Questions of the course: items with proved keys, feedback, and the learner's answers.

In a lesson three calls are enough: `start` in the first cell, `quiz` where questions are
asked, `results` at the end. Over all lessons, `review` asks what is due, `progress` shows where
the learner stands, and the answers are the learner's own: `export_my_answers`,
`erase_my_answers`.
"""

from calcinosis_data.course.assessment.answer_book import Book, book
from calcinosis_data.course.assessment.attempts import Attempt, Reading, read_folder
from calcinosis_data.course.assessment.bank_files import load_bank
from calcinosis_data.course.assessment.class_scoring import answer_keys, score_responses
from calcinosis_data.course.assessment.errors import (
    AnswerSheetError,
    ItemKindError,
    ItemQueryError,
    NotAnAnswerError,
    UnknownItemError,
)
from calcinosis_data.course.assessment.item_bank import Bank, Item, Option, bank, item, items
from calcinosis_data.course.assessment.keys import key_is_proved, selected_rows
from calcinosis_data.course.assessment.lesson import Results, results, start
from calcinosis_data.course.assessment.mastery import mastery
from calcinosis_data.course.assessment.own_data import erase_my_answers, export_my_answers
from calcinosis_data.course.assessment.progress import progress
from calcinosis_data.course.assessment.quiz_widget import Quiz, quiz
from calcinosis_data.course.assessment.responses import read_response
from calcinosis_data.course.assessment.review import Review, review
from calcinosis_data.course.assessment.scoring import Outcome, score
from calcinosis_data.course.assessment.sheet_file import read_answers
from calcinosis_data.course.assessment.sheet_widget import AnswerSheet, answer_sheet

__all__ = [
    "AnswerSheet",
    "AnswerSheetError",
    "Attempt",
    "Bank",
    "Book",
    "Item",
    "ItemKindError",
    "ItemQueryError",
    "NotAnAnswerError",
    "Option",
    "Outcome",
    "Quiz",
    "Reading",
    "Results",
    "Review",
    "UnknownItemError",
    "answer_keys",
    "answer_sheet",
    "bank",
    "book",
    "erase_my_answers",
    "export_my_answers",
    "item",
    "items",
    "key_is_proved",
    "load_bank",
    "mastery",
    "progress",
    "quiz",
    "read_answers",
    "read_folder",
    "read_response",
    "results",
    "review",
    "score",
    "score_responses",
    "selected_rows",
    "start",
]
