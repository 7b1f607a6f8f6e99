"""kept_promises: what models promised and what happened. One row per target, snapshot and metric.

Thin binder over tessera.track_record.keep_promises.
"""

from tessera import frames, propensity, runs, track_record


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    evaluations = frames.read(
        dbt.ref("propensity_evaluations"), propensity.PROPENSITY_EVALUATIONS_ORDER
    )
    outcomes = dbt.ref("promise_outcomes")
    schema, order = track_record.KEPT_PROMISES_SCHEMA, track_record.KEPT_PROMISES_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    return frames.typed(track_record.keep_promises(outcomes, evaluations, earlier, run), schema)
