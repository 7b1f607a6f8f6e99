"""segment_driver_scores: what tells each segment apart. One row per segment and rank, at most ten.

Thin binder over tessera.segmentation.meaning.find_drivers.
"""

from tessera import frames, registry, runs, segmentation
from tessera.segmentation import meaning


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    models = frames.read(dbt.ref("segment_models"), segmentation.SEGMENT_MODELS_ORDER)
    champions = frames.read(dbt.ref("champion_models"), registry.CHAMPION_ORDER)
    chosen = registry.load_champions(models, champions, task="segmentation")
    customers = meaning.read_driver_sample(dbt.ref("scoring_set"))
    assigned = meaning.read_driver_sample(dbt.ref("segment_assignments"))
    found = meaning.find_drivers(assigned, customers, chosen, run)
    return frames.typed(found, meaning.SEGMENT_DRIVER_SCORES_SCHEMA)
