"""How sure a metric is: 95 % intervals by a bootstrap that resamples people, not rows.

One customer stands in several snapshots, and her rows resemble each other. Resampling rows would
call that evidence; here a draw weighs *customers*, and all rows of one carry the same weight, so
that the interval is as wide as the number of people allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.metrics import METRICS, Floats, Metric, ratio

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

DRAWS = 200
"""Enough for a 95 % interval whose ends move by about a tenth of its width between seeds."""
INTERVAL = (0.025, 0.975)
"""Quantiles of the draws that are reported as low and high."""
CELLS_PER_BATCH = 4_000_000
"""Weights held at a time (32 MB), so that a large population does not fill memory."""


@dataclass(frozen=True)
class Scored:
    """People with what was promised of each and what happened: a row per customer, three arrays."""

    customer_ids: NDArray[np.str_]
    labels: Floats
    probabilities: Floats


@dataclass(frozen=True)
class Estimate:
    """A metric's value and its 95 % interval; all NaN where it is undefined."""

    value: float
    low: float
    high: float


def estimate(
    samples: Sequence[Scored], seed: int
) -> tuple[list[dict[str, Estimate]], dict[str, Estimate]]:
    """Measure every metric on each sample, and its mean over the samples, with intervals.

    Parameters
    ----------
    samples
        One per origin. The same customer may stand in several; a draw weighs her alike in all.
    seed
        Seeds the draws.

    Returns
    -------
    tuple
        Per sample, and for the mean of the samples, an :class:`Estimate` per metric name. A sample
        on which a metric is undefined is left out of its mean.

    Notes
    -----
    Percentile bootstrap with Poisson(1) weights per customer (Hanley and MacGibbon 2006).
    """
    each: list[dict[str, Estimate]] = [{} for _ in samples]
    mean: dict[str, Estimate] = {}
    drawn = _draws(samples, seed)
    for metric, draws in zip(METRICS, drawn, strict=True):
        values = np.array([metric.measure(s.labels, s.probabilities, None)[0] for s in samples])
        for of_sample, value, column in zip(each, values, draws, strict=True):
            of_sample[metric.name] = _interval(metric, float(value), column)
        mean[metric.name] = _interval(
            metric, _mean_defined(values[:, None])[0], _mean_defined(draws)
        )
    return each, mean


def estimate_metric(samples: Sequence[Scored], metric: Metric, seed: int) -> Estimate:
    """Measure one metric's mean over the samples, with its interval; see :func:`estimate`."""
    value, draws = _mean_and_draws(samples, metric, seed)
    return _interval(metric, value, draws)


def compare(
    samples: Sequence[Scored], others: Sequence[Scored], metric: Metric, seed: int
) -> Estimate:
    """Measure by how much the mean of a metric over samples is above that of others.

    Both are of the same people in the same order: a draw weighs a person alike in both, so that the
    interval is that of the difference, far narrower than either one's own.

    Parameters
    ----------
    samples, others
        One each per origin.
    metric
        What is measured.
    seed
        Seeds the draws.
    """
    values, draws = _mean_and_draws(samples, metric, seed)
    other_values, other_draws = _mean_and_draws(others, metric, seed)
    return _interval(metric, values - other_values, draws - other_draws)


def estimate_gaps(
    samples: Sequence[Scored], earlier: Mapping[int, Sequence[int]], metric: Metric, seed: int
) -> dict[int, tuple[Estimate, Estimate, Estimate]]:
    """Measure a metric's mean over earlier samples, its value on a later one, and the gap.

    Parameters
    ----------
    samples
        One per origin.
    earlier
        For the place of each later sample those of the samples it is held against.
    metric
        What is measured.
    seed
        Seeds the draws, in which a customer weighs alike in all samples: whoever stands in both
        sides of a gap does not widen its interval.

    Returns
    -------
    dict
        By place of the later sample: the mean of the earlier ones, its own value, and its own
        minus theirs.
    """
    values = np.array([metric.measure(s.labels, s.probabilities, None)[0] for s in samples])
    draws = _draws(samples, seed, (metric,))[0]
    if metric.is_biased:
        draws = draws - draws.mean(axis=1, keepdims=True) + values[:, None]
    told = {}
    for place, before in earlier.items():
        said = _mean_defined(values[list(before), None])[0]
        said_drawn, drawn = _mean_defined(draws[list(before)]), draws[place]
        told[place] = (
            _interval(metric, said, said_drawn),
            _interval(metric, values[place], drawn),
            _quantiles(values[place] - said, drawn - said_drawn),
        )
    return told


def _mean_and_draws(samples: Sequence[Scored], metric: Metric, seed: int) -> tuple[float, Floats]:
    values = np.array([metric.measure(s.labels, s.probabilities, None)[0] for s in samples])
    draws = _draws(samples, seed, (metric,))[0]
    return float(_mean_defined(values[:, None])[0]), _mean_defined(draws)


def _draws(samples: Sequence[Scored], seed: int, metrics: Sequence[Metric] = METRICS) -> Floats:
    """Return every metric on every sample in every draw, shape (metrics, samples, draws)."""
    people = np.unique(np.concatenate([sample.customer_ids for sample in samples]))
    places = [np.searchsorted(people, sample.customer_ids) for sample in samples]
    batches = [
        [
            [
                metric.measure(s.labels, s.probabilities, weights[:, place])
                for s, place in zip(samples, places, strict=True)
            ]
            for metric in metrics
        ]
        for weights in _person_weights(len(people), seed)
    ]
    return np.concatenate(batches, axis=2)


def _person_weights(people: int, seed: int) -> Iterator[Floats]:
    """Yield Poisson(1) weights in batches of draws; the batch size does not change the weights."""
    random = np.random.default_rng(seed)
    batch = max(1, CELLS_PER_BATCH // max(people, 1))
    for start in range(0, DRAWS, batch):
        size = (min(batch, DRAWS - start), people)
        yield random.poisson(1.0, size=size).astype(np.float64)


def _interval(metric: Metric, value: float, draws: Floats) -> Estimate:
    defined = draws[~np.isnan(draws)]
    if np.isnan(value) or not len(defined):
        return Estimate(value, float("nan"), float("nan"))
    if metric.is_biased:
        defined = np.clip(defined - defined.mean() + value, 0.0, None)
    return _quantiles(value, defined)


def _quantiles(value: float, draws: Floats) -> Estimate:
    defined = draws[~np.isnan(draws)]
    if np.isnan(value) or not len(defined):
        return Estimate(value, float("nan"), float("nan"))
    low, high = np.quantile(defined, INTERVAL)
    return Estimate(float(value), float(low), float(high))


def _mean_defined(values: Floats) -> Floats:
    """Return the mean over the first axis of the values that are defined."""
    defined = ~np.isnan(values)
    return ratio(np.where(defined, values, 0.0).sum(axis=0), defined.sum(axis=0))
