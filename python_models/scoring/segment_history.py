"""segment_history: every customer's segment at every snapshot. One row per customer and snapshot.

Thin binder over tessera.segmentation.over_time.tell_history.
"""

from tessera import features, frames, gates, registry, runs, segmentation
from tessera.segmentation import over_time


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    gates.require_passed(dbt.ref("gate_model_evaluations"), run)
    models = frames.read(dbt.ref("segment_models"), segmentation.SEGMENT_MODELS_ORDER)
    champions = frames.read(dbt.ref("champion_models"), registry.CHAMPION_ORDER)
    chosen = registry.load_champions(models, champions, task="segmentation")
    features.require_current(chosen, features.load_versions(dbt.ref("feature_definitions")))
    people = frames.read(dbt.ref("scoring_set"), frames.SNAPSHOT_ORDER, [])
    rows = frames.read(dbt.ref("segment_reigns"), over_time.SEGMENT_REIGNS_ORDER)
    reigns = over_time.reigns_of_shop(rows, models, people, run)
    spine = over_time.Spine.of(dbt.ref("customer_features"), reigns, run.as_of)
    ours = over_time.models_that_reigned(rows, models, people, run)
    memory = over_time.Memory.of(session, dbt.this, ours, people, run)
    return over_time.tell_history(spine, reigns, memory, run)
