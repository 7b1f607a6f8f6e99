"""The segment contract as it stands today: each clause asked of each segment, or of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from tessera.segmentation.comparison.clauses import read_contract
from tessera.segmentation.comparison.facts import all_facts
from tessera.segmentation.comparison.schemas import SEGMENT_CONTRACT_CLAUSES_SCHEMA
from tessera.segmentation.schemas import empty_frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tessera.runs import Run
    from tessera.segmentation.comparison.clauses import Clause
    from tessera.segmentation.comparison.evidence import Evidence
    from tessera.segmentation.comparison.facts import Fact

ORDER = ["clause", "severity", "segment_id"]


def check_contract(contract: pd.DataFrame, evidence: Evidence, run: Run) -> pd.DataFrame:
    """Ask every clause of the contract.

    Parameters
    ----------
    contract
        The seed ``segment_contract``: a row per clause and severity.
    evidence
        What the clauses are asked of.
    run
        The build.

    Returns
    -------
    DataFrame
        Columns of ``SEGMENT_CONTRACT_CLAUSES_SCHEMA``: a row per clause, severity and segment
        (NULL: the whole). ``is_kept`` is NULL where the shop is too young or too small to tell,
        and ``reason`` says why. No rows without a segmentation.

    Raises
    ------
    ContractError
        The seed cannot be read.
    """
    clauses = read_contract(contract)
    if evidence.champions.empty:
        return empty_frame(SEGMENT_CONTRACT_CLAUSES_SCHEMA)
    facts = list(all_facts(evidence, run))
    told = {row["segment_id"]: row for row in evidence.meanings.to_dict("records")}
    rows = [
        {**_row(clause, fact, evidence.customers), **_owned(told.get(fact.segment_id))}
        for clause in clauses
        for fact in facts
        if fact.clause == clause.name
    ]
    frame = pd.DataFrame(rows, columns=SEGMENT_CONTRACT_CLAUSES_SCHEMA.names)
    frame = frame.assign(run_id=run.run_id, scored_at=run.run_started_at)
    return frame.sort_values(ORDER, na_position="first", kind="stable", ignore_index=True)


def _row(clause: Clause, fact: Fact, customers: int) -> dict[str, Any]:
    return {
        "segment_id": fact.segment_id,
        "clause": clause.name,
        "value": fact.value,
        "bound": clause.bound,
        "is_kept": clause.is_kept(fact.judged),
        "severity": clause.severity_for(customers),
        "reason": fact.reason,
    }


def _owned(told: Mapping[Any, Any] | None) -> dict[str, Any]:
    names = ("owner", "valid_from", "valid_to")
    return {name: _known(told[name]) if told else None for name in names}


def _known(word: Any) -> Any:
    return None if pd.isna(word) else word
