"""propensity_models: the registry of fitted propensity models, as text. One row per model, forever.

Thin binder over tessera.propensity.fit_candidates.
"""

from tessera import features, frames, propensity, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    targets = propensity.load_targets(frames.read(dbt.ref("prediction_targets"), ["target"]))
    training_set = propensity.read_training_set(dbt.ref("training_set"), targets)
    schema, order = propensity.PROPENSITY_MODELS_SCHEMA, propensity.PROPENSITY_MODELS_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    versions = features.load_versions(dbt.ref("feature_definitions"))
    fitted = propensity.fit_candidates(training_set, targets, earlier, run, versions)
    return frames.typed(fitted, schema)
