"""contact_linkage_models: the registry of fitted linkage models. One row per model, forever.

Thin binder over tessera.identity.linkage.fit_linkage.
"""

from tessera import frames, runs
from tessera.identity import linkage


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    records = linkage.load_records(dbt.ref("contact_records"))
    nicknames = linkage.load_nicknames(dbt.ref("nicknames"))
    schema, order = linkage.CONTACT_LINKAGE_MODELS_SCHEMA, linkage.CONTACT_LINKAGE_MODELS_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    return frames.typed(linkage.fit_linkage(records, nicknames, earlier, run), schema)
