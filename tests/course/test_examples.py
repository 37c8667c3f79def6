"""The examples in the docstrings of the course hold; those of the data have their own test."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

from calcinosis_data import course

MODULES = sorted(one.name for one in pkgutil.walk_packages(course.__path__, f"{course.__name__}."))


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # an example that saves does so there
    monkeypatch.setenv("CALCINOSIS_HOME", str(tmp_path))
    assert doctest.testmod(importlib.import_module(name)).failed == 0
