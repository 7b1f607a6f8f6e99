"""gate_promises: did earlier releases keep their word? One row per expectation and run.

Thin binder over tessera.gates.check. Scores are remembered once gate_scores has let them through,
so that what came of them can only be asked here.
"""

from tessera import frames, gates, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    relations = {"kept_promises": dbt.ref("kept_promises")}
    earlier = frames.remembered(session, dbt.this, gates.EVIDENCE_SCHEMA, gates.EVIDENCE_ORDER)
    evidence = gates.check(session, "gate_promises", relations, run, earlier)
    return frames.typed(evidence, gates.EVIDENCE_SCHEMA)
