"""Findings that a person has said are right: they are told at each run, and stop none.

A feature is compared with what training saw of it, and training looks back for months. A shop that
no longer asks for a birthday would be stopped for as long. So an expectation may be marked
``meta: {may_be_accepted: true}``: a run that accepts its volumes passes with it, and later runs
pass while they find no more than the last green one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tessera.gates.evidence import unexpected_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from tessera.gates.pushdown import Outcome
    from tessera.runs import Run


def with_accepted(outcomes: Sequence[Outcome], green: pd.DataFrame, run: Run) -> list[Outcome]:
    """Let pass what has been accepted, with what was found left as it is.

    Parameters
    ----------
    outcomes
        What the expectations of a suite found.
    green
        Evidence of the gate's last green run over the same feeds; maybe no rows.
    run
        The run that is checked.
    """
    known = green.dropna(subset=["unexpected_count"])
    before = dict(zip(known["expectation_id"], known["unexpected_count"], strict=True))
    return [
        replace(outcome, has_passed=True)
        if _may_pass(outcome)
        and (run.accepts_volumes or _is_no_more(outcome, before.get(outcome.entry.expectation_id)))
        else outcome
        for outcome in outcomes
    ]


def _may_pass(outcome: Outcome) -> bool:
    return outcome.entry.may_be_accepted and outcome.failure is None


def _is_no_more(outcome: Outcome, before: int | None) -> bool:
    found = unexpected_count(outcome)
    return found is not None and before is not None and found <= before
