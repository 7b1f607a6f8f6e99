"""segment_models: the registry of fitted segmentations, as text. One row per model, forever.

Thin binder over tessera.segmentation.fit_candidates.
"""

from tessera import features, frames, runs, segmentation


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    scoring_set = segmentation.read_customers(dbt.ref("scoring_set"), dbt.ref("segment_features"))
    declared = frames.read(dbt.ref("segment_features"), ["feature_name"])
    schema, order = segmentation.SEGMENT_MODELS_SCHEMA, segmentation.SEGMENT_MODELS_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    versions = features.load_versions(dbt.ref("feature_definitions"))
    fitted = segmentation.fit_candidates(scoring_set, declared, earlier, run, versions=versions)
    return frames.typed(fitted, schema)
