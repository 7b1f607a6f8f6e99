"""split_links: components that held a contradiction, cut. One row per strong identifier of theirs.

Thin binder over tessera.identity.splitting.split_components.
"""

from tessera.identity import splitting


def model(dbt, session):
    links, edges = dbt.ref("identity_links"), dbt.ref("identity_edges")
    identifiers, limits = dbt.ref("identifiers"), dbt.ref("identity_limits")
    return splitting.split_components(session, links, edges, identifiers, limits)
