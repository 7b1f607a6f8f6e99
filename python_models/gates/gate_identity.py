"""gate_identity: were the right identifiers made one customer? One row per expectation and run.

Thin binder over tessera.gates.check.
"""

from tessera import frames, gates, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    relations = {
        "customer_identities": dbt.ref("customer_identities"),
        "identity_merges": dbt.ref("identity_merges"),
        "identity_report": dbt.ref("identity_report"),
    }
    earlier = frames.remembered(session, dbt.this, gates.EVIDENCE_SCHEMA, gates.EVIDENCE_ORDER)
    ceiling = gates.merges_ceiling(dbt.ref("customer_identities"), earlier, run)
    evidence = gates.check(session, "gate_identity", relations, run, earlier, parameters=ceiling)
    return frames.typed(evidence, gates.EVIDENCE_SCHEMA)
