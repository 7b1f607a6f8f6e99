"""gate_model_evaluations: is what was learnt believable? One row per expectation and run.

Thin binder over tessera.gates.check.
"""

from tessera import frames, gates, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    relations = {
        "model_evaluations": dbt.ref("model_evaluations"),
        "model_leak_findings": dbt.ref("model_leak_findings"),
    }
    earlier = frames.remembered(session, dbt.this, gates.EVIDENCE_SCHEMA, gates.EVIDENCE_ORDER)
    evidence = gates.check(session, "gate_model_evaluations", relations, run, earlier)
    return frames.typed(evidence, gates.EVIDENCE_SCHEMA)
