"""What importing costs, and which names are public."""

import doctest
import importlib
import pkgutil
import subprocess
import sys
import typing

import pytest

import calcinosis_data
from calcinosis_data._descriptor import descriptor

HEAVY = {"pandas", "numpy", "ipywidgets", "plotly", "anywidget", "IPython"}


def loaded_after(statement):
    script = f"import sys; {statement}; print(*sys.modules, sep='\\n')"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_importing_the_package_loads_nothing_heavy():
    assert not loaded_after("import calcinosis_data") & HEAVY


def test_the_data_functions_load_no_widgets():
    assert not loaded_after("from calcinosis_data import *") & (HEAVY - {"pandas", "numpy"})


@pytest.mark.parametrize("name", calcinosis_data.__all__)
def test_every_public_name_is_there_and_documented(name):
    value = getattr(calcinosis_data, name)
    if name not in ("__version__", "TableName"):
        assert value.__doc__
        assert value.__name__ == name


def test_the_first_use_of_a_name_gives_what_every_later_use_gives():
    same = "[print(getattr(cd, name) is getattr(cd, name)) for name in cd.__all__]"
    script = f"import calcinosis_data as cd; {same}"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) == {"True"}


def test_dir_lists_the_public_names():
    assert set(calcinosis_data.__all__) <= set(dir(calcinosis_data))


def test_the_tables_have_the_version_of_the_code():
    assert calcinosis_data.__version__ == descriptor().version


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'lode_table'"):
        calcinosis_data.lode_table  # noqa: B018


def test_no_module_hides_a_public_function():
    modules = {module.name for module in pkgutil.iter_modules(calcinosis_data.__path__)}
    assert not modules & set(calcinosis_data.__all__)


def test_table_names_for_editors_are_those_of_the_descriptor():
    assert typing.get_args(calcinosis_data.TableName) == descriptor().table_names


def data_modules():
    for module in pkgutil.walk_packages(calcinosis_data.__path__, "calcinosis_data."):
        if not module.name.startswith("calcinosis_data.course"):
            yield module.name
    yield "calcinosis_data"


@pytest.mark.parametrize("name", sorted(data_modules()))
def test_examples_in_docstrings_hold(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


PUBLIC_FUNCTIONS = [
    name for name in calcinosis_data.__all__ if name[0].islower() and not name.startswith("_")
]


@pytest.mark.parametrize("name", PUBLIC_FUNCTIONS)
def test_every_public_function_has_an_example(name):
    assert ">>> " in getattr(calcinosis_data, name).__doc__
