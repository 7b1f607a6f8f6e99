"""Why an identifier is its customer's: the path of links to the oldest, and what each is worth.

Pure thought over the links of one customer. The path is the one that was complete first: the path
within the minimum spanning tree by time, whose latest link is as early as that of any path can be
(Kruskal 1956; the minimax path lies in every minimum spanning tree, Hu 1961).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Link:
    """One admitted link between two strong identifiers: a row of ``identity_edges``.

    Attributes
    ----------
    ends
        Both ``identifier_id``.
    link_type
        ``written together``, ``same account id`` or ``probable``.
    source
        The feed that first showed it; None for equal account ids.
    known_at
        When it was known (UTC).
    strength
        Of two links known at once the stronger came first.
    probability
        Of a probable link; None for the others.
    """

    ends: tuple[str, str]
    link_type: str
    source: str | None
    known_at: datetime
    strength: float
    probability: float | None = None

    @property
    def order(self) -> tuple[datetime, float, tuple[str, str], str]:
        """By which the earlier of two links is told; no two links share it."""
        return (self.known_at, -self.strength, self.ends, self.link_type)

    def other_end(self, identifier_id: str) -> str:
        """Return the end that is not ``identifier_id``."""
        one, other = self.ends
        return other if identifier_id == one else one


@dataclass(frozen=True)
class Step:
    """A step of a path: the link, and the identifier that it leads to."""

    identifier_id: str
    link: Link


@dataclass(frozen=True)
class Without:
    """What would be if one link were not there.

    Attributes
    ----------
    link
        The link that is taken away.
    lost
        Identifiers that would no longer be the customer's, among them the one that is explained;
        empty when another path ties them.
    detour
        That other path, from the oldest identifier; empty when there is none.
    """

    link: Link
    lost: frozenset[str]
    detour: tuple[Step, ...]


def earliest_path(links: Iterable[Link], oldest: str, identifier_id: str) -> tuple[Step, ...]:
    """Return the path of links that first tied an identifier to the customer's oldest one.

    Parameters
    ----------
    links
        Links within the customer.
    oldest
        The customer's oldest identifier.
    identifier_id
        The identifier to be explained.

    Returns
    -------
    tuple of Step
        From the oldest identifier on; empty for the oldest itself, and when no path leads there.

    Examples
    --------
    >>> from datetime import datetime
    >>> def tie(a, b, day):
    ...     at = datetime(2025, 1, day)
    ...     return Link(ends=(a, b), link_type="", source="", known_at=at, strength=1)
    >>> triangle = [tie("a", "b", 1), tie("b", "c", 2), tie("a", "c", 3)]
    >>> [step.identifier_id for step in earliest_path(triangle, "a", "c")]
    ['b', 'c']
    """
    return _path(_neighbours(_spanning_tree(links)), oldest, identifier_id)


def without_each(links: Collection[Link], oldest: str, path: Iterable[Step]) -> list[Without]:
    """Say for each link of a path what would be without it, in the order of the path.

    Returns
    -------
    list of Without
        The explained identifier is the end of the path.
    """
    steps = list(path)
    return [_without(links, oldest, steps[-1].identifier_id, step.link) for step in steps]


def _without(links: Collection[Link], oldest: str, identifier_id: str, link: Link) -> Without:
    rest = [other for other in links if other != link]
    detour = earliest_path(rest, oldest, identifier_id)
    if detour:
        return Without(link, frozenset(), detour)
    kept = _reached(_neighbours(rest), oldest)
    everybody = {end for each in links for end in each.ends}
    return Without(link, frozenset(everybody - kept), ())


def _spanning_tree(links: Iterable[Link]) -> list[Link]:
    part_of: dict[str, str] = {}

    def part(identifier_id: str) -> str:
        while (above := part_of.setdefault(identifier_id, identifier_id)) != identifier_id:
            part_of[identifier_id] = part_of[above]
            identifier_id = above
        return identifier_id

    tree = []
    for link in sorted(links, key=lambda each: each.order):
        one, other = (part(end) for end in link.ends)
        if one != other:
            part_of[other] = one
            tree.append(link)
    return tree


def _neighbours(links: Iterable[Link]) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for link in links:
        for end in link.ends:
            found.setdefault(end, []).append(link)
    return found


def _path(neighbours: dict[str, list[Link]], start: str, end: str) -> tuple[Step, ...]:
    """Follow the only path of a tree."""
    came_by: dict[str, Link] = {}
    _reached(neighbours, start, came_by)
    steps: list[Step] = []
    while end != start:
        if end not in came_by:
            return ()
        steps.append(Step(end, came_by[end]))
        end = came_by[end].other_end(end)
    return tuple(reversed(steps))


def _reached(
    neighbours: dict[str, list[Link]], start: str, came_by: dict[str, Link] | None = None
) -> set[str]:
    """Return whatever can be reached; ``came_by`` is told by which link."""
    reached, waiting = {start}, deque([start])
    while waiting:
        here = waiting.popleft()
        for link in neighbours.get(here, ()):
            there = link.other_end(here)
            if there not in reached:
                reached.add(there)
                waiting.append(there)
                if came_by is not None:
                    came_by[there] = link
    return reached
