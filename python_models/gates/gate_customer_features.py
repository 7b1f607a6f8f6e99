"""gate_customer_features: are the features fit to learn from? One row per expectation and run.

Thin binder over tessera.gates.check.
"""

from tessera import frames, gates, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    relations = {
        "customer_features": dbt.ref("customer_features"),
    }
    earlier = frames.remembered(session, dbt.this, gates.EVIDENCE_SCHEMA, gates.EVIDENCE_ORDER)
    evidence = gates.check(session, "gate_customer_features", relations, run, earlier)
    return frames.typed(evidence, gates.EVIDENCE_SCHEMA)
