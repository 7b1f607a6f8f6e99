"""gate_core: is the unified business fit to be measured? One row per expectation and run.

Thin binder over tessera.gates.check.
"""

from tessera import frames, gates, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    relations = {
        "run_context": dbt.ref("run_context"),
        "feed_accounting": dbt.ref("feed_accounting"),
        "customers": dbt.ref("customers"),
        "orders": dbt.ref("orders"),
        "order_lines": dbt.ref("order_lines"),
        "web_events": dbt.ref("web_events"),
        "sessions": dbt.ref("sessions"),
        "messages": dbt.ref("messages"),
        "tickets": dbt.ref("tickets"),
        "feedback": dbt.ref("feedback"),
        "costs": dbt.ref("costs"),
        "rule_segments": dbt.ref("rule_segments"),
    }
    earlier = frames.remembered(session, dbt.this, gates.EVIDENCE_SCHEMA, gates.EVIDENCE_ORDER)
    evidence = gates.check(session, "gate_core", relations, run, earlier)
    return frames.typed(evidence, gates.EVIDENCE_SCHEMA)
