"""Five people stand for one, so that nobody is published."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation import meaning
from tessera.segmentation.meaning.members import blurred


@pytest.fixture
def told(shop, champions, run, assign_segments):
    def tell(customers=shop):
        assigned = assign_segments(customers, champions.iloc[0], run)
        wanted = ["orders_amount_sum_365d", "orders_days_since_last"]
        drivers = pd.DataFrame(
            [(id_, name) for id_ in ("s1", "s2", "s3") for name in wanted],
            columns=["segment_id", "feature_name"],
        )
        return meaning.tell_members(drivers, assigned, customers, champions, run)

    return tell


def test_each_segment_has_a_typical_and_an_atypical_member(told):
    members = told()
    frames.typed(members, meaning.SEGMENT_MEMBER_VALUES_SCHEMA)
    kinds = members.groupby("segment_id")["kind"].apply(set)
    assert len(kinds) == 3
    assert all(kind == {"typical", "atypical"} for kind in kinds)


def test_the_typical_member_lies_in_the_middle(told):
    typical = told().query("kind == 'typical'")
    assert np.allclose(typical["value"], typical["segment_median"], rtol=0.1)


def test_the_atypical_member_is_made_of_those_who_hardly_belong(
    shop, champions, run, assign_segments
):
    assigned = assign_segments(shop, champions.iloc[0], run)
    odd = [f"heavy{number}" for number in range(5)]
    shop.loc[shop["customer_id"].isin(odd), "orders_amount_sum_365d"] = 1500.0
    assigned.loc[assigned["customer_id"].isin(odd), "membership_score"] = 0.0
    drivers = pd.DataFrame({"segment_id": ["s1"], "feature_name": ["orders_amount_sum_365d"]})
    members = meaning.tell_members(drivers, assigned, shop, champions, run).set_index("kind")
    assert members.loc["atypical", "value"] == 1500.0
    assert members.loc["typical", "value"] == pytest.approx(3000, rel=0.1)


@pytest.mark.parametrize("score", [float("nan"), 1.0])
def test_where_no_score_tells_members_apart_nobody_is_atypical(
    shop, champions, run, assign_segments, score
):
    assigned = assign_segments(shop, champions.iloc[0], run).assign(membership_score=score)
    drivers = pd.DataFrame({"segment_id": ["s1"], "feature_name": ["orders_amount_sum_365d"]})
    members = meaning.tell_members(drivers, assigned, shop, champions, run)
    assert set(members["kind"]) == {"typical"}


def test_no_value_is_a_persons(told, shop):
    members = told()
    for row in members.itertuples():
        exact = shop[row.feature_name].to_numpy(dtype=float)
        assert row.value == 0 or not (np.abs(exact - row.value) < 1e-9).any()


def test_of_fewer_than_ten_people_no_member_is_told(told, shop):
    kinds = shop["customer_id"].str.rstrip("0123456789")
    few = shop[(kinds != "gone") | (shop.groupby(kinds).cumcount() < 9)]
    assert told(few)["segment_id"].nunique() == 2


def test_of_three_customers_no_member_is_told(told, shop):
    assert told(shop.iloc[:3]).empty


def test_five_values_become_one_that_none_of_them_has():
    assert blurred(np.array([1234.5, 1300.25, 1111.1, 99999.0, 1.0])) == 1200.0


def test_where_one_of_five_has_no_value_none_is_told():
    assert np.isnan(blurred(np.array([1.0, 2.0, np.nan, 4.0, 5.0])))
