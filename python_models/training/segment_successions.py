"""segment_successions: what became of segments when the model changed. One row per event.

Thin binder over tessera.segmentation.over_time.extend_successions.
"""

from tessera import frames, runs, segmentation
from tessera.segmentation import over_time


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    models = frames.read(dbt.ref("segment_models"), segmentation.SEGMENT_MODELS_ORDER)
    scoring_set = over_time.read_people(dbt.ref("scoring_set"), models)
    rows = frames.read(dbt.ref("segment_reigns"), over_time.SEGMENT_REIGNS_ORDER)
    reigns = over_time.reigns_of_shop(rows, models, scoring_set, run)
    schema, order = over_time.SEGMENT_SUCCESSIONS_SCHEMA, over_time.SEGMENT_SUCCESSIONS_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    return frames.typed(over_time.extend_successions(reigns, earlier, scoring_set, run), schema)
