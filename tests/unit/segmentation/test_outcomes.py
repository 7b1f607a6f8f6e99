from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tessera.segmentation import outcomes
from tessera.segmentation.algorithms import Spec
from tessera.segmentation.model import read_model
from tessera.segmentation.outcomes import (
    Future,
    Origin,
    explained_share,
    explained_shares,
    past_origins,
    refit_at,
)
from tessera.segmentation.scaling import fit_scaling

THREE = Spec("kmeans", 3)


def explained(origins, three, metric="explained_amount_90d"):
    model = read_model(three)
    labels = refit_at(origins, model.features, [THREE], 1)[THREE]
    measured = Future(origins, 1).explained(labels, 3)
    return next(measure for measure in measured if measure.metric == metric)


def spending(outcomes):
    return {"explained_amount_90d": outcomes, "explained_churn_90d": np.full(len(outcomes), np.nan)}


def test_only_closed_snapshots_with_one_before_them_are_origins(past):
    origins = past_origins(past)
    months = [origin.customers["snapshot_at"].iloc[0].month for origin in origins]
    before = [origin.before["snapshot_at"].iloc[0].month for origin in origins]
    assert (months, before) == ([9, 10], [8, 9])


def test_a_young_shop_has_no_origin(past):
    assert past_origins(past.iloc[:0]) == []
    assert past_origins(past.drop(columns="outcome_amount_90d")) == []


def test_kinds_that_spend_differently_explain_all_of_the_spend(past, three):
    measure = explained(past_origins(past), three)
    assert measure.value == pytest.approx(1.0)
    assert (measure.low, measure.high) == pytest.approx((1.0, 1.0))
    assert measure.baseline_name == "rfm_quintiles"
    assert 0.5 < measure.baseline_value <= 1.0


def test_without_an_origin_nothing_is_explained_and_nothing_claimed(three):
    assert np.isnan(explained([], three).value)


def test_the_rival_that_explains_most_is_the_baseline(past, three):
    """What was spent of late says nothing here: quintiles know the kinds, the ranking does not."""
    past["orders_amount_sum_90d"] = np.random.default_rng(3).random(len(past))
    measure = explained(past_origins(past), three)
    assert measure.baseline_name == "rfm_quintiles"
    assert measure.baseline_value > 0.5


def test_a_rival_that_beats_the_segments_is_told_as_negative_skill(past, three):
    """Customers of each kind spend 1 or 1,000 as they did before, which no segment can see."""
    random = np.random.default_rng(3)
    past["orders_amount_sum_90d"] = np.where(random.random(len(past)) < 1 / 3, 1.0, 1000.0)
    is_closed = past["outcome_amount_90d"].notna()
    past["outcome_amount_90d"] = past["orders_amount_sum_90d"].where(is_closed)
    measure = explained(past_origins(past), three)
    assert measure.baseline_name == "spend_ranking"
    assert measure.value < 0.2 < measure.baseline_value
    assert measure.skill < 0


def test_churn_is_asked_of_the_active_alone(past, three):
    """The gone ordered 200 days ago: nobody asks whether they leave. Of the others none does."""
    origins = past_origins(past)
    is_gone = origins[0].customers["customer_id"].str.startswith("gone").to_numpy()
    asked = origins[0].outcomes["explained_churn_90d"]
    assert np.isnan(asked[is_gone]).all()
    assert (asked[~is_gone] == 0).all()


def test_segments_that_tell_who_leaves_explain_churn(past, three):
    past.loc[past["customer_id"].str.startswith("light"), "outcome_amount_90d"] = 0.0
    past.loc[past["snapshot_at"] >= "2023-11-01", "outcome_amount_90d"] = np.nan
    assert explained(past_origins(past), three, "explained_churn_90d").value == pytest.approx(1.0)


def test_who_ordered_and_returned_everything_has_not_left(past):
    orders = np.where(past["outcome_amount_90d"].isna(), np.nan, 1.0)
    past["outcome_amount_90d"] *= 0.0
    asked = past_origins(past.assign(outcome_orders_90d=orders))[0].outcomes["explained_churn_90d"]
    assert np.nanmax(asked) == 0.0
    without = past_origins(past)[0].outcomes["explained_churn_90d"]
    assert np.nanmin(without) == 1.0


def test_without_a_rivals_features_there_is_no_baseline(past, three):
    bare = past.drop(columns="orders_count_365d")
    measure = explained(past_origins(bare), three)
    assert measure.value == pytest.approx(1.0)
    assert measure.baseline_name is None
    assert np.isnan(measure.baseline_value)


def test_an_origin_is_placed_by_what_was_learnt_the_month_before(past, three):
    """The heavy are one of three segments the month before, so they stay one without the others.

    One segment explains nothing of what they spend. Learnt from themselves, there would be three.
    """
    origin = past_origins(past)[0]
    heavy = origin.customers[origin.customers["customer_id"].str.startswith("heavy")]
    spend = np.random.default_rng(5).uniform(0, 5, len(heavy))
    measure = explained([Origin(origin.before, heavy, spending(spend))], three)
    assert measure.value == pytest.approx(0.0)


def test_even_the_scale_is_learnt_the_month_before(past, three, monkeypatch):
    learnt_from = []

    def noting(frame, features):
        learnt_from.append(frame["snapshot_at"].unique().tolist())
        return fit_scaling(frame, features)

    monkeypatch.setattr(outcomes, "fit_scaling", noting)
    explained(past_origins(past), three)
    assert learnt_from == [[pd.Timestamp("2023-08-01")], [pd.Timestamp("2023-09-01")]]


def test_a_person_weighs_alike_at_every_origin(past, three):
    """The same month told three times says no more than once, so the interval stays as wide."""
    random = np.random.default_rng(5)
    origin = past_origins(past)[0]
    spend = random.uniform(0, 5, len(origin.customers))
    noisy = Origin(origin.before, origin.customers, spending(spend))
    once, thrice = (explained([noisy] * times, three) for times in (1, 3))
    assert (thrice.low, thrice.high) == pytest.approx((once.low, once.high))


def test_one_segment_explains_nothing(past):
    origins = past_origins(past)
    alone = [np.zeros(len(origin.customers), dtype=np.int64) for origin in origins]
    amount, _ = Future(origins, 1).explained(alone, 1)
    assert amount.value == pytest.approx(0.0)


def test_groups_that_tell_nothing_explain_nothing():
    assert explained_share(np.array([0.0, 4.0, 0.0, 4.0]), np.array([0, 0, 1, 1])) == 0.0


def test_when_all_spend_the_same_the_share_is_unknown():
    assert np.isnan(explained_share(np.array([2.0, 2.0]), np.array([0, 1])))


def test_a_weight_of_two_counts_like_two_people():
    spend, groups = np.array([0.0, 1.0, 5.0]), np.array([0, 0, 1])
    twice = explained_share(np.array([0.0, 0.0, 1.0, 5.0]), np.array([0, 0, 0, 1]))
    weighted = explained_shares(spend, groups, np.array([[2.0, 1.0, 1.0], [1.0, 1.0, 1.0]]))
    assert weighted[0] == pytest.approx(twice)
    assert weighted[1] == pytest.approx(explained_share(spend, groups))
