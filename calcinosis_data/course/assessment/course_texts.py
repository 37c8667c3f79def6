"""Names of lessons and objectives, as the tables have them."""


def objective_texts() -> dict[str, str]:
    """Give the words of each objective by its id.

    Examples
    --------
    >>> objective_texts()["types-distinguish"]
    'Distinguish calciphylaxis from the other types.'
    """
    from calcinosis_data import load_table

    frame = load_table("objectives")
    return dict(zip(frame["objective_id"], frame["text"], strict=True))


def lesson_titles() -> dict[str, str]:
    """Give number and title of each lesson by its id, in the order of the course.

    Examples
    --------
    >>> next(iter(lesson_titles().values()))
    'Lesson 1. What is calcinosis, and how to work here'
    """
    from calcinosis_data import load_table

    frame = load_table("lessons").sort_values("number")
    rows = zip(frame["lesson_id"], frame["number"], frame["title"], strict=True)
    return {str(lesson_id): f"Lesson {number}. {title}" for lesson_id, number, title in rows}
