"""family_values: what each family of features is worth. One row per target and family.

Thin binder over tessera.feature_values.value_families.
"""

from tessera import feature_values, frames, propensity, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    targets = propensity.load_targets(frames.read(dbt.ref("prediction_targets"), ["target"]))
    training_set = propensity.read_training_set(dbt.ref("training_set"), targets)
    models = frames.read(dbt.ref("propensity_models"), propensity.PROPENSITY_MODELS_ORDER)
    replays = frames.read(dbt.ref("propensity_replays"), propensity.PROPENSITY_REPLAYS_ORDER)
    replayed = feature_values.Replayed(training_set, targets, models, replays, run)
    families = frames.read(dbt.ref("feature_definitions"), ["feature_name"])
    schema, order = feature_values.FAMILY_VALUES_SCHEMA, feature_values.FAMILY_VALUES_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    return frames.typed(feature_values.value_families(replayed, families, earlier), schema)
