"""From links between numbers to ``identity_links``: final customer, dates, ids and fingerprints."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

    from tessera.identity.scratch import Scratch

# A way leads from a node to the oldest of its component; the latest link on it dates the whole way.
_WAYS = """
create or replace temp table identity_work_ways as
select younger as node, older as root, edge as last_edge from identity_work_links
"""

_UNFINISHED = """
select count(*) from identity_work_ways as ways
semi join identity_work_ways as next_ways on ways.root = next_ways.node
"""

_JUMPED = """
create or replace temp table identity_work_ways as
select
    ways.node,
    coalesce(next_ways.root, ways.root) as root,
    greatest(next_ways.last_edge, ways.last_edge) as last_edge,
from identity_work_ways as ways
left join identity_work_ways as next_ways on ways.root = next_ways.node
"""

_MEMBERS = """
create or replace temp table identity_work_members as
select
    nodes.node, coalesce(ways.root, nodes.node) as root, links.older as linked_to,
    links.edge, ways.last_edge,
from identity_work_nodes as nodes
left join identity_work_links as links on nodes.node = links.younger
left join identity_work_ways as ways on nodes.node = ways.node
"""

_DATED = """
create or replace temp table identity_work_dated as
select
    members.node, members.root, members.linked_to, edges.known_at as linked_at,
    edges.older as edge_older, edges.younger as edge_younger, edges.kind,
    last_edges.known_at as valid_from,
from identity_work_members as members
left join identity_work_numbered as edges on members.edge = edges.edge
left join identity_work_numbered as last_edges on members.last_edge = last_edges.edge
"""

# An edge lies within one component: the component of either end.
_CUSTOMERS = """
create or replace temp table identity_work_customers as
with content as (
    select members.root, 0 as identifiers, 1 as edges, numbered.hashed
    from identity_work_numbered as numbered
    inner join identity_work_members as members on numbered.older = members.node
    union all
    select members.root, 1, 0, nodes.hashed
    from identity_work_nodes as nodes
    inner join identity_work_members as members on nodes.node = members.node
),
fingerprints as (
    select root, identity_work_fingerprint(identifiers, edges, hashed) as component_fingerprint
    from content
    group by root
)
select fingerprints.root, nodes.identifier_id as customer_id, fingerprints.component_fingerprint
from fingerprints
inner join identity_work_nodes as nodes on fingerprints.root = nodes.node
"""

_LINKS = """
select
    nodes.identifier_id,
    elders.identifier_id as linked_to_id,
    dated.linked_at::timestamp as linked_at,
    least(ends_older.identifier_id, ends_younger.identifier_id) as edge_id_a,
    greatest(ends_older.identifier_id, ends_younger.identifier_id) as edge_id_b,
    kinds.link_type::varchar as link_type,
    kinds.source::varchar as source,
    customers.customer_id,
    coalesce(dated.valid_from, nodes.first_known_at)::timestamp as valid_from,
    customers.component_fingerprint,
from identity_work_dated as dated
inner join identity_work_nodes as nodes on dated.node = nodes.node
inner join identity_work_customers as customers on dated.root = customers.root
left join identity_work_nodes as elders on dated.linked_to = elders.node
left join identity_work_nodes as ends_older on dated.edge_older = ends_older.node
left join identity_work_nodes as ends_younger on dated.edge_younger = ends_younger.node
left join identity_work_kinds as kinds on dated.kind = kinds.kind
"""

_DONE = ("links", "ways", "members", "numbered")


def find_ways(scratch: Scratch) -> None:
    """Write ``identity_work_ways``: root and latest link of each node that is not a root."""
    scratch.run(_WAYS)
    while scratch.count(_UNFINISHED):
        scratch.run(_JUMPED)


def tell(scratch: Scratch) -> duckdb.DuckDBPyRelation:
    """Return ``identity_links`` from links, ways and the numbered graph.

    The rows are not written down here: whoever reads them, reads four small tables of numbers.
    """
    scratch.run(_MEMBERS)
    scratch.run(_CUSTOMERS)
    scratch.run(_DATED)
    for name in _DONE:
        scratch.run(f"drop table identity_work_{name}")
    relation: duckdb.DuckDBPyRelation = scratch.connection.sql(_LINKS)
    return relation
