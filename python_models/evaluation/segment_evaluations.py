"""segment_evaluations: what each segmentation is worth. One row per model, evidence and metric.

Thin binder over tessera.segmentation.evaluate_candidates.
"""

from tessera import frames, runs, segmentation


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    models = frames.read(dbt.ref("segment_models"), segmentation.SEGMENT_MODELS_ORDER)
    scoring_set = segmentation.read_customers(dbt.ref("scoring_set"), dbt.ref("segment_features"))
    training_set = segmentation.read_past(dbt.ref("training_set"), dbt.ref("segment_features"))
    criteria = frames.read(dbt.ref("segment_choice"), ["criterion"])
    schema, order = segmentation.SEGMENT_EVALUATIONS_SCHEMA, segmentation.SEGMENT_EVALUATIONS_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    evaluated = segmentation.evaluate_candidates(
        models, scoring_set, training_set, criteria, earlier, run
    )
    return frames.typed(evaluated, schema)
