"""Entries of a suite: one expectation each, as its file spells it, refused unless it is sound.

Great Expectations drops an entry that it cannot read, and says so only in a log.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SEVERITIES = ("critical", "warning")
"""``critical`` stops the build, ``warning`` is reported."""

UNEXPECTED_ROWS = "unexpected_rows_expectation"
"""The expectation written as SQL: every row that its query returns is one too many."""

_ENTRY_KEYS = ("type", "kwargs", "severity", "description", "id", "meta", "notes")
_META_KEYS = ("may_be_accepted",)

# Great Expectations has no SQL for these on DuckDB: they would fail whatever the data are.
_NOT_ON_DUCKDB = re.compile(
    r"_(match_regex|match_regex_list|match_like_pattern|match_like_pattern_list"
    r"|match_strftime_format|match_json_schema|json_parseable|dateutil_parseable"
    r"|increasing|decreasing)$"
)


class SuiteError(ValueError):
    """A suite file says something that cannot be checked as written."""


@dataclass(frozen=True)
class Entry:
    """One expectation of a suite, as its file spells it.

    Attributes
    ----------
    expectation_id
        Stable name, such as ``orders.amount.not_null``.
    expectation
        Great Expectations' type in snake case.
    kwargs
        Its arguments, suite parameters not yet filled in.
    severity
        ``critical`` or ``warning``.
    description
        What it protects, in words.
    may_be_accepted
        Whether a person may say that what it found is right (``meta: {may_be_accepted: true}``):
        see :mod:`tessera.gates.acceptance`.
    """

    expectation_id: str
    expectation: str
    kwargs: Mapping[str, Any]
    severity: str
    description: str
    may_be_accepted: bool = False

    @property
    def column_name(self) -> str | None:
        """The column it is about; several are joined by a comma, none is ``None``."""
        if "column_list" in self.kwargs:
            return ", ".join(self.kwargs["column_list"])
        named = [self.kwargs.get(name) for name in ("column", "column_A", "column_B")]
        return ", ".join(column for column in named if column) or None


def checked_entry(raw: Any, where: str) -> dict[str, Any]:
    """Return the entry as Great Expectations takes it, or raise :class:`SuiteError`."""
    if not isinstance(raw, dict):
        raise SuiteError(f"{where}: expected a mapping with {list(_ENTRY_KEYS)}, found {raw!r}")
    require_known_keys(raw, _ENTRY_KEYS, where)
    for name in ("type", "id", "severity", "description"):
        if not isinstance(raw.get(name), str) or not raw[name].strip():
            raise SuiteError(f"{where}: '{name}' is missing")
    if raw["severity"] not in SEVERITIES:
        hint = nearest(raw["severity"], SEVERITIES)
        raise SuiteError(f"{where}: severity {raw['severity']!r} is none of {SEVERITIES}{hint}")
    entry = {**raw, "kwargs": dict(raw.get("kwargs") or {})}
    require_known_keys(raw.get("meta") or {}, _META_KEYS, f"{where}: meta")
    _require_known_type(entry["type"], where)
    _require_valid_kwargs(entry, where)
    return entry


def as_entry(raw: Mapping[str, Any]) -> Entry:
    """Return a checked entry as the record that evidence is written from."""
    return Entry(
        expectation_id=raw["id"],
        expectation=raw["type"],
        kwargs=raw["kwargs"],
        severity=raw["severity"],
        description=" ".join(raw["description"].split()),
        may_be_accepted=(raw.get("meta") or {}).get("may_be_accepted") is True,
    )


def nearest(word: str, words: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the closest of ``words``, or nothing.

    >>> nearest("severty", ["severity", "type"])
    "; did you mean 'severity'?"
    """
    close = get_close_matches(word, list(words), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""


def require_known_keys(mapping: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    """Refuse a key that nobody would read."""
    for name in mapping:
        if name not in known:
            raise SuiteError(f"{where}: unknown key {name!r}{nearest(str(name), known)}")


def _require_known_type(name: str, where: str) -> None:
    from great_expectations.expectations import registry  # noqa: PLC0415 - seconds

    known = registry.list_registered_expectation_implementations()
    if name not in known:
        raise SuiteError(f"{where}: no expectation is called {name!r}{nearest(name, known)}")
    if _NOT_ON_DUCKDB.search(name):
        raise SuiteError(
            f"{where}: {name} cannot be pushed down to DuckDB; "
            f"write it as SQL in an {UNEXPECTED_ROWS}"
        )


def _require_fillable_parameters(kwargs: Mapping[str, Any], where: str) -> None:
    for name, value in kwargs.items():
        is_parameter = isinstance(value, dict) and "$PARAMETER" in value
        if "$PARAMETER" in repr(value) and not is_parameter:
            raise SuiteError(
                f"{where}: '{name}' holds a $PARAMETER inside a list or mapping, which Great "
                "Expectations does not fill in; only a whole argument can be a parameter"
            )


def _require_valid_kwargs(entry: dict[str, Any], where: str) -> None:
    from great_expectations.expectations import registry  # noqa: PLC0415 - seconds

    kind = registry.get_expectation_impl(entry["type"])
    for name in entry["kwargs"]:
        if name not in kind.__fields__:
            hint = nearest(name, kind.__fields__)
            raise SuiteError(f"{where}: {entry['type']} has no argument {name!r}{hint}")
    _require_fillable_parameters(entry["kwargs"], where)
    if entry["type"] == UNEXPECTED_ROWS:
        _require_batch(str(entry["kwargs"].get("unexpected_rows_query")), where)
    try:
        kind(**entry["kwargs"])
    except (ValueError, TypeError) as error:  # pydantic's ValidationError is a ValueError
        reason = " ".join(str(error).split())
        raise SuiteError(f"{where}: arguments do not fit {entry['type']}: {reason}") from error


def _require_batch(query: str, where: str) -> None:
    if "{batch}" not in query:
        raise SuiteError(
            f"{where}: the query must read from {{batch}}, the relation under test: {query!r}"
        )
