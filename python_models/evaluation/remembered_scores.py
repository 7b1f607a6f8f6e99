"""remembered_scores: a sample of what builds scored. One row per target, snapshot and customer.

Thin binder over tessera.track_record.remember_scores.
"""

from tessera import frames, gates, propensity, runs, track_record


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    gates.require_passed(dbt.ref("gate_scores"), run)
    targets = propensity.load_targets(frames.read(dbt.ref("prediction_targets"), ["target"]))
    scores = frames.read(dbt.ref("propensity_scores"), ["target", "customer_id"])
    schema, order = track_record.REMEMBERED_SCORES_SCHEMA, track_record.REMEMBERED_SCORES_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    return frames.typed(track_record.remember_scores(scores, targets, earlier, run), schema)
