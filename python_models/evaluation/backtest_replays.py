"""backtest_replays: champions as fitted at older origins. One row per model, origin and fold.

Thin binder over tessera.track_record.fit_older_replays.
"""

from tessera import frames, propensity, registry, runs, track_record


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    targets = propensity.load_targets(frames.read(dbt.ref("prediction_targets"), ["target"]))
    training_set = propensity.read_training_set(dbt.ref("training_set"), targets)
    models = frames.read(dbt.ref("propensity_models"), propensity.PROPENSITY_MODELS_ORDER)
    champions = frames.read(dbt.ref("champion_models"), registry.CHAMPION_ORDER)
    chosen = registry.load_champions(models, champions, task="propensity")
    schema, order = propensity.PROPENSITY_REPLAYS_SCHEMA, propensity.PROPENSITY_REPLAYS_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    older = track_record.fit_older_replays(training_set, targets, chosen, earlier, run)
    return frames.typed(older, schema)
