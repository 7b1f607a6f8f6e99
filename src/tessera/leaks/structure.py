"""Whom a select takes together: customers and snapshots must not be mixed."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from sqlglot import exp

from tessera.features.queries import DIALECT
from tessera.leaks.conditions import comparison, ties
from tessera.leaks.meanings import Role
from tessera.leaks.shape import within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tessera.leaks.book import Book
    from tessera.leaks.meanings import Rows
    from tessera.leaks.shape import Shape
    from tessera.leaks.sources import Sources

SPINE_ROLES = frozenset(Role) - {Role.CUSTOMER, Role.SNAPSHOT_KEY}
"""Columns that tell of times alone."""

FIRST_WORDS = 60
"""Characters of a query that a finding shows."""

_EVERYONE = (
    "a feature tells of one customer at one snapshot, and must not change with who else is there:"
)


def look(shape: Shape, model: str, book: Book) -> frozenset[int]:
    """Write down where a select mixes customers or snapshots."""
    if not any(rows.is_of_customers for rows in shape.sources.rows.values()):
        return frozenset()
    found = [*_windows(shape, model, book), *_joins(shape, model, book)]
    found += _groups(shape, model, book)
    return frozenset(found)


def _windows(shape: Shape, model: str, book: Book) -> Iterator[int]:
    for window in shape.windows:
        if shape.pending:
            unknown = min(each.relation for each in shape.pending)
            yield book.write(
                "window_over_unknown_rows",
                model,
                window,
                f"looks from row to row of {unknown} ({_first_words(window)}) before it is asked "
                "which of them were known at the snapshot: admit rows first (is_known_before), "
                "then look from one to another.",
            )
        elif not _is_one_customers(_partition(window, shape), shape):
            yield book.write(
                "window_over_everyone",
                model,
                window,
                f"has a window over more than one customer's rows of one snapshot "
                f"({_first_words(window)}): {_EVERYONE} partition by customer_snapshot_id.",
            )


def _partition(window: exp.Window, shape: Shape) -> list[exp.Expr]:
    """Return what a window is partitioned by; it may stand in the select's ``window`` clause."""
    name = window.alias
    if name:
        for named in shape.select.args.get("windows") or []:
            if named.name == name:
                return list(named.args.get("partition_by") or [])
    return list(window.args.get("partition_by") or [])


def _groups(shape: Shape, model: str, book: Book) -> Iterator[int]:
    if shape.keys is None or _is_one_customers(shape.keys, shape) or _tells_times(shape):
        return
    yield book.write(
        "aggregate_over_everyone",
        model,
        shape.select,
        f"takes rows of more than one customer and snapshot together: {_EVERYONE} group by "
        "customer_snapshot_id, or by customer_id and snapshot_at (facts before they are admitted: "
        "by customer_id and what says since when they are known).",
    )


def _is_one_customers(keys: Iterable[exp.Expr], shape: Shape) -> bool:
    roles = {shape.sources.meaning(each).role for each in keys if isinstance(each, exp.Column)}
    if Role.SNAPSHOT_KEY in roles:
        return True
    is_of_snapshots = any(rows.is_of_snapshots for rows in shape.sources.rows.values())
    needed = {Role.CUSTOMER, Role.SNAPSHOT_AT} if is_of_snapshots else {Role.CUSTOMER}
    return needed <= roles


def _tells_times(shape: Shape) -> bool:
    """Tell whether nothing but times of snapshots comes out, without a way to be today's.

    The newest snapshot of all may stand in a comparison: it leaves out what none knows.
    """
    if any(rows.pending for rows in shape.sources.rows.values()):
        return False
    columns = [
        node for each in shape.projections for node in within(each) if isinstance(node, exp.Column)
    ]
    is_time = all(shape.sources.meaning(each).role in SPINE_ROLES for each in columns)
    if not columns or not is_time:
        return False
    return not shape.aggregates or _is_compared(shape.select)


def _is_compared(select: exp.Select) -> bool:
    around = select.parent
    while isinstance(around, exp.Subquery | exp.Paren):
        around = around.parent
    return around is not None and comparison(around) is not None


def _joins(shape: Shape, model: str, book: Book) -> Iterator[int]:
    """Write down joins of two sources of snapshots, or of customers, without their key."""
    sources = shape.sources
    before = {alias for alias in sources.rows if alias not in _joined(shape)}
    for join in shape.joins:
        alias = join.alias_or_name
        condition = _and(join.args.get("on"), shape.where)
        if alias in sources.rows and not _is_tied(alias, before, condition, sources):
            yield book.write("leaking_join_key", model, join, _words_of_join(alias, sources))
        before.add(alias)


def _joined(shape: Shape) -> set[str]:
    return {join.alias_or_name for join in shape.joins}


def _and(*conditions: exp.Expr | None) -> exp.Expr | None:
    given = [each.this if isinstance(each, exp.Where) else each for each in conditions if each]
    return exp.and_(*given, copy=True) if given else None


def _is_tied(alias: str, before: set[str], condition: exp.Expr | None, sources: Sources) -> bool:
    """Tell whether a source is joined to those before it by the snapshot, or by the customer."""
    rows = sources.rows[alias]
    others = {each for each in before if sources.rows[each].is_of_customers}
    if not rows.is_of_customers or not others:
        return True
    of_snapshots = {each for each in others if sources.rows[each].is_of_snapshots}
    if rows.is_of_snapshots and of_snapshots:
        return _has_tie(
            alias, of_snapshots, (Role.SNAPSHOT_KEY, Role.SNAPSHOT_AT), condition, sources
        )
    named = {each for each in others if Role.CUSTOMER in _roles(sources.rows[each])}
    if Role.CUSTOMER not in _roles(rows) or not named:
        return True
    return _has_tie(alias, named, (Role.CUSTOMER, None), condition, sources)


def _has_tie(
    alias: str,
    others: set[str],
    roles: tuple[Role | None, ...],
    condition: exp.Expr | None,
    sources: Sources,
) -> bool:
    return any(
        alias in tied and tied & others for role in roles for tied in ties(condition, role, sources)
    )


def _roles(rows: Rows) -> set[Role | None]:
    return {column.role for column in rows.columns.values()}


def _words_of_join(alias: str, sources: Sources) -> str:
    if sources.rows[alias].is_of_snapshots:
        return (
            f"joins {alias} without its snapshot, so that one snapshot meets another's rows, later "
            "ones too: join on customer_snapshot_id, or on customer_id and snapshot_at."
        )
    return (
        f"joins {alias} without its customer, so that one customer meets another's rows: join on "
        "customer_id."
    )


def _first_words(node: exp.Expr) -> str:
    return textwrap.shorten(node.sql(DIALECT), FIRST_WORDS, placeholder=" ...")
