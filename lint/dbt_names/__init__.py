"""Stand-ins for what dbt gives its templates, so that sqlfluff can read the SQL without a database.

sqlfluff's own stand-in of ``var`` is one word; the project's macros loop over lists, so the vars
are read from dbt_project.yml. Macros that differ per engine become a call of their own name.
"""

import datetime as dt
import re
from pathlib import Path
from types import SimpleNamespace

import yaml

_PROJECT = yaml.safe_load(Path("dbt_project.yml").read_text(encoding="utf-8"))

execute = False
project_name = _PROJECT["name"]
invocation_id = "run"
run_started_at = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
target = SimpleNamespace(name="dev", schema="main")
graph = SimpleNamespace(sources={})
modules = SimpleNamespace(re=re)


def var(name, _default=None):
    """Return a var as dbt_project.yml has it."""
    return _PROJECT["vars"][name]


def env_var(_name, default=""):
    """Return the default: lint depends on no environment."""
    return default


# Their patterns, replacements and paths are quoted by the engine's macro, which lint does not see.
_WITH_PATTERN = ("fits", "replaced", "first_match", "json_text", "keyed_json_text")

# What stands where no call can: a word of the language, not an expression.
_WORDS = {"not_materialized": "not materialized"}


# These stand where a query stands.
_SERIES = {"month_starts": "month_start_at", "day_starts": "day_start_at"}


def _dispatch(name):
    def call(*arguments):
        arguments = arguments[:1] if name in _WITH_PATTERN else arguments
        text = f"{name}({', '.join(str(argument) for argument in arguments)})"
        column = _SERIES.get(name)
        return f"select {text} as {column}" if column else _WORDS.get(name, text)

    return call


adapter = SimpleNamespace(dispatch=_dispatch)


class exceptions:  # noqa: N801 - as dbt names it
    """What stops a build stops lint, with the same words."""

    @staticmethod
    def raise_compiler_error(message):
        """Raise what a macro has to say."""
        raise ValueError(message)
