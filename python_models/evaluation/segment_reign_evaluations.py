"""segment_reign_evaluations: how calm the segments in force are over time. One row per metric.

Thin binder over tessera.segmentation.over_time.evaluate_reign.
"""

from tessera import frames, runs, segmentation
from tessera.segmentation import over_time


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    models = frames.read(dbt.ref("segment_models"), segmentation.SEGMENT_MODELS_ORDER)
    people = frames.read(dbt.ref("scoring_set"), frames.SNAPSHOT_ORDER, [])
    rows = frames.read(dbt.ref("segment_reigns"), over_time.SEGMENT_REIGNS_ORDER)
    reigns = over_time.reigns_of_shop(rows, models, people, run)
    spine = over_time.Spine.of(dbt.ref("customer_features"), reigns, run.as_of)
    evaluated = over_time.evaluate_reign(spine, over_time.reign_at(reigns, run.as_of), run)
    return frames.typed(evaluated, over_time.SEGMENT_REIGN_EVALUATIONS_SCHEMA)
