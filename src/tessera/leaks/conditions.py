"""Conditions of a query: which questions of time they answer, and which sources they tie."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlglot import exp

from tessera.leaks.meanings import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tessera.leaks.meanings import Pending
    from tessera.leaks.sources import Sources


class Comparison(NamedTuple):
    """``earlier < later``, or ``<=`` when it is not strict."""

    earlier: exp.Expr
    later: exp.Expr
    is_strict: bool


def conjuncts(condition: exp.Expr | None) -> Iterator[exp.Expr]:
    """Yield what must all be true for a condition to be."""
    if condition is None:
        return
    if isinstance(condition, exp.Paren | exp.Where):
        yield from conjuncts(condition.this)
    elif isinstance(condition, exp.And):
        yield from conjuncts(condition.this)
        yield from conjuncts(condition.expression)
    elif _is_true_or_false(condition):
        yield from conjuncts(condition.this)
    else:
        yield condition


def _is_true_or_false(node: exp.Expr) -> bool:
    """Tell a condition of which NULL is made false: it is fulfilled by the same rows."""
    if not isinstance(node, exp.Coalesce):
        return False
    return all(isinstance(each, exp.Boolean) and not each.this for each in node.expressions)


def comparison(node: exp.Expr) -> Comparison | None:
    """Return a comparison of order with the earlier side first; None for anything else."""
    if isinstance(node, exp.LT | exp.LTE):
        return Comparison(node.this, node.expression, isinstance(node, exp.LT))
    if isinstance(node, exp.GT | exp.GTE):
        return Comparison(node.expression, node.this, isinstance(node, exp.GT))
    return None


def answered(condition: exp.Expr | None, sources: Sources) -> frozenset[Pending]:
    """Return the questions that a condition answers for every row that fulfils it."""
    return frozenset().union(*(_answered_by(each, sources) for each in conjuncts(condition)))


def _answered_by(node: exp.Expr, sources: Sources) -> frozenset[Pending]:
    if isinstance(node, exp.Or):
        return _either(node.this, sources) & _either(node.expression, sources)
    if isinstance(node, exp.Column):
        return sources.meaning(node).answers
    compared = comparison(node)
    if compared is None:
        return frozenset()
    if compared.is_strict:
        return frozenset(
            each
            for each in sources.times(compared.earlier)
            if not each.is_end and _is_edge(compared.later, each.edge, sources)
        )
    return frozenset(
        each
        for each in sources.times(compared.later)
        if each.is_end and _is_edge(compared.earlier, each.edge, sources)
    )


def _either(node: exp.Expr, sources: Sources) -> frozenset[Pending]:
    """Return what one side of an ``or`` answers; an end that is NULL has not come."""
    if isinstance(node, exp.Is) and isinstance(node.expression, exp.Null):
        return frozenset(each for each in sources.times(node.this) if each.is_end)
    return answered(node, sources)


def _is_edge(node: exp.Expr, edge: Role, sources: Sources) -> bool:
    """Tell whether an expression is the snapshot's own time, or lies before it."""
    if isinstance(node, exp.Sub) and isinstance(node.expression, exp.Interval):
        node = node.this
    return isinstance(node, exp.Column) and sources.meaning(node).role is edge


def bounded(condition: exp.Expr | None, sources: Sources) -> frozenset[Pending]:
    """Return the questions whose answers are compared with one time for all snapshots."""
    found = [comparison(each) for each in conjuncts(condition)]
    return frozenset().union(
        *(
            sources.times(each.earlier)
            for each in found
            if each and each.is_strict and isinstance(each.later, exp.Subquery)
        )
    )


def beyond(condition: exp.Expr, sources: Sources) -> frozenset[Pending]:
    """Return the questions whose answers are put beyond every snapshot, when no snapshot knows."""
    found = comparison(condition)
    if found is None or found.is_strict or not isinstance(found.earlier, exp.Subquery):
        return frozenset()
    return sources.times(found.later)


def period_times(alias: str, condition: exp.Expr | None, sources: Sources) -> frozenset[Pending]:
    """Return the questions whose answers lie in the period that a join finds for them."""
    found = [each for each in map(comparison, conjuncts(condition)) if each]
    begun = [
        sources.times(each.later)
        for each in found
        if not each.is_strict and _is_of(each.earlier, alias, Role.PERIOD_START, sources)
    ]
    not_over = [
        sources.times(each.earlier)
        for each in found
        if each.is_strict and _is_of(each.later, alias, Role.PERIOD_END, sources)
    ]
    return frozenset().union(*begun) & frozenset().union(*not_over)


def _is_of(node: exp.Expr, alias: str, role: Role, sources: Sources) -> bool:
    if not isinstance(node, exp.Column) or node.table != alias:
        return False
    return sources.meaning(node).role is role


def ties(condition: exp.Expr | None, role: Role | None, sources: Sources) -> Iterator[set[str]]:
    """Yield the aliases of sources that a condition ties by equality of columns of a role."""
    for each in conjuncts(condition):
        if not isinstance(each, exp.EQ):
            continue
        sides = [each.this, each.expression]
        if all(isinstance(side, exp.Column) for side in sides) and all(
            sources.meaning(side).role is role for side in sides
        ):
            yield {side.table for side in sides}


def is_guarded(node: exp.Expr, question: Pending, sources: Sources) -> bool:
    """Tell whether an expression counts only where a condition around it answers a question.

    The condition of a ``filter``, of a ``case`` and the rest of an ``and`` guard what they hold.
    """
    inner, around = node, node.parent
    while around is not None and not isinstance(around, exp.Query):
        if question in _guards(around, inner, sources):
            return True
        inner, around = around, around.parent
    return False


def _guards(around: exp.Expr, inner: exp.Expr, sources: Sources) -> frozenset[Pending]:
    if isinstance(around, exp.Filter):
        return answered(around.expression, sources)
    if isinstance(around, exp.If) and inner is not around.args.get("false"):
        return answered(around.this, sources)
    if isinstance(around, exp.And | exp.LT | exp.LTE | exp.GT | exp.GTE):
        return answered(around, sources)
    return frozenset()
