"""``identity_links`` of today from those of the last run: only what changed is computed.

What changed is told from content, whatever brought the change: links that came, that vanished, that
got another date. Under the customers of the last run, the rows of today give every component a
fingerprint. Where it is the remembered one, the component holds the same identifiers and edges, and
so the same links. Each edge is counted at its first end alone: one that newly leads into another
component changes the fingerprint at its first end, and its second end is then looked up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tessera.identity.contraction import MOST_ROUNDS, contract
from tessera.identity.fingerprints import define_fingerprints
from tessera.identity.numbering import require_known_ends
from tessera.identity.scratch import Scratch

if TYPE_CHECKING:
    import duckdb

LARGEST_TOUCHED_SHARE = 0.5
"""When more identifiers than this are to be linked anew, keeping the others saves no time."""

# Numbers are joined sooner, and in less memory, than texts. Should two hashes collide, the
# fingerprint differs from the remembered one, and both components are computed again.
_TODAY = """
create or replace temp table identity_work_today as
with labels as (
    select hash(identifier_id) as identifier, hash(customer_id) as customer
    from identity_work_earlier
),
content as (
    select
        hash(identifier_id_a) as identifier, 0 as identifiers, 1 as edges,
        identity_work_hash_of_edge(
            identifier_id_a, identifier_id_b, known_at, strength, link_type, source
        ) as hashed,
    from identity_work_all_edges
    union all
    select
        hash(identifier_id), 1, 0,
        identity_work_hash_of_identifier(identifier_id, identifier_type, first_known_at),
    from identity_work_all_identifiers
    where is_strong
)
select
    labels.customer, sum(edges)::bigint as edges,
    identity_work_fingerprint(identifiers, edges, hashed) as component_fingerprint,
from content
left join labels on content.identifier = labels.identifier
group by labels.customer
"""

_CHANGED = """
create or replace temp table identity_work_changed as
select earlier.customer_id
from identity_work_earlier as earlier
left join identity_work_today as today on hash(earlier.customer_id) = today.customer
where earlier.linked_to_id is null
and earlier.component_fingerprint is distinct from today.component_fingerprint
"""

_TOUCHED = """
create or replace temp table identity_work_touched as
select identifiers.identifier_id
from identity_work_all_identifiers as identifiers
anti join identity_work_earlier as earlier on identifiers.identifier_id = earlier.identifier_id
where identifiers.is_strong
"""

# Members of changed components, those that vanished too: an edge may still name them, in error.
_MEMBERS_OF_CHANGED = """
insert into identity_work_touched
select earlier.identifier_id
from identity_work_earlier as earlier
semi join identity_work_changed as changed on earlier.customer_id = changed.customer_id
"""

_PART_OF_EDGES = """
create or replace temp table identity_work_part_of_edges as
select edges.*
from identity_work_all_edges as edges
semi join identity_work_touched as touched on edges.identifier_id_a = touched.identifier_id
"""

_NEIGHBOURS = """
create or replace temp table identity_work_neighbours as
select distinct earlier.customer_id
from identity_work_part_of_edges as edges
anti join identity_work_touched as touched on edges.identifier_id_b = touched.identifier_id
inner join identity_work_earlier as earlier on edges.identifier_id_b = earlier.identifier_id
"""

_MEMBERS_OF_NEIGHBOURS = """
create or replace temp table identity_work_joined as
select earlier.identifier_id
from identity_work_earlier as earlier
semi join identity_work_neighbours as neighbours on earlier.customer_id = neighbours.customer_id
"""

_EDGES_OF_NEIGHBOURS = """
insert into identity_work_part_of_edges
select edges.*
from identity_work_all_edges as edges
semi join identity_work_joined as joined on edges.identifier_id_a = joined.identifier_id
"""

_PART_OF_IDENTIFIERS = """
create or replace temp table identity_work_part_of_identifiers as
select identifiers.*
from identity_work_all_identifiers as identifiers
semi join identity_work_touched as touched on identifiers.identifier_id = touched.identifier_id
where identifiers.is_strong
"""

# Edges of which the last run knew no first end: all of them must begin at an identifier of today.
_LOOSE_EDGES = """
select
    coalesce((select edges from identity_work_today where customer is null), 0)
    - (
        select count(*) from identity_work_part_of_edges as edges
        anti join identity_work_earlier as earlier
            on edges.identifier_id_a = earlier.identifier_id
    )
"""

_KEPT = """
select earlier.*
from identity_work_earlier as earlier
anti join identity_work_changed as changed on earlier.customer_id = changed.customer_id
"""

_PARTS = ("part_of_identifiers", "part_of_edges", "touched", "joined", "neighbours", "today")


def link_identifiers(
    connection: Any,
    identifiers: Any,
    edges: Any,
    earlier: Any | None = None,
    most_rounds: int = MOST_ROUNDS,
) -> duckdb.DuckDBPyRelation:
    """Compute ``identity_links``, keeping what the last run computed and nothing has changed.

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
    earlier
        ``identity_links`` of the last run, of whatever identifiers and edges; None: there was none.
    most_rounds
        See :func:`tessera.identity.contraction.link_components`.

    Returns
    -------
    duckdb.DuckDBPyRelation
        One row per strong identifier, with :data:`tessera.identity.links_table.COLUMNS`: the same
        rows as without ``earlier``.

    Raises
    ------
    IdentityGraphError
        An edge names an identifier that is not there, or an identifier is there twice.
    """
    scratch = Scratch(connection)
    scratch.clear()
    if earlier is None:
        return contract(scratch, identifiers, edges, most_rounds)
    scratch.offer("identity_work_all_identifiers", identifiers)
    scratch.offer("identity_work_all_edges", edges)
    scratch.offer("identity_work_earlier", earlier)
    _find_touched(scratch)
    if _is_most_touched(scratch):
        scratch.clear()
        return contract(scratch, identifiers, edges, most_rounds)
    return _links_of_touched(scratch, most_rounds).union(connection.sql(_KEPT))


def _find_touched(scratch: Scratch) -> None:
    define_fingerprints(scratch)
    for statement in (_TODAY, _CHANGED, _TOUCHED, _MEMBERS_OF_CHANGED, _PART_OF_EDGES):
        scratch.run(statement)
    for statement in (_NEIGHBOURS, _MEMBERS_OF_NEIGHBOURS, _EDGES_OF_NEIGHBOURS):
        scratch.run(statement)
    scratch.run("insert into identity_work_touched from identity_work_joined")
    scratch.run("insert into identity_work_changed from identity_work_neighbours")


def _is_most_touched(scratch: Scratch) -> bool:
    touched = scratch.count("select count(*) from identity_work_touched")
    everybody = scratch.count("select count(*) from identity_work_all_identifiers where is_strong")
    return touched > LARGEST_TOUCHED_SHARE * everybody


def _links_of_touched(scratch: Scratch, most_rounds: int) -> duckdb.DuckDBPyRelation:
    scratch.run(_PART_OF_IDENTIFIERS)
    if scratch.count(_LOOSE_EDGES):
        scratch.offer("identity_work_identifiers", scratch.table("identity_work_all_identifiers"))
        scratch.offer("identity_work_edges", scratch.table("identity_work_all_edges"))
        require_known_ends(scratch)
    part_of_identifiers = scratch.table("identity_work_part_of_identifiers")
    part_of_edges = scratch.table("identity_work_part_of_edges")
    relation = contract(scratch, part_of_identifiers, part_of_edges, most_rounds)
    for name in _PARTS:
        scratch.run(f"drop table identity_work_{name}")
    return relation
