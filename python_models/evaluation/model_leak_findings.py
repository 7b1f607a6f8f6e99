"""model_leak_findings: what a model learnt that it cannot have known. One row per rule and feature.

Thin binder over tessera.propensity.leakage.find_model_leaks.
"""

from tessera import frames, propensity, runs
from tessera.propensity import leakage


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    targets = propensity.load_targets(frames.read(dbt.ref("prediction_targets"), ["target"]))
    training_set = propensity.read_training_set(dbt.ref("training_set"), targets)
    scoring_set = leakage.read_scoring_sample(dbt.ref("scoring_set"))
    models = frames.read(dbt.ref("propensity_models"), propensity.PROPENSITY_MODELS_ORDER)
    replays = frames.read(dbt.ref("propensity_replays"), propensity.PROPENSITY_REPLAYS_ORDER)
    evaluations = frames.read(
        dbt.ref("propensity_evaluations"), propensity.PROPENSITY_EVALUATIONS_ORDER
    )
    audited = frames.read(dbt.ref("leak_findings"), ["rule", "subject_name", "feature_name"])
    found = leakage.find_model_leaks(
        training_set, scoring_set, targets, models, replays, evaluations, audited, run
    )
    return frames.typed(found, leakage.MODEL_LEAKS_SCHEMA)
