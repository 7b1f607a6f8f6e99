"""segment_assignments: the segment of each customer under the champion. One row per customer.

Thin binder over tessera.segmentation.assign_by_champion.
"""

from tessera import features, frames, gates, registry, runs, segmentation


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    gates.require_passed(dbt.ref("gate_model_evaluations"), run)
    models = frames.read(dbt.ref("segment_models"), segmentation.SEGMENT_MODELS_ORDER)
    champions = frames.read(dbt.ref("champion_models"), registry.CHAMPION_ORDER)
    chosen = registry.load_champions(models, champions, task="segmentation")
    versions = features.load_versions(dbt.ref("feature_definitions"))
    features.require_current(chosen, versions)
    scoring_set = segmentation.read_customers(dbt.ref("scoring_set"), dbt.ref("segment_features"))
    assigned = segmentation.assign_by_champion(scoring_set, chosen, run)
    return frames.typed(assigned, segmentation.SEGMENT_ASSIGNMENTS_SCHEMA)
