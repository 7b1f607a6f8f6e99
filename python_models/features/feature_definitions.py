"""feature_definitions: what each feature means. One row per feature.

Thin binder over tessera.features.define_features.
"""

from tessera import features, frames


def model(dbt, session):
    dbt.ref("customer_features")
    queries, columns = features.read_queries(session), features.read_columns(session)
    return frames.typed(
        features.define_features(queries, columns), features.FEATURE_DEFINITIONS_SCHEMA
    )
