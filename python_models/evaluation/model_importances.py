"""model_importances: what champions lean on. One row per model and feature.

Thin binder over tessera.track_record.measure_importances.
"""

from tessera import features, frames, propensity, registry, runs, track_record


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    models = frames.read(dbt.ref("propensity_models"), propensity.PROPENSITY_MODELS_ORDER)
    champions = frames.read(dbt.ref("champion_models"), registry.CHAMPION_ORDER)
    chosen = registry.load_champions(models, champions, task="propensity")
    features.require_current(chosen, features.load_versions(dbt.ref("feature_definitions")))
    scoring_set = track_record.read_customers(dbt.ref("scoring_set"), chosen)
    schema, order = track_record.MODEL_IMPORTANCES_SCHEMA, track_record.MODEL_IMPORTANCES_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    told = track_record.measure_importances(scoring_set, chosen, earlier, run)
    return frames.typed(told, schema)
