"""gate_segments: do the segments keep their contract? One row per expectation and run.

Thin binder over tessera.gates.check. A segmentation that breaks a critical clause is not published.
"""

from tessera import frames, gates, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    gates.require_passed(dbt.ref("gate_scores"), run)
    relations = {"segment_contract_clauses": dbt.ref("segment_contract_clauses")}
    due = gates.clauses_due(dbt.ref("segment_contract"), dbt.ref("champion_models"))
    earlier = frames.remembered(session, dbt.this, gates.EVIDENCE_SCHEMA, gates.EVIDENCE_ORDER)
    evidence = gates.check(session, "gate_segments", relations, run, earlier, parameters=due)
    return frames.typed(evidence, gates.EVIDENCE_SCHEMA)
