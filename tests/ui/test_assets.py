"""The files of the kit join to one module that keeps to the machine."""

import re

import pytest

from calcinosis_data.course.ui import assets
from calcinosis_data.course.ui._results import SCRIPTS


def test_the_joined_module_has_one_door_and_no_imports() -> None:
    text = assets.esm(*SCRIPTS)
    assert text.count("export default") == 1
    assert not re.search(r"^import |^export (function|const)", text, re.MULTILINE)


def test_no_name_is_declared_twice() -> None:
    names = re.findall(
        r"^(?:async )?(?:function|const|let) (\w+)", assets.esm(*SCRIPTS), re.MULTILINE
    )
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("text", [assets.esm(*SCRIPTS), assets.css("kit.css")], ids=["js", "css"])
def test_nothing_is_fetched_from_elsewhere(text: str) -> None:
    code = text.replace("https?:", "")
    assert "http:" not in code
    assert "https:" not in code
    assert "@import" not in code


def test_an_unknown_file_names_the_known_ones() -> None:
    with pytest.raises(FileNotFoundError, match=r"no static file 'gard\.js'.*guard\.js"):
        assets.esm("gard.js")
