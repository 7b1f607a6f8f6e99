"""propensity_replays: each candidate as fitted at past origins. One row per model, origin and fold.

Thin binder over tessera.propensity.fit_replays.
"""

from tessera import frames, propensity, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    targets = propensity.load_targets(frames.read(dbt.ref("prediction_targets"), ["target"]))
    training_set = propensity.read_training_set(dbt.ref("training_set"), targets)
    models = frames.read(dbt.ref("propensity_models"), propensity.PROPENSITY_MODELS_ORDER)
    schema, order = propensity.PROPENSITY_REPLAYS_SCHEMA, propensity.PROPENSITY_REPLAYS_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    replays = propensity.fit_replays(training_set, targets, models, earlier, run)
    return frames.typed(replays, schema)
