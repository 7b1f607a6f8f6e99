"""Who belongs to whom since when, by contracting the whole graph in rounds of SQL.

A fragment is a set of nodes already joined, named by its oldest node. In each round every fragment
whose earliest edge to the outside leads to an older fragment joins it, at that edge; the others
wait. Until that edge a fragment has no way out, and whatever it touches by an edge it was tied to
before that edge: so it joins when, and by which edge, it would have joined in order of time, for
all people at once. Whom it joined at that moment is settled afterwards (:mod:`~.elders`). As in
Borůvka's algorithm (1926) few rounds settle everybody, all but chains made to be slow, of which the
rest is small and is joined edge by edge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tessera.identity import outcome
from tessera.identity.elders import add_links_in_order, climb_to_elders
from tessera.identity.numbering import number_graph
from tessera.identity.scratch import Scratch

if TYPE_CHECKING:
    import duckdb

MOST_ROUNDS = 24
"""A million people, 200 of them chains of a thousand links in no order of time, need 15 rounds."""

_OPEN = """
create or replace temp table identity_work_open as
select older, younger, edge from identity_work_numbered where older < younger
"""

_LINKS = """
create or replace temp table identity_work_links (younger integer, older integer, edge integer)
"""

_FIRST_EDGES = """
create or replace temp table identity_work_first_edges as
select fragment, min(edge) as edge
from (
    select older as fragment, edge from identity_work_open
    union all
    select younger, edge from identity_work_open
)
group by fragment
"""

_JOINING = """
create or replace temp table identity_work_joining as
select pairs.younger, pairs.older, pairs.edge
from identity_work_open as pairs
inner join identity_work_first_edges as first_edges
    on pairs.younger = first_edges.fragment and pairs.edge = first_edges.edge
"""

# A fragment that joins one which is itself joining arrives where that one arrives.
_CHAINED = """
select count(*) from identity_work_joining as joining
semi join identity_work_joining as next_ones on joining.older = next_ones.younger
"""

_JUMPED = """
create or replace temp table identity_work_joining as
select joining.younger, coalesce(next_ones.older, joining.older) as older, joining.edge
from identity_work_joining as joining
left join identity_work_joining as next_ones on joining.older = next_ones.younger
"""

_STILL_OPEN = """
create or replace temp table identity_work_open as
with moved as (
    select
        coalesce(of_older.older, pairs.older) as one,
        coalesce(of_younger.older, pairs.younger) as other,
        pairs.edge,
    from identity_work_open as pairs
    left join identity_work_joining as of_older on pairs.older = of_older.younger
    left join identity_work_joining as of_younger on pairs.younger = of_younger.younger
)
select least(one, other) as older, greatest(one, other) as younger, min(edge) as edge
from moved
where one != other
group by all
"""

_DONE = ("open", "first_edges", "joining")


def link_components(
    connection: Any, identifiers: Any, edges: Any, most_rounds: int = MOST_ROUNDS
) -> duckdb.DuckDBPyRelation:
    """Compute ``identity_links`` from nothing.

    Parameters
    ----------
    connection
        A DuckDB connection. What the result reads stays there as temporary tables, until the next
        computation or the end of the connection.
    identifiers
        One row per identifier: ``identifier_id``, ``identifier_type``, ``is_strong``,
        ``first_known_at``. Weak ones are passed over.
    edges
        One row per admitted link: see model ``identity_edges``.
    most_rounds
        After so many rounds the rest is joined edge by edge, in Python.

    Returns
    -------
    duckdb.DuckDBPyRelation
        One row per strong identifier, with :data:`tessera.identity.links_table.COLUMNS`.

    Raises
    ------
    IdentityGraphError
        An edge names an identifier that is not there, or an identifier is there twice.
    """
    scratch = Scratch(connection)
    scratch.clear()
    return contract(scratch, identifiers, edges, most_rounds)


def contract(
    scratch: Scratch, identifiers: Any, edges: Any, most_rounds: int
) -> duckdb.DuckDBPyRelation:
    """Do what :func:`link_components` says, beside other temporary tables."""
    scratch.offer("identity_work_identifiers", identifiers)
    scratch.offer("identity_work_edges", edges)
    number_graph(scratch)
    _join_all(scratch, most_rounds)
    outcome.find_ways(scratch)
    climb_to_elders(scratch, most_rounds)
    return outcome.tell(scratch)


def _join_all(scratch: Scratch, most_rounds: int) -> None:
    scratch.run(_OPEN)
    scratch.run(_LINKS)
    for _ in range(most_rounds):
        if not scratch.count("select count(*) from identity_work_open"):
            break
        _join_fragments(scratch)
    rest = "select older, younger, edge from identity_work_open order by edge"
    add_links_in_order(scratch, scratch.stream(rest))
    for name in _DONE:
        scratch.run(f"drop table if exists identity_work_{name}")


def _join_fragments(scratch: Scratch) -> None:
    scratch.run(_FIRST_EDGES)
    scratch.run(_JOINING)
    while scratch.count(_CHAINED):
        scratch.run(_JUMPED)
    scratch.run("insert into identity_work_links from identity_work_joining")
    scratch.run(_STILL_OPEN)
