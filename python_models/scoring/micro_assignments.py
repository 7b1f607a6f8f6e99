"""micro_assignments: the part of her segment each customer is in. One row per customer.

Thin binder over tessera.segmentation.meaning.assign_micro_segments.
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
    chunks = meaning.read_customer_chunks(dbt.ref("scoring_set"), chosen)
    order = segmentation.SEGMENT_ASSIGNMENTS_ORDER
    assigned = frames.read(dbt.ref("segment_assignments"), order, ["segment_id"])
    reigns = frames.read(dbt.ref("segment_reigns"), over_time.SEGMENT_REIGNS_ORDER)
    segments = meaning.named_segments(reigns, run)
    told = meaning.assign_micro_segments(assigned, chunks, chosen, segments, micro_models, run)
    return frames.typed(told, meaning.MICRO_ASSIGNMENTS_SCHEMA)
