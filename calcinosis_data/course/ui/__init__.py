"""Component kit of the course: labelled controls, panels, predictions, settings.

Everything an explorer or a lesson shows is built from these names, so that
keyboard, screen reader, dark theme and reload behave the same everywhere.
"""

from calcinosis_data.course.ui import assets, snapshot, sources, theme
from calcinosis_data.course.ui._cells import NOT_STATED
from calcinosis_data.course.ui.controls import (
    Choice,
    Choices,
    ControlValueError,
    Search,
    Toggle,
    choice,
    choices,
    search,
    toggle,
)
from calcinosis_data.course.ui.key_guard import KeyGuard, key_guard
from calcinosis_data.course.ui.panel import Panel, panel
from calcinosis_data.course.ui.reruns import close_all, note_shown
from calcinosis_data.course.ui.reveal import Ask, Reveal, ask, reveal
from calcinosis_data.course.ui.settings import Settings, settings
from calcinosis_data.course.ui.view import View

__all__ = [
    "NOT_STATED",
    "Ask",
    "Choice",
    "Choices",
    "ControlValueError",
    "KeyGuard",
    "Panel",
    "Reveal",
    "Search",
    "Settings",
    "Toggle",
    "View",
    "ask",
    "assets",
    "choice",
    "choices",
    "close_all",
    "key_guard",
    "note_shown",
    "panel",
    "reveal",
    "search",
    "settings",
    "snapshot",
    "sources",
    "theme",
    "toggle",
]
