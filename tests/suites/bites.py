"""Feeds one bad row per expectation: a check that has never been seen to fail is a decoration.

Beside each suite ``expectations/<relation>.yml`` stands ``tests/suites/<relation>.yml``::

    columns: {order_id: varchar, amount: double}
    parameters: {orders_rows_floor: 1}       # optional: values of the suite's parameters
    good:                                    # rows that pass everything
      - {order_id: a, amount: 5.0}
    bad:                                     # by id of the expectation, what makes it fail:
      orders.amount.positive: {amount: -1}   # a patch of the first good row
      orders.rows: {drop_all: true}          # no rows at all
      orders.amount.exists: {drop_column: amount}
      orders.amount.varied: {repeat: 1000}   # the first good row, patched, so many times
      orders.order_id.unique:                # or these rows instead of the good ones
        - {order_id: a, amount: 5.0}
        - {order_id: a, amount: 6.0}
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from tessera.gates import pushdown

if TYPE_CHECKING:
    from pathlib import Path

    from tessera.gates.suites import Suite


@dataclass(frozen=True)
class Cases:
    """One case file: the good rows, and what makes each expectation fail."""

    columns: dict[str, str]
    good: list[dict[str, Any]]
    bad: dict[str, Any]
    parameters: dict[str, Any]

    def bad_table(self, expectation_id: str) -> tuple[dict[str, str], list[dict[str, Any]]]:
        """Return columns and rows of the table that this expectation must refuse."""
        bad = self.bad[expectation_id]
        if isinstance(bad, list):
            return self.columns, bad
        if bad.get("drop_all") is True:
            return self.columns, []
        if "drop_column" in bad:
            return _without(self.columns, bad["drop_column"]), [
                _without(row, bad["drop_column"]) for row in self.good
            ]
        if "repeat" in bad:
            patch = _without(bad, "repeat")
            return self.columns, [{**self.good[0], **patch}] * bad["repeat"]
        unknown = set(bad) - set(self.columns)
        assert not unknown, f"{expectation_id}: the patch names no column: {sorted(unknown)}"
        return self.columns, [{**self.good[0], **bad}, *self.good[1:]]


def load_cases(path: Path) -> Cases:
    assert path.is_file(), f"no bad rows for this suite: write {path}"
    raw = YAML(typ="safe", pure=True).load(path)
    return Cases(raw["columns"], raw["good"], raw["bad"], raw.get("parameters") or {})


def expectation_ids(suite_path: Path) -> list[str]:
    """Read the ids of a suite file, without paying for Great Expectations at collection."""
    document = YAML(typ="safe", pure=True).load(suite_path)
    return [entry["id"] for entry in document["expectations"]]


def red_ids(
    connection: Any,
    suite: Suite,
    columns: dict[str, str],
    rows: list[dict[str, Any]],
    parameters: dict[str, Any],
) -> set[str]:
    """Build the table from its rows and return the ids of the expectations that fail on it."""
    table = suite.relation
    declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    connection.execute(f'create or replace table "{table}" ({declared})')
    marks = ", ".join("?" for _ in columns)
    for row in rows:
        values = [row.get(name) for name in columns]
        connection.execute(f'insert into "{table}" values ({marks})', values)
    relation = connection.sql(f'select * from "{table}"')
    outcomes = pushdown.validate(connection, relation, suite, parameters)
    return {outcome.entry.expectation_id for outcome in outcomes if not outcome.has_passed}


def only(suite: Suite, expectation_id: str) -> Suite:
    """Return the suite of this one expectation."""
    expectations = copy.copy(suite.expectations)
    expectations.expectations = [
        each for each in suite.expectations.expectations if each.id == expectation_id
    ]
    entries = [entry for entry in suite.entries if entry.expectation_id == expectation_id]
    return replace(suite, entries=tuple(entries), expectations=expectations)


def _without(mapping: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if key != name}
