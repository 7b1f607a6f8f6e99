"""Which calibration a candidate gets, and from whom it is learnt.

Nothing is fitted again: the replays have scored everybody at each past origin by models that never
saw them. Standing at an origin, a calibration learns from the scores of earlier origins, whose
labels have closed by then, and of people of other folds; so neither the people nor the times that
it is judged on have taught it. At the oldest origin there is nothing to learn from, and the model's
own probabilities stand.

The method is chosen by the log loss of each at the origins before, where it was learnt from still
earlier ones: the simplest within :data:`MARGIN` of the best. (One choice among three for everybody
tells nobody's label.) With one origin to learn from and none to choose by, it is platt, whose two
numbers can hardly learn by heart. What is published is learnt from all origins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tessera.metrics import log_loss
from tessera.propensity.calibration import METHODS, UNCALIBRATED, Calibration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tessera.propensity.algorithms.algorithm import Floats
    from tessera.propensity.encoded_model import EncodedModel
    from tessera.propensity.labelled import Labelled
    from tessera.propensity.protocol import Origin
    from tessera.propensity.targets import Target

MARGIN = 0.0005
"""Log loss, in nats, that a less simple method must gain. On 9,000 rows of Complete Journey the
mean over origins moves by ten times as much from draw to draw, but two methods on the same rows
move together: their difference by about this."""
DEFAULT = "platt"


@dataclass(frozen=True)
class Calibrated:
    """A candidate whose probabilities mean what they say, at each past origin and today.

    Attributes
    ----------
    models
        The replays by origin and fold, each with the calibration that was known there.
    published
        The calibration of the model itself, learnt from all origins.
    log_losses
        Method to its log loss on the origins that could judge it; empty when none could.
    """

    models: list[list[EncodedModel]]
    published: Calibration
    log_losses: dict[str, float]


@dataclass(frozen=True)
class _Said:
    """What was said at an origin, and what happened: a row per customer."""

    origin: Origin
    folds: NDArray[np.int64]
    probabilities: Floats
    labels: Floats


def calibrate(
    rows: Labelled,
    target: Target,
    origins: Sequence[Origin],
    replays: Sequence[Sequence[EncodedModel]],
) -> Calibrated:
    """Calibrate a candidate's replays, and the candidate itself.

    Parameters
    ----------
    rows
        All rows with an answer.
    target
        What is predicted; labels of an origin are known after its horizon.
    origins
        Where the candidate was replayed, oldest first.
    replays
        Its fits, by origin and fold, not yet calibrated.
    """
    said = [_said(rows, *each) for each in zip(origins, replays, strict=True)]
    losses: list[dict[str, float]] = []
    models: list[list[EncodedModel]] = []
    for now, fits in zip(said, replays, strict=True):
        known = [each for each in said if _has_closed(each.origin, now.origin, target)]
        by_method = {name: _learnt_by_fold(name, known, now) for name in METHODS} if known else {}
        chosen = by_method.get(_chosen(losses), [UNCALIBRATED] * len(fits))
        models.append(
            [replace(fit, calibration=each) for fit, each in zip(fits, chosen, strict=True)]
        )
        if by_method:
            losses.append({name: _loss(now, learnt) for name, learnt in by_method.items()})
    published = _learnt(_chosen(losses), said) if said else UNCALIBRATED
    return Calibrated(models, published, _mean(losses))


def _said(rows: Labelled, origin: Origin, fits: Sequence[EncodedModel]) -> _Said:
    """Score everybody at an origin, each by the fit that never saw them."""
    folds = np.full(len(rows), -1)
    probabilities = np.full(len(rows), np.nan)
    for number, (fold, fit) in enumerate(zip(origin.folds, fits, strict=True)):
        folds[fold.scored] = number
        probabilities[fold.scored] = fit.predict_probability(rows.features[fold.scored])
    there = folds >= 0
    return _Said(origin, folds[there], probabilities[there], rows.labels[there])


def _has_closed(earlier: Origin, now: Origin, target: Target) -> bool:
    return bool(earlier.snapshot_at + target.horizon <= now.snapshot_at)


def _learnt_by_fold(method: str, known: Sequence[_Said], now: _Said) -> list[Calibration]:
    """Learn for each fold of an origin from what was said earlier, to people of the others."""
    return [_learnt(method, known, without=fold) for fold in range(len(now.origin.folds))]


def _learnt(method: str, said: Sequence[_Said], without: int = -1) -> Calibration:
    probabilities = np.concatenate([each.probabilities[each.folds != without] for each in said])
    labels = np.concatenate([each.labels[each.folds != without] for each in said])
    return METHODS[method](probabilities, labels) if len(labels) else UNCALIBRATED


def _loss(now: _Said, learnt: Sequence[Calibration]) -> float:
    """Return the log loss of an origin under the calibrations of its folds."""
    meant = np.full(len(now.labels), np.nan)
    for fold, calibration in enumerate(learnt):
        is_there = now.folds == fold
        meant[is_there] = calibration.apply(now.probabilities[is_there])
    return float(log_loss(now.labels, meant)[0])


def _chosen(losses: Sequence[dict[str, float]]) -> str:
    """Return the simplest method within the margin of the best; the default without evidence."""
    mean = _mean(losses)
    if not mean:
        return DEFAULT
    best = min(mean.values())
    return next(name for name in METHODS if mean[name] <= best + MARGIN)


def _mean(losses: Sequence[dict[str, float]]) -> dict[str, float]:
    if not losses:
        return {}
    return {name: float(np.mean([each[name] for each in losses])) for name in METHODS}
