"""Fingerprints of components: equal as long as neither an identifier nor an edge has changed.

The fingerprint of a component is the number of its identifiers, the number of its edges, and the
sum, modulo 2^64, of a 64-bit hash per identifier and edge, so that the order of rows is nothing to
it. The hash is DuckDB's: a DuckDB that hashes otherwise finds every fingerprint changed, and
everything is computed anew, which costs time and changes no link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tessera.identity.scratch import Scratch

# The leading word carries the version of the rules: links made by other rules are not to be kept.
_MACROS = (
    """
    create or replace temp macro identity_work_hash_of_identifier(id, type, first_known_at) as
    hash(concat_ws('|', 'identifier 1', id, type, epoch_us(first_known_at)))
    """,
    """
    create or replace temp macro identity_work_hash_of_edge(
        id_a, id_b, known_at, strength, type, source
    ) as
    hash(concat_ws(
        '|', 'edge 1', id_a, id_b, epoch_us(known_at), strength::double, type, coalesce(source, '')
    ))
    """,
    """
    create or replace temp macro identity_work_fingerprint(identifiers, edges, hashes) as
    sum(identifiers)::bigint || ':' || sum(edges)::bigint || ':'
    || to_hex((sum(hashes) % 18446744073709551616)::ubigint)
    """,
)


def define_fingerprints(scratch: Scratch) -> None:
    """Teach the connection the macros ``identity_work_hash_of_…`` and ``…_fingerprint``."""
    for macro in _MACROS:
        scratch.run(macro)
