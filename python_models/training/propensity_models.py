"""propensity_models: the registry of fitted propensity models, as text. One row per model, forever.

Thin binder over tessera.propensity.fit_candidates.
"""

from tessera import frames, propensity, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    targets = propensity.load_targets(frames.read(dbt.ref("prediction_targets"), ["target"]))
    training_set = frames.read(dbt.ref("training_set"), frames.SNAPSHOT_ORDER)
    schema, order = propensity.PROPENSITY_MODELS_SCHEMA, propensity.PROPENSITY_MODELS_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    return frames.typed(propensity.fit_candidates(training_set, targets, earlier, run), schema)
