"""segment_map_points: where customers lie on a map of two axes. One row per customer shown.

Thin binder over tessera.segmentation.comparison.map_customers.
"""

from tessera import frames, registry, runs, segmentation
from tessera.segmentation import comparison


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    models = frames.read(dbt.ref("segment_models"), segmentation.SEGMENT_MODELS_ORDER)
    champions = frames.read(dbt.ref("champion_models"), registry.CHAMPION_ORDER)
    chosen = registry.load_champions(models, champions, task="segmentation")
    shown = comparison.read_shown(
        dbt.ref("scoring_set"), dbt.ref("segment_assignments"), dbt.ref("segment_features")
    )
    words = frames.read(dbt.ref("driver_words"), ["driver"])
    placed = comparison.map_customers(shown, chosen, words, run)
    return frames.typed(placed, comparison.SEGMENT_MAP_POINTS_SCHEMA)
