"""segment_reigns: which model's segments are in force, and who they are. One row per segment.

Thin binder over tessera.segmentation.over_time.extend_reigns.
"""

from tessera import frames, registry, runs, segmentation
from tessera.segmentation import over_time


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    models = frames.read(dbt.ref("segment_models"), segmentation.SEGMENT_MODELS_ORDER)
    champions = frames.read(dbt.ref("champion_models"), registry.CHAMPION_ORDER)
    chosen = registry.load_champions(models, champions, task="segmentation")
    scoring_set = over_time.read_people(dbt.ref("scoring_set"), models)
    playbook = frames.read(dbt.ref("segment_playbook"), ["archetype"])
    schema, order = over_time.SEGMENT_REIGNS_SCHEMA, over_time.SEGMENT_REIGNS_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    spine = over_time.Spine.of_models(dbt.ref("customer_features"), chosen, run.as_of)
    reigns = over_time.extend_reigns(chosen, models, earlier, scoring_set, playbook, spine, run)
    return frames.typed(reigns, schema)
