from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics as reference

from tessera import metrics
from tessera.metrics import METRICS

RANDOM = np.random.default_rng(3)
LABELS = RANDOM.integers(0, 2, 400).astype(float)
PROBABILITIES = np.round(np.clip(0.3 * LABELS + 0.7 * RANDOM.random(400), 0.01, 0.99), 2)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (metrics.roc_auc, reference.roc_auc_score),
        (metrics.average_precision, reference.average_precision_score),
        (metrics.brier_score, reference.brier_score_loss),
        (metrics.log_loss, reference.log_loss),
    ],
)
def test_metrics_agree_with_scikit_learn_weighted_and_not(ours, theirs):
    weights = RANDOM.poisson(1.0, (3, 400)).astype(float)
    assert ours(LABELS, PROBABILITIES)[0] == pytest.approx(theirs(LABELS, PROBABILITIES))
    for drawn, row in zip(ours(LABELS, PROBABILITIES, weights), weights, strict=True):
        assert drawn == pytest.approx(theirs(LABELS, PROBABILITIES, sample_weight=row))


def test_a_weight_of_two_is_the_row_twice():
    weights = RANDOM.poisson(1.0, 400)
    rows = np.repeat(np.arange(400), weights)
    for metric in METRICS:
        if metric.is_biased:  # its bins are those of the unweighted sample
            continue
        once = metric.measure(LABELS, PROBABILITIES, weights[None, :].astype(float))
        twice = metric.measure(LABELS[rows], PROBABILITIES[rows], None)
        assert once[0] == pytest.approx(twice[0]), metric.name


def test_lift_counts_a_straddling_tie_by_the_share_that_fits():
    labels = np.array([1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0] * 2)
    assert metrics.lift_at_top(labels, np.full(20, 0.5), share=0.1)[0] == pytest.approx(1.0)
    assert metrics.lift_at_top(labels, labels, share=0.1)[0] == pytest.approx(5.0)
    assert metrics.lift_at_top(labels, labels, share=0.01)[0] == pytest.approx(5.0)
    assert metrics.lift_at_top(labels, labels, share=0.4)[0] == pytest.approx(2.5)


def test_a_band_is_as_good_as_it_is_pure_and_as_it_is_full():
    weights = RANDOM.poisson(1.0, 400).astype(float)
    told = PROBABILITIES >= 0.6
    for ours, theirs in (
        (metrics.precision_from, reference.precision_score),
        (metrics.recall_from, reference.recall_score),
    ):
        drawn = ours(LABELS, PROBABILITIES, weights[None, :], threshold=0.6)[0]
        assert drawn == pytest.approx(theirs(LABELS, told, sample_weight=weights))


def test_an_empty_band_has_no_precision():
    labels = np.array([0.0, 1.0])
    assert np.isnan(metrics.precision_from(labels, np.full(2, 0.5), threshold=0.7)[0])
    assert metrics.recall_from(labels, np.full(2, 0.5), threshold=0.7)[0] == 0.0


def test_every_reach_and_every_band_is_measured():
    assert {metric.name for metric in METRICS} >= {
        *(f"lift_top_{percent}pct" for percent in (1, 5, 10, 20)),
        *(f"{name}_from_{percent}pct" for name in ("precision", "recall") for percent in (60, 70)),
    }


def test_calibration_error_is_the_gap_between_promise_and_outcome():
    labels = np.array([0.0, 1.0, 0.0, 1.0])
    assert metrics.expected_calibration_error(labels, np.full(4, 0.5))[0] == pytest.approx(0.0)
    assert metrics.expected_calibration_error(labels, np.full(4, 0.8))[0] == pytest.approx(0.3)


@pytest.mark.parametrize("label", [0.0, 1.0])
def test_one_class_gives_no_auc_but_still_a_loss(label):
    labels = np.full(5, label)
    assert np.isnan(metrics.roc_auc(labels, np.linspace(0, 1, 5))[0])
    assert np.isfinite(metrics.log_loss(labels, np.linspace(0, 1, 5))[0])


def test_no_rows_give_no_values():
    nothing = np.array([])
    for metric in METRICS:
        assert np.isnan(metric.measure(nothing, nothing, None)).all(), metric.name


def test_skill_is_the_share_of_the_way_from_the_baseline_to_perfection():
    by_name = {metric.name: metric for metric in METRICS}
    assert by_name["roc_auc"].skill(0.9, 0.8, 0.2) == pytest.approx(0.5)
    assert by_name["brier_score"].skill(0.1, 0.2, 0.2) == pytest.approx(0.5)
    assert by_name["lift_top_10pct"].skill(3.0, 1.0, 0.2) == pytest.approx(0.5)
    assert np.isnan(by_name["brier_score"].skill(0.1, 0.0, 0.2))
