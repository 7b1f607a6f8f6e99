"""feature_values: which features matter, to what and how steadily. One row per target and feature.

Thin binder over tessera.feature_values.value_features.
"""

from tessera import feature_values, frames, propensity, registry, runs, segmentation


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    targets = propensity.load_targets(frames.read(dbt.ref("prediction_targets"), ["target"]))
    training_set = propensity.read_training_set(dbt.ref("training_set"), targets)
    models = frames.read(dbt.ref("propensity_models"), propensity.PROPENSITY_MODELS_ORDER)
    replays = frames.read(dbt.ref("propensity_replays"), propensity.PROPENSITY_REPLAYS_ORDER)
    replayed = feature_values.Replayed(training_set, targets, models, replays, run)
    scoring_set = feature_values.read_customers(dbt.ref("scoring_set"))
    segment_models = frames.read(dbt.ref("segment_models"), segmentation.SEGMENT_MODELS_ORDER)
    champions = frames.read(dbt.ref("champion_models"), registry.CHAMPION_ORDER)
    chosen = registry.load_champions(segment_models, champions, task="segmentation")
    families = frames.read(dbt.ref("feature_definitions"), ["feature_name"])
    schema, order = feature_values.FEATURE_VALUES_SCHEMA, feature_values.FEATURE_VALUES_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    valued = feature_values.value_features(replayed, scoring_set, chosen, families, earlier)
    return frames.typed(valued, schema)
