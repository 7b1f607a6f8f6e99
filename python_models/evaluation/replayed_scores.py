"""replayed_scores: what champions would have said, and what happened. One row per past customer.

Thin binder over tessera.propensity.replay_scores.
"""

from tessera import frames, gates, propensity, registry, runs, segmentation
from tessera.segmentation import over_time


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    gates.require_passed(dbt.ref("gate_model_evaluations"), run)
    targets = propensity.load_targets(frames.read(dbt.ref("prediction_targets"), ["target"]))
    training_set = propensity.read_training_set(dbt.ref("training_set"), targets)
    models = frames.read(dbt.ref("propensity_models"), propensity.PROPENSITY_MODELS_ORDER)
    replays = frames.read(dbt.ref("propensity_replays"), propensity.PROPENSITY_REPLAYS_ORDER)
    segments = frames.read(dbt.ref("segment_models"), segmentation.SEGMENT_MODELS_ORDER)
    people = frames.read(dbt.ref("scoring_set"), frames.SNAPSHOT_ORDER, [])
    rows = frames.read(dbt.ref("segment_reigns"), over_time.SEGMENT_REIGNS_ORDER)
    reigns = over_time.reigns_of_shop(rows, segments, people, run)
    placed = over_time.assign_past(training_set, over_time.reign_at(reigns, run.as_of))
    chosen = frames.read(dbt.ref("champion_models"), registry.CHAMPION_ORDER)
    judged = registry.load_champions(models, chosen, task="propensity")
    scores = propensity.replay_scores(training_set, targets, judged, replays, placed, run)
    return frames.typed(scores, propensity.REPLAYED_SCORES_SCHEMA)
