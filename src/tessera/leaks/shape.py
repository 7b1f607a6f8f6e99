"""The shape of one select: what it groups by, which questions of time it answers and carries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from sqlglot import exp

from tessera.leaks.conditions import answered, beyond, bounded, period_times
from tessera.leaks.functions import is_aggregate
from tessera.leaks.meanings import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tessera.leaks.meanings import Pending
    from tessera.leaks.sources import Sources


@dataclass(frozen=True, eq=False)
class Shape:
    """A select and its sources.

    Attributes
    ----------
    select
        The select, its stars written out and its columns qualified.
    sources
        What it reads.
    """

    select: exp.Select
    sources: Sources

    @cached_property
    def joins(self) -> list[exp.Join]:
        """Its joins, in the order they are written."""
        return list(self.select.args.get("joins") or [])

    @cached_property
    def where(self) -> exp.Expr | None:
        """The condition on its rows."""
        return self.select.args.get("where")

    @cached_property
    def outer_aliases(self) -> frozenset[str]:
        """Sources whose rows need not be there."""
        return frozenset(join.alias_or_name for join in self.joins if join.side == "LEFT")

    @cached_property
    def answered(self) -> frozenset[Pending]:
        """The questions that its conditions answer."""
        found = answered(self.where, self.sources)
        for join in self.joins:
            here = answered(join.args.get("on"), self.sources)
            if join.side in {"RIGHT", "FULL"}:
                continue
            if join.side == "LEFT":  # of the left rows all are kept, whatever the condition says
                here = frozenset(each for each in here if each.alias == join.alias_or_name)
            found |= here
        return found

    @cached_property
    def pending(self) -> frozenset[Pending]:
        """The questions that its rows still await."""
        return self.sources.pending - self.answered

    @cached_property
    def bounded(self) -> frozenset[Pending]:
        """The questions that are at least compared with one time for all snapshots."""
        conditions = [self.where, *(join.args.get("on") for join in self.joins)]
        found = [bounded(each, self.sources) for each in conditions]
        cases = (each for place in self.projections for each in within(place))
        found += [beyond(each.this, self.sources) for each in cases if isinstance(each, exp.If)]
        return self.sources.bounded.union(*found)

    @cached_property
    def periods(self) -> dict[str, frozenset[Pending]]:
        """The questions that are answered by the period of a source, by its alias."""
        return {
            join.alias_or_name: period_times(join.alias_or_name, join.args.get("on"), self.sources)
            for join in self.joins
            if join.alias_or_name in set(self.sources.aliases(Role.PERIOD_START))
        }

    @cached_property
    def projections(self) -> list[exp.Expr]:
        """Its expressions with their names."""
        return list(self.select.expressions)

    @cached_property
    def aggregates(self) -> list[exp.Expr]:
        """Aggregates over groups of its rows, not over windows."""
        having = self.select.args.get("having")
        places = [*self.projections, *([having] if having else [])]
        return [
            node
            for place in places
            for node in within(place)
            if is_aggregate(node) and not _is_window(node)
        ]

    @cached_property
    def windows(self) -> list[exp.Window]:
        """Its window functions."""
        places = [*self.projections, self.select.args.get("qualify"), self.select.args.get("order")]
        found = (within(place) for place in places if place)
        return [node for nodes in found for node in nodes if isinstance(node, exp.Window)]

    @cached_property
    def keys(self) -> list[exp.Expr] | None:
        """What it groups by; None when it does not."""
        group = self.select.args.get("group")
        if self.select.args.get("distinct"):
            return [each.unalias() for each in self.projections]
        if group and group.args.get("all"):
            plain = (each.unalias() for each in self.projections)
            return [each for each in plain if not any(map(is_aggregate, within(each)))]
        if group:
            return list(group.expressions)
        return [] if self.aggregates else None

    def is_kept(self, node: exp.Expr) -> bool:
        """Tell whether an expression still has one value per row of the result."""
        if self.keys is None or node in self.keys:
            return True
        columns = [each for each in within(node) if isinstance(each, exp.Column)]
        return bool(columns) and all(each in self.keys for each in columns)

    def times_of(self, projection: exp.Expr) -> frozenset[Pending]:
        """Return the questions that a column of the result answers, as they were asked.

        It does when it tells the time itself, the period that the time falls in, or the latest of
        that and others.
        """
        node = projection.unalias()
        return self._times(node) if self.is_kept(node) else frozenset()

    def _times(self, node: exp.Expr) -> frozenset[Pending]:
        if isinstance(node, exp.Column):
            period = self.periods.get(node.table, frozenset())
            return period | self.sources.meaning(node).times
        if isinstance(node, exp.Paren):
            return self._times(node.this)
        if isinstance(node, exp.Greatest | exp.Least):
            parts = frozenset().union(*map(self._times, (node.this, *node.expressions)))
            is_latest = isinstance(node, exp.Greatest)
            return frozenset(each for each in parts if each.is_end is not is_latest)
        if isinstance(node, exp.Coalesce | exp.Cast | exp.Case):
            return self._mended_times(node)
        return frozenset()

    def _mended_times(self, node: exp.Coalesce | exp.Cast | exp.Case) -> frozenset[Pending]:
        """Follow a period that got a number for what has none, and a time that got another's."""
        if isinstance(node, exp.Case):
            first, others = (
                node.args.get("default"),
                [each.args["true"] for each in node.args["ifs"]],
            )
        else:
            first, others = node.this, node.expressions
        if first is None:
            return frozenset()
        times = [self._times(each) for each in others]
        if others and all(times):
            return self._times(first).union(*times)
        is_number = all(isinstance(each, exp.Literal) for each in others)
        return self._times(first) if is_number and self.is_period(first) else frozenset()

    def is_period(self, node: exp.Expr) -> bool:
        """Tell whether an expression tells times as numbers of periods."""
        return any(
            bool(self.periods.get(each.table))
            or any(time.edge is Role.SNAPSHOT_PERIOD for time in self.sources.meaning(each).times)
            for each in within(node)
            if isinstance(each, exp.Column)
        )

    def as_result(self, question: Pending, node: exp.Expr) -> Pending:
        """Return a question as the result awaits it, when ``node`` carries what answers it."""
        return replace(question, edge=Role.SNAPSHOT_PERIOD) if self.is_period(node) else question

    @cached_property
    def carried(self) -> dict[Pending, exp.Expr]:
        """The questions that a column of the result still answers, with that column."""
        return {time: each for each in self.projections for time in self.times_of(each)}


def within(node: exp.Expr) -> Iterator[exp.Expr]:
    """Yield an expression and what it is made of, but for the queries in it."""
    yield from node.walk(prune=lambda each: isinstance(each, exp.Query))


def _is_window(node: exp.Expr) -> bool:
    parent = node.parent
    while isinstance(parent, exp.Filter | exp.IgnoreNulls | exp.RespectNulls):
        parent = parent.parent
    return isinstance(parent, exp.Window)
