"""micro_segments: the parts of each segment, in words. One row per part.

Thin binder over tessera.segmentation.meaning.tell_micro_segments.
"""

from tessera import frames, registry, runs, segmentation
from tessera.segmentation import meaning, over_time


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    models = frames.read(dbt.ref("segment_models"), segmentation.SEGMENT_MODELS_ORDER)
    champions = frames.read(dbt.ref("champion_models"), registry.CHAMPION_ORDER)
    chosen = registry.load_champions(models, champions, task="segmentation")
    order = meaning.MICRO_SEGMENT_MODELS_ORDER
    micro_models = frames.read(dbt.ref("micro_segment_models"), order)
    meanings = frames.read(dbt.ref("segment_meanings"), meaning.SEGMENT_MEANINGS_ORDER)
    words = frames.read(dbt.ref("driver_words"), ["driver"])
    reigns = frames.read(dbt.ref("segment_reigns"), over_time.SEGMENT_REIGNS_ORDER)
    segments = meaning.named_segments(reigns, run)
    told = meaning.tell_micro_segments(chosen, segments, micro_models, meanings, words, run)
    return frames.typed(told, meaning.MICRO_SEGMENTS_SCHEMA)
