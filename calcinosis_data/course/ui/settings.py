"""The learner's own settings: text size, contrast, charts, motion."""

from __future__ import annotations

import anywidget
import traitlets


class Settings(anywidget.AnyWidget):  # type: ignore[misc]
    """Form with the learner's settings; made by `settings`."""

    text_size = traitlets.Enum(["normal", "large", "larger"], "normal").tag(sync=True)
    contrast = traitlets.Enum(["theme", "high"], "theme").tag(sync=True)
    charts = traitlets.Bool(True).tag(sync=True)
    motion = traitlets.Bool(True).tag(sync=True)


_one: list[Settings] = []


def settings() -> Settings:
    """Give the settings form of this session, always the same one."""
    if not _one:
        _one.append(Settings())
    return _one[0]
