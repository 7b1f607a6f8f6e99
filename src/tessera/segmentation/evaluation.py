"""Evaluations: what each candidate is worth, who was chosen for it, and why. Measured and kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from tessera.segmentation.choice.criteria import read_criteria
from tessera.segmentation.choice.measuring import measure_models
from tessera.segmentation.choice.verdict import Candidate, judge
from tessera.segmentation.evidence import Evidence
from tessera.segmentation.measures import Measure
from tessera.segmentation.model import read_model, registry_rows
from tessera.segmentation.schemas import (
    SEGMENT_EVALUATIONS_ORDER,
    SEGMENT_EVALUATIONS_SCHEMA,
    empty_frame,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tessera.runs import Run
    from tessera.segmentation.choice.criteria import Criterion
    from tessera.segmentation.model import SegmentModel

VERDICT = ("score", "is_eligible", "is_chosen")
"""The metrics of the choice: made once, on the day a candidate was fitted."""


def evaluate_candidates(
    models: pd.DataFrame,
    scoring_set: pd.DataFrame,
    training_set: pd.DataFrame,
    segment_choice: pd.DataFrame,
    remembered: pd.DataFrame,
    run: Run,
) -> pd.DataFrame:
    """Measure all candidates and choose in the run that fits; afterwards measure the champion.

    A model stays frozen for months while its customers change, so that an evaluation is known by
    the model *and* by what it was measured on. Those of other data are kept and not claimed.

    Parameters
    ----------
    models
        The registry, columns of ``SEGMENT_MODELS_SCHEMA``; candidates are the rows whose
        ``candidate_in_run_id`` is this run's, all of one fit.
    scoring_set
        A row per customer at the newest snapshot, with features.
    training_set
        A row per customer and past snapshot, with features and ``outcome_amount_90d``.
    segment_choice
        The seed: a row per criterion. It is read when a choice is due, at a fit.
    remembered
        Evaluations of earlier runs; columns of ``SEGMENT_EVALUATIONS_SCHEMA``.
    run
        The build.

    Returns
    -------
    DataFrame
        A row per model, evaluation fingerprint and metric, columns of
        ``SEGMENT_EVALUATIONS_SCHEMA``. Those that hold for this run carry its id in
        ``candidate_in_run_id``: what the choice measured of every candidate, and of the champion
        what was measured last. A metric that the shop is too young or too small for is there with
        a NULL value.
    """
    criteria = read_criteria(segment_choice)
    candidates = registry_rows(models[models["candidate_in_run_id"] == run.run_id])
    rows = registry_rows(remembered)
    if candidates and len(scoring_set):
        read = {row["model_id"]: read_model(row) for row in candidates}
        names = [feature.name for feature in next(iter(read.values())).features]
        evidence = Evidence.of(scoring_set, training_set, names, run.seed)
        choice = Choice.of(rows, read)
        if choice.is_made:
            rows = choice.claimed(rows, evidence, run)
        else:
            rows += _chosen(read, _measured(read, evidence, run), criteria, evidence, run)
    if not rows:
        return empty_frame(SEGMENT_EVALUATIONS_SCHEMA)
    frame = pd.DataFrame(rows, columns=SEGMENT_EVALUATIONS_SCHEMA.names)
    return frame.sort_values(list(SEGMENT_EVALUATIONS_ORDER), ignore_index=True)


@dataclass(frozen=True)
class Choice:
    """What was decided when the candidates were fitted.

    Attributes
    ----------
    models
        The candidates by name.
    fingerprints
        Per candidate the evidence that it was judged on; one that was never judged is not there.
    champion
        The name of the chosen one; empty before the choice.
    """

    models: Mapping[str, SegmentModel]
    fingerprints: Mapping[str, str]
    champion: str

    @classmethod
    def of(cls, rows: Sequence[dict[str, Any]], models: Mapping[str, SegmentModel]) -> Choice:
        """Read from the evaluations ``rows`` what was chosen of ``models``."""
        made = [r for r in rows if r["metric"] == "is_chosen" and r["model_id"] in models]
        fingerprints = {row["model_id"]: row["evaluation_fingerprint"] for row in made}
        champions = [row["model_id"] for row in made if row["value"] == 1.0]
        return cls(models, fingerprints, champions[0] if champions else "")

    @property
    def is_made(self) -> bool:
        """Tell whether every candidate was judged, and one chosen."""
        return bool(self.champion) and len(self.fingerprints) == len(self.models)

    def claimed(
        self, rows: list[dict[str, Any]], evidence: Evidence, run: Run
    ) -> list[dict[str, Any]]:
        """Return the evaluations with the stamps of this run, the champion measured on its data.

        Of the champion only the verdict stands when it is measured anew: its measures are today's.
        """
        fresh = [r for r in rows if self._is_of_today(r, evidence)]
        if not fresh:
            model = {self.champion: self.models[self.champion]}
            fresh = _told(model, _measured(model, evidence, run), evidence, run)
            rows = rows + fresh
        for row in rows:
            if self._is_of_choice(row) or self._is_of_today(row, evidence):
                row["candidate_in_run_id"] = run.run_id
        return rows

    def _is_of_today(self, row: dict[str, Any], evidence: Evidence) -> bool:
        is_champion = row["model_id"] == self.champion
        return bool(is_champion and row["evaluation_fingerprint"] == evidence.fingerprint)

    def _is_of_choice(self, row: dict[str, Any]) -> bool:
        if self.fingerprints.get(row["model_id"]) != row["evaluation_fingerprint"]:
            return False
        return bool(row["model_id"] != self.champion or row["metric"] in VERDICT)


def _measured(
    models: Mapping[str, SegmentModel], evidence: Evidence, run: Run
) -> dict[str, list[Measure]]:
    by_spec = measure_models(list(models.values()), evidence, run.seed)
    return {name: by_spec[model.spec] for name, model in models.items()}


def _chosen(
    models: Mapping[str, SegmentModel],
    measured: Mapping[str, list[Measure]],
    criteria: Sequence[Criterion],
    evidence: Evidence,
    run: Run,
) -> list[dict[str, Any]]:
    """Return the rows of all candidates with their verdicts; the reason stands beside is_chosen."""
    candidates = [
        Candidate(name, model.spec.algorithm, model.segments, {m.metric: m for m in measured[name]})
        for name, model in models.items()
    ]
    verdicts = judge(candidates, criteria)
    rows = _told(models, measured, evidence, run)
    for name, verdict in verdicts.items():
        values = (verdict.score, float(verdict.is_eligible), float(verdict.is_chosen))
        customers = len(evidence.customers)
        told = [Measure(m, v, customers) for m, v in zip(VERDICT, values, strict=True)]
        rows += _told({name: models[name]}, {name: told}, evidence, run)
        rows[-1]["reason"] = verdict.reason
    return rows


def _told(
    models: Mapping[str, SegmentModel],
    measured: Mapping[str, list[Measure]],
    evidence: Evidence,
    run: Run,
) -> list[dict[str, Any]]:
    """Return the rows of the table that tell the measures."""
    return [
        {
            **asdict(measure),
            "model_id": name,
            "evaluation_fingerprint": evidence.fingerprint,
            "segments": models[name].segments,
            "skill": measure.skill,
            "reason": None,
            "run_id": run.run_id,
            "candidate_in_run_id": run.run_id,
        }
        for name, measures in measured.items()
        for measure in measures
    ]
