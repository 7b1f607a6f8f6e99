"""Identifiers and edges as numbers whose order is the order that the elder rule asks for.

A node is the rank of a strong identifier by age, 1 being the oldest: by when it was first known,
then by the strength of its type, then by its id. An edge is the rank of a link by time: by when it
was known, then the stronger one, then the one between older identifiers. Both follow from content
alone, so a part of the rows stands in the same order as all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.identity.fingerprints import define_fingerprints

if TYPE_CHECKING:
    from tessera.identity.scratch import Scratch

TYPES_BY_STRENGTH = ["contact_id", "customer_ref", "user_ref", "email", "phone"]
"""Of two identifiers of the same moment, the one that names a person more surely is the older."""

_NODES = """
create or replace temp table identity_work_nodes as
select
    row_number() over (
        order by
            first_known_at nulls last,
            list_position($types, identifier_type) nulls last,
            identifier_id
    )::integer as node,
    identifier_id, first_known_at,
    identity_work_hash_of_identifier(identifier_id, identifier_type, first_known_at) as hashed,
from identity_work_identifiers
where is_strong
"""

# Two texts per edge would be carried through every sort: a small number stands for both.
_KINDS = """
create or replace temp table identity_work_kinds as
select row_number() over (order by link_type, source)::integer as kind, link_type, source
from (select distinct link_type, source from identity_work_edges)
"""

_ENDS = """
create or replace temp table identity_work_ends as
select
    least(end_a.node, end_b.node) as older, greatest(end_a.node, end_b.node) as younger,
    edges.known_at, edges.strength, kinds.kind,
    identity_work_hash_of_edge(
        edges.identifier_id_a, edges.identifier_id_b, edges.known_at, edges.strength,
        edges.link_type, edges.source
    ) as hashed,
from identity_work_edges as edges
inner join identity_work_nodes as end_a on edges.identifier_id_a = end_a.identifier_id
inner join identity_work_nodes as end_b on edges.identifier_id_b = end_b.identifier_id
inner join identity_work_kinds as kinds
    on edges.link_type is not distinct from kinds.link_type
    and edges.source is not distinct from kinds.source
"""

_NUMBERED = """
create or replace temp table identity_work_numbered as
select
    row_number() over (
        order by known_at nulls last, strength desc nulls last, older, younger, kind
    )::integer as edge,
    older, younger, known_at, strength, kind, hashed,
from identity_work_ends
"""

_UNKNOWN = """
select count(*), min(unknown.identifier_id)
from (
    select identifier_id_a as identifier_id from identity_work_edges
    union all
    select identifier_id_b from identity_work_edges
) as unknown
anti join (select identifier_id from identity_work_identifiers where is_strong) as known
    on unknown.identifier_id = known.identifier_id
"""

_REPEATED = """
select count(*), min(identifier_id)
from (
    select identifier_id from identity_work_identifiers
    where is_strong
    group by identifier_id
    having count(*) > 1
)
"""


class IdentityGraphError(ValueError):
    """Identifiers and edges do not fit together."""


def number_graph(scratch: Scratch) -> None:
    """Give numbers to ``identity_work_identifiers`` and ``identity_work_edges``.

    Writes ``identity_work_nodes`` (one row per strong identifier), ``identity_work_numbered`` (one
    row per edge, its ends as nodes) and ``identity_work_kinds`` (one row per link type and source).

    Raises
    ------
    IdentityGraphError
        An edge names an identifier that is not there, or an identifier is there twice.
    """
    define_fingerprints(scratch)
    scratch.run(_NODES, {"types": TYPES_BY_STRENGTH})
    scratch.run(_KINDS)
    scratch.run(_ENDS)
    edges = scratch.count("select count(*) from identity_work_edges")
    if scratch.count("select count(*) from identity_work_ends") != edges:
        require_known_ends(scratch)
        _require_no_repeats(scratch)
    scratch.run(_NUMBERED)
    scratch.run("drop table identity_work_ends")


def require_known_ends(scratch: Scratch) -> None:
    """Refuse edges that name an identifier which is not among the strong ones.

    Raises
    ------
    IdentityGraphError
        How many ends are unknown, and one of them.
    """
    ((unknown, example),) = scratch.run(_UNKNOWN)
    if unknown:
        raise IdentityGraphError(
            f"identity_edges: {unknown} ends of edges name no strong identifier of 'identifiers', "
            f"identifier_id {example!r} among them. Build both from the same set_identifiers."
        )


def _require_no_repeats(scratch: Scratch) -> None:
    ((repeated, example),) = scratch.run(_REPEATED)
    if repeated:
        raise IdentityGraphError(
            f"identifiers: {repeated} identifier_id stand in more than one row, {example!r} among "
            "them. Expected one row per identifier."
        )
