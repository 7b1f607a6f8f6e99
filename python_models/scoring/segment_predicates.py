"""segment_predicates: each segment as a few conditions that a person can read. One row per segment.

Thin binder over tessera.segmentation.describe_by_champion.
"""

from tessera import frames, registry, runs, segmentation


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    models = frames.read(dbt.ref("segment_models"), segmentation.SEGMENT_MODELS_ORDER)
    champions = frames.read(dbt.ref("champion_models"), registry.CHAMPION_ORDER)
    chosen = registry.load_champions(models, champions, task="segmentation")
    scoring_set = segmentation.read_customers(dbt.ref("scoring_set"), dbt.ref("segment_features"))
    assigned = frames.read(
        dbt.ref("segment_assignments"), segmentation.SEGMENT_ASSIGNMENTS_ORDER, ["segment_id"]
    )
    predicates = segmentation.describe_by_champion(scoring_set, assigned, chosen, run)
    return frames.typed(predicates, segmentation.SEGMENT_PREDICATES_SCHEMA)
