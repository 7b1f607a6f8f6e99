"""Cutting components that hold more than one person can hold, at their weakest links.

Two customer numbers in one component contradict each other: somewhere a link is wrong. The links of
such a component are admitted from the strongest to the weakest, and one is refused when it would
join two parts that together hold too much. What is admitted is then dated as everywhere, by the
elder rule. A refusal holds for the whole past: it corrects what an earlier run believed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from tessera.identity.contraction import MOST_ROUNDS, contract
from tessera.identity.numbering import number_graph
from tessera.identity.scratch import Scratch
from tessera.identity.sequential import Components

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import duckdb

_CONTRADICTORY = """
create or replace temp table identity_work_contradictory as
select distinct customer_id
from (
    select links.customer_id
    from identity_work_all_links as links
    inner join identity_work_all_identifiers as identifiers
        on links.identifier_id = identifiers.identifier_id
    inner join identity_work_limits as limits
        on identifiers.identifier_type = limits.meets_type and limits.identifier_type = 'person'
    group by links.customer_id, limits.meets_type, limits.most
    having count(*) > limits.most
)
"""

_PART_OF_IDENTIFIERS = """
create or replace temp table identity_work_part_of_identifiers as
select identifiers.*
from identity_work_all_identifiers as identifiers
inner join identity_work_all_links as links on identifiers.identifier_id = links.identifier_id
semi join identity_work_contradictory as contradictory
    on links.customer_id = contradictory.customer_id
"""

_PART_OF_EDGES = """
create or replace temp table identity_work_part_of_edges as
select edges.*
from identity_work_all_edges as edges
semi join identity_work_part_of_identifiers as identifiers
    on edges.identifier_id_a = identifiers.identifier_id
"""

_HOLDINGS = """
select nodes.node, identifiers.identifier_type
from identity_work_nodes as nodes
inner join identity_work_part_of_identifiers as identifiers
    on nodes.identifier_id = identifiers.identifier_id
inner join identity_work_limits as limits
    on identifiers.identifier_type = limits.meets_type and limits.identifier_type = 'person'
"""

# Numbers of edges stand in the order of time, which settles what strength leaves equal.
_FROM_THE_STRONGEST = """
select older, younger, edge from identity_work_numbered order by strength desc nulls last, edge
"""

_ADMITTED_EDGES = """
create or replace temp table identity_work_admitted_edges as
select edges.*
from identity_work_part_of_edges as edges
anti join (
    select end_older.identifier_id as older_id, end_younger.identifier_id as younger_id
    from identity_work_refused as refused
    inner join identity_work_numbered as numbered on refused.edge = numbered.edge
    inner join identity_work_nodes as end_older on numbered.older = end_older.node
    inner join identity_work_nodes as end_younger on numbered.younger = end_younger.node
) as refused_pairs
    on least(edges.identifier_id_a, edges.identifier_id_b)
    = least(refused_pairs.older_id, refused_pairs.younger_id)
    and greatest(edges.identifier_id_a, edges.identifier_id_b)
    = greatest(refused_pairs.older_id, refused_pairs.younger_id)
"""

_REFUSED_SCHEMA = pa.schema({"edge": pa.int32()})


def split_components(
    connection: Any, links: Any, edges: Any, identifiers: Any, limits: Any
) -> duckdb.DuckDBPyRelation:
    """Compute ``split_links``: components that contradict themselves, cut.

    Parameters
    ----------
    connection
        A DuckDB connection. What the result reads stays there as temporary tables, until the next
        computation or the end of the connection.
    links
        ``identity_links``, computed from ``identifiers`` and ``edges``.
    edges, identifiers
        See :func:`tessera.identity.contraction.link_components`.
    limits
        One row per limit: ``identifier_type``, ``meets_type``, ``most``. Those of type ``person``
        say how many identifiers of ``meets_type`` one person may hold; others are passed over.

    Returns
    -------
    duckdb.DuckDBPyRelation
        One row per strong identifier of a component that held too much, with
        :data:`tessera.identity.links_table.COLUMNS`. An edge was refused when its ends have
        different customers here.
    """
    scratch = Scratch(connection)
    scratch.clear()
    scratch.offer("identity_work_all_links", links)
    scratch.offer("identity_work_all_edges", edges)
    scratch.offer("identity_work_all_identifiers", identifiers)
    scratch.offer("identity_work_limits", limits)
    for statement in (_CONTRADICTORY, _PART_OF_IDENTIFIERS, _PART_OF_EDGES):
        scratch.run(statement)
    _admit_edges(scratch)
    part = scratch.table("identity_work_part_of_identifiers")
    admitted = scratch.table("identity_work_admitted_edges")
    relation = contract(scratch, part, admitted, MOST_ROUNDS)
    for name in ("contradictory", "part_of_identifiers", "part_of_edges", "admitted_edges"):
        scratch.run(f"drop table identity_work_{name}")
    return relation


def _admit_edges(scratch: Scratch) -> None:
    scratch.offer("identity_work_identifiers", scratch.table("identity_work_part_of_identifiers"))
    scratch.offer("identity_work_edges", scratch.table("identity_work_part_of_edges"))
    number_graph(scratch)
    most = dict(
        scratch.run(
            "select meets_type, most from identity_work_limits where identifier_type = 'person'"
        )
    )
    holdings = dict(scratch.run(_HOLDINGS))
    refused = list(refused_edges(scratch.stream(_FROM_THE_STRONGEST), holdings, most))
    scratch.keep("identity_work_refused", pa.table({"edge": refused}, _REFUSED_SCHEMA))
    scratch.run(_ADMITTED_EDGES)
    scratch.run("drop table identity_work_refused")


def refused_edges(
    edges: Iterable[tuple[int, int, int]], holdings: Mapping[int, str], most: Mapping[str, int]
) -> Iterator[int]:
    """Yield the edges that would join parts which together hold too much.

    Parameters
    ----------
    edges
        One end, the other end, and the edge, from the strongest to the weakest.
    holdings
        The type of each node whose type is limited.
    most
        How many nodes of a type one part may hold.

    Examples
    --------
    >>> holdings = {1: "customer_ref", 3: "customer_ref"}
    >>> list(refused_edges([(1, 2, 20), (2, 3, 10)], holdings, {"customer_ref": 1}))
    [10]
    """
    components = Components()
    held = {node: {kind: 1} for node, kind in holdings.items()}
    for one, other, edge in edges:
        left, right = components.oldest(one), components.oldest(other)
        if left == right:
            continue
        together = _together(held.get(left, {}), held.get(right, {}))
        if any(number > most[kind] for kind, number in together.items()):
            yield edge
            continue
        components.join(left, right)
        held[min(left, right)] = together


def _together(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {kind: one.get(kind, 0) + other.get(kind, 0) for kind in one.keys() | other.keys()}
