"""The choice: who is eligible, who has the highest score, and why the others were not taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.segmentation.algorithms import SEGMENTS
from tessera.segmentation.choice.criteria import WEAKNESSES
from tessera.segmentation.choice.sizes import size_floor
from tessera.segmentation.measures import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tessera.segmentation.choice.criteria import Criterion
    from tessera.segmentation.measures import Measure

HANDY = range(5, 8)
"""Numbers of segments that are preferred."""


@dataclass(frozen=True)
class Candidate:
    """A candidate with what was measured.

    Attributes
    ----------
    name
        Its ``model_id``.
    algorithm
        How it was fitted.
    segments
        How many it has.
    measures
        By metric.
    """

    name: str
    algorithm: str
    segments: int
    measures: Mapping[str, Measure]

    def value(self, metric: str) -> float:
        """Return a metric's value; NaN when it is not known."""
        measure = self.measures.get(metric)
        return UNKNOWN if measure is None else measure.value

    def criteria(self) -> dict[str, float]:
        """Return the value of every criterion; NaN when it is not known."""
        separation = self.measures.get("silhouette")
        plain = ("explained_amount_90d", "explained_churn_90d", "stability", "readability")
        return {name: self.value(name) for name in plain} | {
            "separation": UNKNOWN if separation is None else separation.skill,
            "calm": 1.0 - self.value("monthly_change"),
            "handy_count": handiness(self.segments),
        }

    def score(self, criteria: Sequence[Criterion]) -> float:
        """Return the weighted mean of the criteria that are known."""
        values = self.criteria()
        known = [c for c in criteria if c.weight and not np.isnan(values[c.name])]
        total = sum(c.weight for c in known)
        return sum(c.weight * values[c.name] for c in known) / total if known else UNKNOWN

    def faults(self, criteria: Sequence[Criterion]) -> list[str]:
        """Return why it is not eligible, the gravest first; nothing when it is."""
        told = []
        if self.segments < SEGMENTS.start:
            noun = "segment" if self.segments == 1 else "segments"
            told.append(f"found {self.segments} {noun}, {SEGMENTS.start} are the fewest")
        if self.segments >= SEGMENTS.stop:
            told.append(f"found {self.segments} segments, {SEGMENTS.stop - 1} are the most")
        if self.value("too_small_segments") > 0:
            smallest = self.measures["smallest_segment_customers"]
            floor = size_floor(smallest.rows)
            told.append(f"smallest segment {smallest.value:,.0f} < {floor:,.0f}")
        values = self.criteria()
        short = [c for c in criteria if c.least is not None and values[c.name] < c.least]
        return told + [f"{c.name} {values[c.name]:.3f} < {c.least:g}" for c in short]


@dataclass(frozen=True)
class Verdict:
    """What the choice says of a candidate."""

    score: float
    is_eligible: bool
    is_chosen: bool
    reason: str


def handiness(segments: int) -> float:
    """Return 1 for a preferred number of segments, 0.5 for one beside them, 0 for others.

    >>> [handiness(segments) for segments in (3, 4, 5, 7, 8, 9)]
    [0.0, 0.5, 1.0, 1.0, 0.5, 0.0]
    """
    away = max(HANDY.start - segments, segments - HANDY.stop + 1, 0)
    return max(1.0 - away / 2, 0.0)


def judge(candidates: Sequence[Candidate], criteria: Sequence[Criterion]) -> dict[str, Verdict]:
    """Return the verdict on each candidate by its name; exactly one is chosen.

    The eligible come first, then those of a usable number of large enough segments, then the rest;
    among equals the highest score, the fewest segments, the name.
    """
    if not candidates:
        return {}
    scores = {c.name: c.score(criteria) for c in candidates}
    faults = {c.name: c.faults(criteria) for c in candidates}
    ranked = sorted(candidates, key=lambda c: (_grade(c, faults[c.name]), *_place(c, scores)))
    winner = ranked[0]
    verdicts = {
        c.name: Verdict(
            score=scores[c.name],
            is_eligible=not faults[c.name],
            is_chosen=False,
            reason="; ".join(faults[c.name]) or _lag(c, winner, scores, criteria),
        )
        for c in ranked[1:]
    }
    reason = _praise(ranked, scores, faults)
    return verdicts | {
        winner.name: Verdict(scores[winner.name], not faults[winner.name], True, reason)
    }


def _grade(candidate: Candidate, faults: Sequence[str]) -> int:
    """Return 0 for an eligible candidate, 1 for one of usable segments, 2 for the others."""
    if not faults:
        return 0
    is_usable = candidate.segments in SEGMENTS and not candidate.value("too_small_segments") > 0
    return 1 if is_usable else 2


def _place(candidate: Candidate, scores: Mapping[str, float]) -> tuple[float, int, str]:
    score = scores[candidate.name]
    return -score if not np.isnan(score) else np.inf, candidate.segments, candidate.name


def _praise(
    ranked: Sequence[Candidate], scores: Mapping[str, float], faults: Mapping[str, Sequence[str]]
) -> str:
    winner = ranked[0]
    if len(ranked) == 1:
        return "chosen: the only candidate"
    eligible = sum(not told for told in faults.values())
    of_whom = f"{eligible} eligible" if eligible else f"{len(ranked)}, none eligible"
    told = f"chosen: highest score of {of_whom} ({scores[winner.name]:.3f})"
    if faults[winner.name]:
        told += f", although {'; '.join(faults[winner.name])}"
    rivals = [c for c in ranked[1:] if not (faults[c.name] and eligible)]
    if not rivals:
        return told
    next_best = rivals[0]
    name = f"{next_best.algorithm} with {next_best.segments} segments"
    return f"{told}; next is {name} ({scores[next_best.name]:.3f})"


def _lag(
    candidate: Candidate,
    winner: Candidate,
    scores: Mapping[str, float],
    criteria: Sequence[Criterion],
) -> str:
    """Return why an eligible candidate was not taken: its score, and what it loses most by."""
    theirs, ours = winner.criteria(), candidate.criteria()
    losses = {c.name: c.weight * (theirs[c.name] - ours[c.name]) for c in criteria}
    known = {name: loss for name, loss in losses.items() if loss > 0}
    told = f"score {scores[candidate.name]:.3f} < {scores[winner.name]:.3f}"
    if not known:
        return told
    most = max(known, key=known.__getitem__)
    return f"{told}: {WEAKNESSES[most]} ({ours[most]:.2f} against {theirs[most]:.2f})"
