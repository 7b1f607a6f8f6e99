"""Grouping: which likely pairs become links, so that single weak bridges glue no two people.

Average linkage, as in hierarchical clustering: two groups are joined only when the pairs between
them are likely enough on average (0 for pairs that share no block). Connected components would join
them by any one link: with pairs right 99 times in 100, groups of ten people are glued by chance.
Correlation clustering (Bansal, Blum and Chawla, Machine Learning 56, 2004) asks for a mean of a
half; records that lack fields are too seldom sure of each other for that.

Decisions are taken in the order in which things became known, and never revised: what is known
later changes no earlier link.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEAST_SUPPORT = 0.2
"""Mean probability between two groups that are joined: one certain link carries five pairs (two and
two contacts, or one and five), larger groups need several. On Splink's fake_1000, a half loses a
quarter of the pairs found, and a tenth glues groups of fourteen."""


class Pair(NamedTuple):
    """Two contacts from the moment at which some pair of their versions was known.

    ``probability`` is the highest known by then; ``gain`` what it adds to the highest before.
    ``is_link`` on the first row that reaches the threshold.
    """

    known_at: Any
    probability: float
    weight: float
    a: int
    b: int
    gain: float
    is_link: bool


class Link(NamedTuple):
    """A pair that ties two contacts of one group, from ``known_at`` on."""

    known_at: Any
    pair: Pair


@dataclass
class _Between:
    """What is known between two groups: the sum of probabilities, and the links that wait."""

    support: float = 0.0
    best: float = 0.0
    waiting: list[Pair] = field(default_factory=list)

    def take(self, other: _Between) -> None:
        """Add what is known between two parts of the groups."""
        self.support += other.support
        self.best = max(self.best, other.best)
        self.waiting += other.waiting


class Groups:
    """Contacts 0 … n - 1 in groups that grow."""

    def __init__(self, contacts: int) -> None:
        self._parent = list(range(contacts))
        self._size = [1] * contacts
        self._between: list[dict[int, _Between]] = [{} for _ in range(contacts)]

    def group_of(self, contact: int) -> int:
        """Return the contact that stands for the group."""
        while self._parent[contact] != contact:
            self._parent[contact] = self._parent[self._parent[contact]]
            contact = self._parent[contact]
        return contact

    def learn(self, pair: Pair) -> tuple[int, int]:
        """Take note of a pair; return the two groups."""
        a, b = self.group_of(pair.a), self.group_of(pair.b)
        if a != b:
            between = self._between[a].setdefault(b, _Between())
            self._between[b][a] = between
            links = [pair] if pair.is_link else []
            between.take(_Between(pair.gain, pair.probability if links else 0.0, links))
        return a, b

    def best_link(self, a: int, b: int) -> float:
        """Return the probability of the best link that waits between two groups; 0 without one."""
        return self._between[a][b].best if b in self._between[a] else 0.0

    def is_supported(self, a: int, b: int) -> bool:
        """Say whether the pairs between two groups are likely enough on average."""
        return self._between[a][b].support >= LEAST_SUPPORT * self._size[a] * self._size[b]

    def join(self, a: int, b: int) -> tuple[list[Pair], list[tuple[int, int]]]:
        """Join two groups; return the links that waited for it, and what to look at again."""
        if len(self._between[a]) < len(self._between[b]):
            a, b = b, a
        waited = self._between[a].pop(b).waiting
        self._parent[b] = a
        self._size[a] += self._size[b]
        for other, between in self._between[b].items():
            if other == a:
                continue
            del self._between[other][b]
            kept = self._between[a].setdefault(other, _Between())
            self._between[other][a] = kept
            kept.take(between)
        self._between[b] = {}
        return waited, [(a, other) for other in self._between[a]]


def link_pairs(pairs: Sequence[Pair], contacts: int) -> list[Link]:
    """Return the links among ``contacts`` numbered from 0; every pair must be in order of time."""
    groups = Groups(contacts)
    links: list[Link] = []
    for known_at, arrived in groupby(pairs, key=attrgetter("known_at")):
        touched = []
        for pair in arrived:
            a, b = groups.learn(pair)
            touched.append((a, b))
            if a == b and pair.is_link:
                links.append(Link(known_at, pair))
        links += [Link(known_at, pair) for pair in _joined(groups, touched)]
    return links


def _joined(groups: Groups, touched: Iterable[tuple[int, int]]) -> list[Pair]:
    """Join what is supported, the likeliest first; return the links that did it."""
    queue: list[tuple[float, int, int]] = []
    _enqueue(queue, groups, touched)
    linked: list[Pair] = []
    while queue:
        _, a, b = heapq.heappop(queue)
        a, b = groups.group_of(a), groups.group_of(b)
        if a == b or not groups.best_link(a, b) or not groups.is_supported(a, b):
            continue
        waited, again = groups.join(a, b)
        linked += waited
        _enqueue(queue, groups, again)
    return linked


def _enqueue(
    queue: list[tuple[float, int, int]], groups: Groups, touched: Iterable[tuple[int, int]]
) -> None:
    for a, b in touched:
        best = groups.best_link(a, b)
        if best:
            heapq.heappush(queue, (-best, min(a, b), max(a, b)))
