"""propensity_backtests: past promises and what happened. One row per target, origin and metric.

Thin binder over tessera.track_record.backtest_champions.
"""

from tessera import frames, propensity, registry, runs, track_record


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    targets = propensity.load_targets(frames.read(dbt.ref("prediction_targets"), ["target"]))
    training_set = propensity.read_training_set(dbt.ref("training_set"), targets)
    models = frames.read(dbt.ref("propensity_models"), propensity.PROPENSITY_MODELS_ORDER)
    champions = frames.read(dbt.ref("champion_models"), registry.CHAMPION_ORDER)
    chosen = registry.load_champions(models, champions, task="propensity")
    fits = dbt.ref("propensity_replays").union(dbt.ref("backtest_replays"))
    replays = frames.read(fits, propensity.PROPENSITY_REPLAYS_ORDER)
    schema, order = (
        track_record.PROPENSITY_BACKTESTS_SCHEMA,
        track_record.PROPENSITY_BACKTESTS_ORDER,
    )
    earlier = frames.remembered(session, dbt.this, schema, order)
    told = track_record.backtest_champions(training_set, targets, chosen, replays, earlier, run)
    return frames.typed(told, schema)
