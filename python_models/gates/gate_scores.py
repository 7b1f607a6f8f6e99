"""gate_scores: are scores and segments fit to be acted on? One row per expectation and run.

Thin binder over tessera.gates.check.
"""

from tessera import frames, gates, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    relations = {
        "propensity_scores": dbt.ref("propensity_scores"),
        "segment_assignments": dbt.ref("segment_assignments"),
        "score_distributions": dbt.ref("score_distributions"),
        "segment_calibrations": dbt.ref("segment_calibrations"),
        "propensity_backtests": dbt.ref("propensity_backtests"),
    }
    due = gates.rows_due(dbt.ref("scoring_set"), dbt.ref("champion_models"))
    earlier = frames.remembered(session, dbt.this, gates.EVIDENCE_SCHEMA, gates.EVIDENCE_ORDER)
    evidence = gates.check(session, "gate_scores", relations, run, earlier, parameters=due)
    return frames.typed(evidence, gates.EVIDENCE_SCHEMA)
