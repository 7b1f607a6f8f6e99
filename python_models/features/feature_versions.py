"""feature_versions: since when each feature means what it means. One row per feature and version.

Thin binder over tessera.features.remember_versions.
"""

from tessera import features, frames, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    order = features.FEATURE_DEFINITIONS_ORDER
    definitions = frames.read(dbt.ref("feature_definitions"), order)
    schema, order = features.FEATURE_VERSIONS_SCHEMA, features.FEATURE_VERSIONS_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    return frames.typed(features.remember_versions(definitions, earlier, run), schema)
