"""segment_member_values: what members are like. One row per segment, kind of member and driver.

Thin binder over tessera.segmentation.meaning.tell_members.
"""

from tessera import frames, registry, runs, segmentation
from tessera.segmentation import meaning


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    models = frames.read(dbt.ref("segment_models"), segmentation.SEGMENT_MODELS_ORDER)
    champions = frames.read(dbt.ref("champion_models"), registry.CHAMPION_ORDER)
    chosen = registry.load_champions(models, champions, task="segmentation")
    order = meaning.SEGMENT_DRIVER_SCORES_ORDER
    drivers = frames.read(dbt.ref("segment_driver_scores"), order)
    customers = meaning.read_driver_sample(dbt.ref("scoring_set"))
    assigned = meaning.read_driver_sample(dbt.ref("segment_assignments"))
    told = meaning.tell_members(drivers, assigned, customers, chosen, run)
    return frames.typed(told, meaning.SEGMENT_MEMBER_VALUES_SCHEMA)
