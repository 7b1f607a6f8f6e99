"""propensity_calibrations: what each candidate's probabilities mean. One row per candidate.

Thin binder over tessera.propensity.calibrate_candidates.
"""

from tessera import frames, propensity, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    targets = propensity.load_targets(frames.read(dbt.ref("prediction_targets"), ["target"]))
    training_set = propensity.read_training_set(dbt.ref("training_set"), targets)
    models = frames.read(dbt.ref("propensity_models"), propensity.PROPENSITY_MODELS_ORDER)
    replays = frames.read(dbt.ref("propensity_replays"), propensity.PROPENSITY_REPLAYS_ORDER)
    schema, order = (
        propensity.PROPENSITY_CALIBRATIONS_SCHEMA,
        propensity.PROPENSITY_CALIBRATIONS_ORDER,
    )
    earlier = frames.remembered(session, dbt.this, schema, order)
    found = propensity.calibrate_candidates(training_set, targets, models, replays, earlier, run)
    return frames.typed(found, schema)
