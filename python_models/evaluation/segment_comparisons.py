"""segment_comparisons: segments beside what was there before. One row per segmentation and outcome.

Thin binder over tessera.segmentation.comparison.compare_segmentations.
"""

from tessera import frames, registry, runs, segmentation
from tessera.segmentation import comparison


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    models = frames.read(dbt.ref("segment_models"), segmentation.SEGMENT_MODELS_ORDER)
    champions = frames.read(dbt.ref("champion_models"), registry.CHAMPION_ORDER)
    chosen = registry.load_champions(models, champions, task="segmentation")
    past = comparison.read_pasts(dbt.ref("training_set"), dbt.ref("segment_features"))
    rules = frames.read(dbt.ref("rule_segments_at_snapshots"), frames.SNAPSHOT_ORDER)
    told = comparison.read_published(dbt.ref("segment_history"), models, past, run)
    compared = comparison.compare_segmentations(past, chosen, rules, told, run)
    return frames.typed(compared, comparison.SEGMENT_COMPARISONS_SCHEMA)
