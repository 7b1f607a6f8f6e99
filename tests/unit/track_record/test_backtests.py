"""A backtest holds each origin against those whose horizons had ended by then."""

import numpy as np
import pandas as pd
import pytest

from tessera.bootstrap import Scored, estimate_gaps
from tessera.metrics import METRICS
from tessera.propensity import Target
from tessera.propensity.protocol import Origin
from tessera.track_record import backtests
from tessera.track_record.past_scores import PastScores

AUC = next(metric for metric in METRICS if metric.name == "roc_auc")
MONTHS = pd.date_range("2026-01-01", periods=7, freq="MS")
ORIGINS = [Origin(month, ()) for month in MONTHS]


def scored(separation, people=200):
    """Every other person is positive, and scored higher by so much more than the noise."""
    random = np.random.default_rng(3)
    labels = np.arange(people) % 2.0
    chance = 1 / (1 + np.exp(-(separation * labels + random.normal(size=people))))
    ids = np.array([f"c{number}" for number in range(people)])
    return Scored(ids, labels, chance)


def test_a_promise_rests_on_horizons_that_had_ended():
    month = backtests.closed_before(ORIGINS, Target("churn_30d", 30))
    # the horizon of 1 February ends on 3 March, two days after the origin of March
    assert month[2] == [0]
    assert month[3] == [0, 1, 2]
    assert 0 not in month


def test_a_promise_rests_on_four_origins_at_most():
    assert backtests.closed_before(ORIGINS, Target("churn_30d", 30))[6] == [2, 3, 4, 5]


def test_a_long_horizon_is_held_against_the_distant_past():
    quarter = backtests.closed_before(ORIGINS, Target("churn_90d", 90))
    assert quarter == {3: [0], 4: [0], 5: [0, 1, 2], 6: [0, 1, 2, 3]}


def test_the_gap_is_what_happened_minus_what_was_promised():
    samples = [scored(2.0), scored(1.0), scored(0.0)]
    ((promised, realised, gap),) = estimate_gaps(samples, {2: [0, 1]}, AUC, 7).values()
    alone = [AUC.measure(s.labels, s.probabilities, None)[0] for s in samples]
    assert promised.value == pytest.approx((alone[0] + alone[1]) / 2)
    assert realised.value == pytest.approx(alone[2])
    assert gap.value == pytest.approx(realised.value - promised.value)
    assert gap.low < gap.value < gap.high < 0


def test_people_on_both_sides_do_not_widen_the_gap():
    same = scored(1.0)
    ((_, realised, gap),) = estimate_gaps([same, same], {1: [0]}, AUC, 7).values()
    assert (gap.low, gap.value, gap.high) == (0.0, 0.0, 0.0)
    assert realised.low < realised.high


@pytest.fixture
def one_past(monkeypatch):
    champion = {"target": "churn_30d", "algorithm": "logistic_regression", "model_id": "m1"}
    origins = ORIGINS[:4]
    samples = [scored(1.0), scored(1.0), scored(1.0), scored(0.0)]
    past = PastScores(Target("churn_30d", 30), champion, origins, samples)
    monkeypatch.setattr(backtests, "past_scores", lambda *_: iter([past]))
    return pd.DataFrame([champion])


def backtested(champions, run, remembered=None):
    nothing = pd.DataFrame(columns=backtests.PROPENSITY_BACKTESTS_SCHEMA.names)
    earlier = nothing if remembered is None else remembered
    return backtests.backtest_champions(pd.DataFrame(), [], champions, None, earlier, run)


def test_each_origin_with_a_past_has_a_line_per_metric(one_past, run):
    told = backtested(one_past, run)
    assert told.groupby("metric").size().unique().tolist() == [3]
    fell = told[(told["metric"] == "roc_auc") & (told["origin_at"] == MONTHS[3])]
    assert fell["gap"].item() < -0.2
    assert fell["promise_origins"].item() == 3


def test_what_was_measured_of_a_champion_is_not_measured_again(one_past, run, monkeypatch):
    told = backtested(one_past, run)
    monkeypatch.setattr(backtests, "past_scores", lambda *given: iter([]) if given[2].empty else 1)
    pd.testing.assert_frame_equal(backtested(one_past, run, told), told)


def test_without_champions_there_is_nothing_to_tell(run):
    assert backtested(pd.DataFrame(columns=["target", "model_id"]), run).empty
