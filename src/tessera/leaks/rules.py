"""The rules that every feature model must keep, read from the queries that made them.

A rule needs no data: it is broken or kept by the SQL alone, in the models of this project as in a
user's own files. :mod:`tessera.leaks.recomputation` finds what SQL does not show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp
from sqlglot.errors import OptimizeError, SqlglotError

from tessera.features.queries import scope_of, selected
from tessera.leaks.book import Book
from tessera.leaks.graph import models_in_order
from tessera.leaks.law import SPINE
from tessera.leaks.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlglot.optimizer.scope import Scope

    from tessera.leaks.finding import Finding
    from tessera.leaks.law import Law
    from tessera.leaks.meanings import Rows

KEYS = frozenset({"customer_snapshot_id", "customer_id", "snapshot_at"})
"""Columns of a family that are no feature."""


def broken_rules(
    queries: Mapping[str, str],
    families: Sequence[str],
    law: Law,
    columns: Mapping[str, Sequence[str]],
) -> list[Finding]:
    """Return where feature models break the law of time.

    Parameters
    ----------
    queries
        The query that made each model of schema ``features``, by name.
    families
        The models whose columns are features: these are read, and all that they read.
    law
        What may be read, and since when it is known.
    columns
        Columns of every relation that may be read, by ``schema.table``.

    Returns
    -------
    list of Finding
        In the order of the models; empty when every rule is kept.
    """
    book = Book()
    models: dict[str, Rows] = {}
    schema = _schema(columns)
    for model in models_in_order(queries, families, SPINE):
        try:
            scope = scope_of(queries[model], schema)
        except SqlglotError as error:
            rule = "unknown_column" if isinstance(error, OptimizeError) else "unreadable_query"
            book.write(rule, model, exp.Null(), _words_of_error(error))
            continue
        models[model] = Reading(model, law, columns, models, book).rows_of(scope)
        if model in families:
            _require_answers(models[model], model, scope, book)
    return book.findings(_reached(models, families))


def _schema(columns: Mapping[str, Sequence[str]]) -> dict[str, object]:
    schema: dict[str, dict[str, dict[str, str]]] = {}
    for relation, names in columns.items():
        database, _, table = relation.rpartition(".")
        schema.setdefault(database, {})[table] = dict.fromkeys(names, "text")
    return dict(schema)


def _words_of_error(error: SqlglotError) -> str:
    first = (str(error).splitlines() or ["no reason given"])[0]
    return f"cannot be read, so that nobody can say what it knows: {first}"


def _require_answers(rows: Rows, model: str, scope: Scope, book: Book) -> None:
    """Write down the questions that a family hands on to the mart, where nobody answers them."""
    owed = rows.pending.union(*(column.pending for column in rows.columns.values()))
    for question in sorted(owed, key=lambda each: (each.relation, each.column)):
        book.write(
            "fact_without_its_time",
            model,
            selected(scope),
            f"hands rows of {question.relation} to the mart that may not have been known at the "
            f"snapshot: admit them by {question.condition}.",
        )


def _reached(models: Mapping[str, Rows], families: Sequence[str]) -> dict[int, list[str]]:
    reached: dict[int, list[str]] = {}
    for family in families:
        rows = models.get(family)
        for name, column in rows.columns.items() if rows else ():
            for mark in sorted(column.marks):
                if name not in KEYS:
                    reached.setdefault(mark, []).append(name)
    return reached
