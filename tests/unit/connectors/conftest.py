"""dbt's own Jinja writes the SQL of macros, without a project; DuckDB answers it."""

import re
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from dbt_common.clients.jinja import MacroReturn, get_dbt_macro_name, get_environment

MACROS = Path(__file__).parents[3] / "macros"
FOLDERS = ("connectors", "engine", "feeds")


def returned(value):
    raise MacroReturn(value)


@pytest.fixture(scope="session")
def macros():
    """The macros of connectors, each callable, in the spelling of DuckDB."""
    context = {"return": returned, "execute": False, "modules": SimpleNamespace(re=re)}

    def callable_macro(template, name):
        def call(*arguments, **named):
            module = template.make_module(vars=context, shared=False)
            try:
                return getattr(module, get_dbt_macro_name(name))(*arguments, **named)
            except MacroReturn as found:
                return found.value

        return call

    for file in sorted(path for folder in FOLDERS for path in (MACROS / folder).rglob("*.sql")):
        text = file.read_text()
        template = get_environment().from_string(text)
        for name in re.findall(r"\{% macro (\w+)\(", text):
            context[name] = callable_macro(template, name)
    context["adapter"] = SimpleNamespace(dispatch=lambda name: context[f"default__{name}"])
    return SimpleNamespace(**context)


@pytest.fixture(scope="session")
def warehouse():
    """A database in UTC."""
    with duckdb.connect() as database:
        database.execute("set TimeZone = 'UTC'")
        yield database
