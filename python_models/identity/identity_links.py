"""identity_links: the customer of each strong identifier, and since when. One row per identifier.

Thin binder over tessera.identity.incremental.link_identifiers.
"""

from tessera.identity import incremental, links_table


def model(dbt, session):
    earlier = links_table.earlier_links(session, dbt.this)
    identifiers, edges = dbt.ref("identifiers"), dbt.ref("identity_edges")
    return incremental.link_identifiers(session, identifiers, edges, earlier)
