"""Evidence: what each expectation found, as rows that may be kept and shown.

The rows stay in the warehouse and are read by people who may not see personal data, so a value is
shown only if its type cannot carry any: numbers, booleans, timestamps and hashed ids. Text is
replaced by its length, and a date by the word (it may be a birthday). A suite may say which columns
hold names of columns (``meta: {names: [feature_name]}``): these say what is wrong, and are shown.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from decimal import Decimal
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from tessera import frames
from tessera.gates.entries import UNEXPECTED_ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tessera.gates.pushdown import Outcome
    from tessera.gates.suites import Suite
    from tessera.runs import Run

EVIDENCE_SCHEMA = pa.schema(
    [
        ("run_id", pa.string()),
        ("gate", pa.string()),
        ("relation", pa.string()),
        ("expectation", pa.string()),
        ("expectation_id", pa.string()),
        ("column_name", pa.string()),
        ("severity", pa.string()),
        ("has_passed", pa.bool_()),
        ("observed_value", pa.string()),
        ("expected", pa.string()),
        ("unexpected_count", pa.int64()),
        ("unexpected_sample", pa.string()),
        ("description", pa.string()),
        ("feeds_folder", pa.string()),
        ("checked_at", frames.TIMESTAMP),
    ]
)
"""One row per run, gate, relation and expectation."""

EVIDENCE_ORDER = ("checked_at", "run_id", "gate", "relation", "expectation_id")
"""Columns that together identify a row of evidence, in the order in which it is kept."""

ROW_COUNT = "expect_table_row_count_to_be_between"
"""The expectation whose observed value is the volume of a relation."""

# Three lines of a terminal: a longer observation (the column names of a wide table) is not read.
_TEXT_LENGTH = 300

# Observed values of these are names of columns and types: what the relation is, not what it holds.
_ABOUT_THE_SCHEMA = re.compile(r"(_type|_type_list|_columns_to_match_\w+)$")

_LARGEST_EXACT = 2**53  # beyond it a float is no longer a count

_HASH = re.compile(r"[0-9a-f]{16}|[0-9a-f]{32}")  # model ids, customer ids
_COLUMN_NAME = re.compile(r"[a-z_][a-z0-9_]{0,127}")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_ADDRESSING = ("column", "column_A", "column_B", "column_list", "condition_parser")


def evidence_rows(outcomes: Sequence[Outcome], suite: Suite, gate: str, run: Run) -> pd.DataFrame:
    """Turn what one suite's expectations found into rows of :data:`EVIDENCE_SCHEMA`."""
    rows = [_row(outcome, suite, gate, run) for outcome in outcomes]
    return conformed(pd.DataFrame(rows, columns=EVIDENCE_SCHEMA.names))


def conformed(evidence: pd.DataFrame) -> pd.DataFrame:
    """Give a frame of evidence the types that survive a NULL, also when it has no rows."""
    text = {each.name: "object" for each in EVIDENCE_SCHEMA if each.type == pa.string()}
    named = evidence.loc[:, EVIDENCE_SCHEMA.names]
    kept = named.astype({**text, "has_passed": "bool", "unexpected_count": "Int64"})
    typed: pd.DataFrame = kept.assign(checked_at=kept["checked_at"].astype("datetime64[us]"))
    return typed


def _row(outcome: Outcome, suite: Suite, gate: str, run: Run) -> dict[str, Any]:
    entry = outcome.entry
    return {
        "run_id": run.run_id,
        "gate": gate,
        "relation": suite.relation,
        "expectation": entry.expectation,
        "expectation_id": entry.expectation_id,
        "column_name": entry.column_name,
        "severity": entry.severity,
        "has_passed": outcome.has_passed,
        "observed_value": _short(_observed(outcome)),
        "expected": _short(_expected(entry.expectation, outcome.kwargs)),
        "unexpected_count": unexpected_count(outcome),
        "unexpected_sample": _sample(outcome, suite.names),
        "description": entry.description,
        "feeds_folder": run.feeds_folder,
        "checked_at": run.run_started_at,
    }


def shown(value: Any, names: Sequence[str] = ()) -> Any:
    """Return ``value`` if its type cannot carry personal data, and a mask otherwise.

    What stands in one of the columns ``names`` is shown when it reads as the name of a column.

    >>> shown({"customer_id": "9e107d9d372bb6826bd81d3542a419d6", "email": "zoe@example.org"})
    {'customer_id': '9e107d9d372bb6826bd81d3542a419d6', 'email': '<text of 15>'}
    """
    if isinstance(value, dict):
        return {
            name: each if name in names and _is_column_name(each) else shown(each, names)
            for name, each in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [shown(each, names) for each in value]
    if isinstance(value, datetime):
        return "" if pd.isna(value) else value.isoformat(sep=" ")
    if isinstance(value, str):
        return value if _HASH.fullmatch(value) else f"<text of {len(value)}>"
    return _shown_number(value)


def _is_column_name(value: Any) -> bool:
    return isinstance(value, str) and bool(_COLUMN_NAME.fullmatch(value))


def _shown_number(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, (Real, Decimal)):
        # Sums over threads differ in their last bits: ten digits are the same at every build.
        rounded = float(f"{value:.10g}")
        is_whole = rounded.is_integer() and abs(rounded) < _LARGEST_EXACT
        return int(rounded) if is_whole else rounded
    return bool(value) if type(value).__name__ == "bool" else f"<{type(value).__name__}>"


def _observed(outcome: Outcome) -> str:
    if outcome.failure is not None:
        return f"could not be checked: {_safe_reason(outcome)}"
    result, unexpected = outcome.result, unexpected_count(outcome)
    observed = result.get("observed_value")
    if outcome.entry.expectation == UNEXPECTED_ROWS:
        return f"{unexpected} rows"
    if observed is not None:
        is_schema = _ABOUT_THE_SCHEMA.search(outcome.entry.expectation)
        return _text(observed if is_schema else shown(observed))
    if "element_count" in result:
        return f"{unexpected} of {result['element_count']} rows"
    if unexpected is not None:
        return f"{unexpected} values"
    return "as expected" if outcome.has_passed else "not as expected"


def _safe_reason(outcome: Outcome) -> str:
    """Keep the first line of a failure, and of its quoted words only those the suite itself spells.

    DuckDB quotes the value that it cannot cast, which may be an e-mail address.
    """
    spelt = repr(outcome.kwargs)

    def quoted(match: re.Match[str]) -> str:
        word = match.group()[1:-1]
        return match.group() if word and word in spelt else f"<text of {len(word)}>"

    lines = (outcome.failure or "").strip().splitlines() or [""]
    return _QUOTED.sub(quoted, lines[0])


def _expected(expectation: str, kwargs: Mapping[str, Any]) -> str:
    if expectation == UNEXPECTED_ROWS:
        return "no such rows"
    words = expectation.removeprefix("expect_").replace("_", " ")
    asked = [
        f"{name} = {_text(value)}" for name, value in kwargs.items() if name not in _ADDRESSING
    ]
    return f"{words}: {', '.join(asked)}" if asked else words


def unexpected_count(outcome: Outcome) -> int | None:
    """Return how many rows or values were not as expected; None where that is not counted."""
    result = outcome.result
    if outcome.entry.expectation == UNEXPECTED_ROWS:
        return result.get("observed_value")
    # Over no rows at all SQL's sum is NULL: no row is unexpected.
    return result.get("unexpected_count") or (0 if "element_count" in result else None)


def _sample(outcome: Outcome, names: Sequence[str]) -> str | None:
    return _text(shown(list(outcome.sample), names)) if outcome.sample else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _short(text: str) -> str:
    return text if len(text) <= _TEXT_LENGTH else f"{text[: _TEXT_LENGTH - 1]}…"
