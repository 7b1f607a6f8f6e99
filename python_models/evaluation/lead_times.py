"""lead_times: how early alerts of churn began. One row per churn target and stated precision.

Thin binder over tessera.track_record.measure_lead_times.
"""

from tessera import frames, propensity, registry, runs, track_record


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    declared = frames.read(dbt.ref("prediction_targets"), ["target"])
    targets = propensity.load_targets(declared)
    training_set = propensity.read_training_set(dbt.ref("training_set"), targets)
    last_purchases = track_record.load_last_purchases(dbt.ref("scoring_set"))
    models = frames.read(dbt.ref("propensity_models"), propensity.PROPENSITY_MODELS_ORDER)
    champions = frames.read(dbt.ref("champion_models"), registry.CHAMPION_ORDER)
    every = registry.load_champions(models, champions, task="propensity")
    chosen = track_record.churn_champions(every, declared)
    fits = dbt.ref("propensity_replays").union(dbt.ref("backtest_replays"))
    replays = frames.read(fits, propensity.PROPENSITY_REPLAYS_ORDER)
    schema, order = track_record.LEAD_TIMES_SCHEMA, track_record.LEAD_TIMES_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    told = track_record.measure_lead_times(
        training_set, last_purchases, chosen, replays, earlier, run
    )
    return frames.typed(told, schema)
