"""profile_scores: what a small choice of features loses. One row per target and profile.

Thin binder over tessera.feature_values.score_profiles.
"""

from tessera import feature_values, frames, propensity, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    targets = propensity.load_targets(frames.read(dbt.ref("prediction_targets"), ["target"]))
    training_set = propensity.read_training_set(dbt.ref("training_set"), targets)
    models = frames.read(dbt.ref("propensity_models"), propensity.PROPENSITY_MODELS_ORDER)
    replays = frames.read(dbt.ref("propensity_replays"), propensity.PROPENSITY_REPLAYS_ORDER)
    replayed = feature_values.Replayed(training_set, targets, models, replays, run)
    profiles = frames.read(dbt.ref("feature_profiles"), ["profile", "feature_name"])
    schema, order = feature_values.PROFILE_SCORES_SCHEMA, feature_values.PROFILE_SCORES_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    return frames.typed(feature_values.score_profiles(replayed, profiles, earlier), schema)
