"""micro_segment_models: how segments fall apart. One row per champion and segment, forever.

Thin binder over tessera.segmentation.meaning.fit_micro_segments.
"""

from tessera import frames, registry, runs, segmentation
from tessera.segmentation import meaning, over_time


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    models = frames.read(dbt.ref("segment_models"), segmentation.SEGMENT_MODELS_ORDER)
    champions = frames.read(dbt.ref("champion_models"), registry.CHAMPION_ORDER)
    chosen = registry.load_champions(models, champions, task="segmentation")
    sample = meaning.Sample.of(dbt.ref("scoring_set"))
    schema = meaning.MICRO_SEGMENT_MODELS_SCHEMA
    order = meaning.MICRO_SEGMENT_MODELS_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    reigns = frames.read(dbt.ref("segment_reigns"), over_time.SEGMENT_REIGNS_ORDER)
    segments = meaning.named_segments(reigns, run)
    fitted = meaning.fit_micro_segments(chosen, segments, models, sample, earlier, run)
    return frames.typed(fitted, schema)
