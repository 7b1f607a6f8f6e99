"""propensity_scores: how likely each customer is, and why. One row per customer and target.

Thin binder over tessera.propensity.score_customers.
"""

from tessera import features, frames, gates, propensity, registry, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    gates.require_passed(dbt.ref("gate_model_evaluations"), run)
    models = frames.read(dbt.ref("propensity_models"), propensity.PROPENSITY_MODELS_ORDER)
    champions = frames.read(dbt.ref("champion_models"), registry.CHAMPION_ORDER)
    chosen = registry.load_champions(models, champions, task="propensity")
    order = propensity.PROPENSITY_CALIBRATIONS_ORDER
    calibrations = frames.read(dbt.ref("propensity_calibrations"), order)
    versions = features.load_versions(dbt.ref("feature_definitions"))
    features.require_current(chosen, versions)
    scoring_set = propensity.read_scoring_set(dbt.ref("scoring_set"), chosen)
    calibrated = propensity.with_calibrations(chosen, calibrations)
    scores = propensity.score_customers(scoring_set, calibrated, run)
    return frames.typed_chunks(scores, propensity.PROPENSITY_SCORES_SCHEMA)
