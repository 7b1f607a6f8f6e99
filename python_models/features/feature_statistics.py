"""feature_statistics: what each feature looks like today, and in training. One row per feature.

Thin binder over tessera.features.feature_statistics.
"""

from tessera import features, frames, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    mart, training = dbt.ref("customer_features"), dbt.ref("training_snapshots")
    earlier = features.load_earlier_features(session, dbt.this, run)
    found = features.feature_statistics(mart, training, earlier, run)
    return frames.typed(found, features.STATISTICS_SCHEMA)
