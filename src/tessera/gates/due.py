"""How many rows scoring and the contract owe: the numbers that gates hold their relations to."""

from __future__ import annotations

from typing import Any


def rows_due(scoring_set: Any, champion_models: Any) -> dict[str, int]:
    """Count the customers who must have a segment, and the scores that must exist.

    Parameters
    ----------
    scoring_set
        Relation with one row per customer, and ``is_eligible_<target>`` per target.
    champion_models
        Relation with one row per champion; a target without one has no scores.

    Returns
    -------
    dict
        ``assignments_due`` (0 while there is no segment model) and ``scores_due``.
    """
    champions = champion_models.project("task, target").fetchall()
    targets = sorted(target for task, target in champions if task == "propensity")
    eligible = [_count(scoring_set.filter(f"is_eligible_{target}")) for target in targets]
    has_segments = any(task == "segmentation" for task, _ in champions)
    return {
        "assignments_due": _count(scoring_set) if has_segments else 0,
        "scores_due": sum(eligible),
    }


def clauses_due(segment_contract: Any, champion_models: Any) -> dict[str, int]:
    """Count the rows that the contract owes at least: one per clause that is asked of the whole.

    Parameters
    ----------
    segment_contract
        Relation with one row per clause and severity.
    champion_models
        Relation with one row per champion.

    Returns
    -------
    dict
        ``clauses_due``: 0 while there is no segment model, else one per row of the contract but
        those of segments, of which there may be any number.
    """
    champions = champion_models.project("task").fetchall()
    of_the_whole = segment_contract.filter("clause not in ('size', 'filled', 'owner', 'validity')")
    has_segments = ("segmentation",) in champions
    return {"clauses_due": _count(of_the_whole) if has_segments else 0}


def _count(relation: Any) -> int:
    return int(relation.aggregate("count(*)").fetchall()[0][0])
