"""replayed_scores: what champions would have said, and what happened. One row per past customer.

Thin binder over tessera.propensity.replay_scores.
"""

from tessera import frames, gates, propensity, registry, runs, segmentation


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    gates.require_passed(dbt.ref("gate_model_evaluations"), run)
    targets = propensity.load_targets(frames.read(dbt.ref("prediction_targets"), ["target"]))
    training_set = propensity.read_training_set(dbt.ref("training_set"), targets)
    models = frames.read(dbt.ref("propensity_models"), propensity.PROPENSITY_MODELS_ORDER)
    replays = frames.read(dbt.ref("propensity_replays"), propensity.PROPENSITY_REPLAYS_ORDER)
    segments = frames.read(dbt.ref("segment_models"), segmentation.SEGMENT_MODELS_ORDER)
    chosen = frames.read(dbt.ref("champion_models"), registry.CHAMPION_ORDER)
    placing = registry.load_champions(segments, chosen, task="segmentation")
    placed = segmentation.assign_by_champion(training_set, placing, run)
    judged = registry.load_champions(models, chosen, task="propensity")
    scores = propensity.replay_scores(training_set, targets, judged, replays, placed, run)
    return frames.typed(scores, propensity.REPLAYED_SCORES_SCHEMA)
