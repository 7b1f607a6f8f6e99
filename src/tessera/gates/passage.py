"""Passage: nobody reads on past a red gate, not even under a bare ``dbt run``.

The generic test on a gate's table stops ``dbt build``; ``dbt run`` runs no tests, so whoever stands
behind a gate also asks here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from tessera.runs import Run

# A message is read in a terminal: the first failures tell what is wrong, the table tells the rest.
_FAILURES_LISTED = 10


class GateNotPassed(RuntimeError):  # noqa: N818 - it is the state of the gate that is reported
    """The data behind a gate must not be read on."""


def require_passed(evidence_relation: Any, run: Run) -> None:
    """Let the caller through only if the gate was checked in this run and nothing critical failed.

    Parameters
    ----------
    evidence_relation
        ``dbt.ref("gate_...")``: the evidence of one gate.
    run
        The run whose data the caller is about to read.

    Raises
    ------
    GateNotPassed
        The gate was not checked in this run, or a critical expectation failed. The message says
        which, and where to look.
    """
    evidence: pd.DataFrame = evidence_relation.df()
    of_this_run = evidence[evidence["run_id"] == run.run_id]
    if of_this_run.empty:
        raise GateNotPassed(_not_checked(evidence, run))
    is_red = ~of_this_run["has_passed"].astype("bool") & (of_this_run["severity"] == "critical")
    if is_red.any():
        raise GateNotPassed(_failed(of_this_run[is_red]))


def _not_checked(evidence: pd.DataFrame, run: Run) -> str:
    advice = "run `dbt build`, or include the gate in the selection"
    if evidence.empty:
        return f"the gate has never been checked, the data are of run {run.run_id}: {advice}"
    last = evidence.sort_values(["checked_at", "run_id"]).iloc[-1]
    return (
        f"{last['gate']} was last checked in run {last['run_id']}, "
        f"the data are of run {run.run_id}: {advice}"
    )


def _failed(failures: pd.DataFrame) -> str:
    gate = failures["gate"].iloc[0]
    rows = failures.sort_values(["relation", "expectation_id"]).to_dict("records")
    listed = [
        f"  {row['expectation_id']}: {row['description']}\n"
        f"    observed {row['observed_value']}; expected {row['expected']}"
        for row in rows[:_FAILURES_LISTED]
    ]
    if len(rows) > _FAILURES_LISTED:
        listed.append(f"  and {len(rows) - _FAILURES_LISTED} more")
    return "\n".join(
        [
            f"{gate} is closed: critical expectations failed: {len(rows)}",
            *listed,
            f"  look at: select * from gates.{gate} where not has_passed",  # noqa: S608 - for people
        ]
    )
