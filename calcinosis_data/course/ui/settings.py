"""The learner's own settings: text size, contrast, charts, motion."""

from __future__ import annotations

from functools import cache

import anywidget
import traitlets

from calcinosis_data.course.ui import assets, snapshot


class Settings(anywidget.AnyWidget):
    """Form with the learner's settings; made by `settings`.

    The values are kept by the learner's browser and act on the whole page at once.

    Attributes
    ----------
    text_size
        ``normal``, ``large`` or ``larger``.
    contrast
        ``theme`` or ``high``.
    charts
        False: tables only, and predictions show their panel at once.
    motion
        False: nothing moves by itself.
    """

    _esm = assets.esm("guard.js", "kit.js", "settings.js")
    _css = assets.css("kit.css")
    text_size = traitlets.Enum(["normal", "large", "larger"], "normal").tag(sync=True)
    contrast = traitlets.Enum(["theme", "high"], "theme").tag(sync=True)
    charts = traitlets.Bool(True).tag(sync=True)
    motion = traitlets.Bool(True).tag(sync=True)

    def __init__(self) -> None:
        super().__init__()
        self.add_class("cal-kit")

    def _ipython_display_(self) -> None:
        snapshot.emit(super()._repr_mimebundle_())
        snapshot.emit_note("Reading settings: run this cell to use them.")


@cache
def settings() -> Settings:
    """Give the settings form of this session, always the same one.

    Examples
    --------
    >>> settings() is settings()
    True
    """
    return Settings()
