"""feature_definitions: what each feature means, and since when. One row per feature.

Thin binder over tessera.features.define_features.
"""

from tessera import features, frames, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    dbt.ref("customer_features")
    queries, columns = features.read_queries(session), features.read_columns(session)
    schema, order = features.FEATURE_DEFINITIONS_SCHEMA, features.FEATURE_DEFINITIONS_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    return frames.typed(features.define_features(queries, columns, earlier, run), schema)
