"""contact_links: contacts that are probably one person. One row per two contacts.

Thin binder over tessera.identity.linkage.link_contacts.
"""

from tessera import frames, runs
from tessera.identity import linkage


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    records = linkage.load_records(dbt.ref("contact_records"))
    nicknames = linkage.load_nicknames(dbt.ref("nicknames"))
    models = frames.read(dbt.ref("contact_linkage_models"), linkage.CONTACT_LINKAGE_MODELS_ORDER)
    links = linkage.link_contacts(records, nicknames, models, run)
    return frames.typed(links, linkage.CONTACT_LINKS_SCHEMA)
