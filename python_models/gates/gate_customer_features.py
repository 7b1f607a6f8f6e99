"""gate_customer_features: are the features fit to learn from? One row per expectation and run.

Thin binder over tessera.gates.check.
"""

from tessera import frames, gates, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    relations = {
        "customer_features": dbt.ref("customer_features"),
        "feature_statistics": dbt.ref("feature_statistics"),
        "feature_versions": dbt.ref("feature_versions"),
        "leak_findings": dbt.ref("leak_findings"),
    }
    gate, schema = "gate_customer_features", gates.EVIDENCE_SCHEMA
    earlier = frames.remembered(session, dbt.this, schema, gates.EVIDENCE_ORDER)
    floor = gates.customers_floor(earlier, run)
    return frames.typed(
        gates.check(session, gate, relations, run, earlier, parameters=floor), schema
    )
