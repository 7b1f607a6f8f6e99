"""segment_contract_clauses: is each promise of the contract kept? One row per clause and segment.

Thin binder over tessera.segmentation.comparison.check_contract.
"""

from tessera import frames, runs
from tessera.segmentation import comparison


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    contract = frames.read(dbt.ref("segment_contract"), ["clause", "severity"])
    evidence = comparison.read_evidence(
        run,
        scoring_set=dbt.ref("scoring_set"),
        segment_assignments=dbt.ref("segment_assignments"),
        segment_history=dbt.ref("segment_history"),
        segment_evaluations=dbt.ref("segment_evaluations"),
        segment_models=dbt.ref("segment_models"),
        champion_models=dbt.ref("champion_models"),
        segment_meanings=dbt.ref("segment_meanings"),
    )
    checked = comparison.check_contract(contract, evidence, run)
    return frames.typed(checked, comparison.SEGMENT_CONTRACT_CLAUSES_SCHEMA)
