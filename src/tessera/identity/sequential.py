"""The elder rule, link by link in order of time: short, exact, and what the SQL must agree with.

When an edge joins two components, the one whose oldest identifier is the younger of the two joins
the other. Its oldest identifier is linked to the other's at that moment, and is never linked again.
Joining by age instead of by size keeps union-find (Tarjan, 1975) logarithmic, with path halving.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Link(NamedTuple):
    """How one component joined another.

    Attributes
    ----------
    younger
        The oldest node of the component that joined; nodes are ranks by age, 1 the oldest.
    older
        The oldest node of the component that it joined.
    edge
        The edge that joined them.
    """

    younger: int
    older: int
    edge: int


class Membership(NamedTuple):
    """Where a node ended.

    Attributes
    ----------
    root
        The oldest node of its component.
    edge
        The edge that tied it to the root, the last on its way; None for the root itself.
    """

    root: int
    edge: int | None


class Components:
    """Components that only ever grow, each known by its oldest node.

    Examples
    --------
    >>> components = Components()
    >>> components.join(2, 7), components.join(7, 1)
    ((2, 7), (1, 2))
    >>> components.oldest(7), components.join(1, 7)
    (1, None)
    """

    def __init__(self) -> None:
        self._elders: dict[int, int] = {}

    def oldest(self, node: int) -> int:
        """Return the oldest node of the component of ``node``."""
        elders = self._elders
        while (elder := elders.get(node, node)) != node:
            elders[node] = elders.get(elder, elder)
            node = elders[node]
        return node

    def join(self, one: int, other: int) -> tuple[int, int] | None:
        """Join two components; return the older and the younger root, or None if they were one."""
        left, right = self.oldest(one), self.oldest(other)
        if left == right:
            return None
        older, younger = (left, right) if left < right else (right, left)
        self._elders[younger] = older
        return older, younger


def link_in_order(edges: Iterable[tuple[int, int, int]]) -> Iterator[Link]:
    """Yield a link for each edge that joins two components.

    Parameters
    ----------
    edges
        One end, the other end, and the edge, in the order in which they were known.

    Examples
    --------
    >>> list(link_in_order([(2, 3, 1), (1, 3, 2), (1, 2, 3)]))
    [Link(younger=3, older=2, edge=1), Link(younger=2, older=1, edge=2)]
    """
    components = Components()
    for one, other, edge in edges:
        joined = components.join(one, other)
        if joined:
            older, younger = joined
            yield Link(younger, older, edge)


def memberships(nodes: Iterable[int], links: Iterable[Link]) -> dict[int, Membership]:
    """Return where each node ended.

    Examples
    --------
    >>> memberships([1, 2, 3], [Link(3, 2, 1), Link(2, 1, 2)])[3]
    Membership(root=1, edge=2)
    """
    by_younger = {link.younger: link for link in links}
    found: dict[int, Membership] = {}
    for node in sorted(nodes):  # older nodes first: a link leads to one that is settled
        link = by_younger.get(node)
        if link is None:
            found[node] = Membership(node, None)
            continue
        root, edge = found[link.older]
        found[node] = Membership(root, link.edge if edge is None else max(edge, link.edge))
    return found
