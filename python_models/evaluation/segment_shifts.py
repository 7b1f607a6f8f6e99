"""segment_shifts: does the shop behave otherwise than it did? One row per month and feature.

Thin binder over tessera.segmentation.over_time.tell_shifts.
"""

from tessera import frames, runs, segmentation
from tessera.segmentation import over_time


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    models = frames.read(dbt.ref("segment_models"), segmentation.SEGMENT_MODELS_ORDER)
    people = frames.read(dbt.ref("scoring_set"), frames.SNAPSHOT_ORDER, [])
    rows = frames.read(dbt.ref("segment_reigns"), over_time.SEGMENT_REIGNS_ORDER)
    reign = over_time.reign_at(over_time.reigns_of_shop(rows, models, people, run), run.as_of)
    spine = over_time.Spine.of_months(dbt.ref("customer_features"), reign, run.as_of)
    return frames.typed(over_time.tell_shifts(spine, reign, run), over_time.SEGMENT_SHIFTS_SCHEMA)
