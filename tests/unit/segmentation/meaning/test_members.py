"""Five people stand for one, so that nobody is published."""

from __future__ import annotations

import numpy as np
import pytest

from tessera import frames
from tessera.segmentation import assign_segments, meaning
from tessera.segmentation.meaning.members import blurred


@pytest.fixture
def told(shop, champions, run):
    def tell(customers=shop):
        assigned = assign_segments(customers, champions.iloc[0], run)
        drivers = meaning.find_drivers(assigned, customers, champions, run)
        return meaning.tell_members(drivers, assigned, customers, champions, run)

    return tell


def test_each_segment_has_a_typical_and_an_atypical_member(told):
    members = told()
    frames.typed(members, meaning.SEGMENT_MEMBER_VALUES_SCHEMA)
    kinds = members.groupby("segment_id")["kind"].apply(set)
    assert len(kinds) == 3
    assert all(kind == {"typical", "atypical"} for kind in kinds)


def test_the_typical_member_lies_nearer_to_the_median(told):
    members = told()
    away = (members["value"] - members["segment_median"]).abs() / members["segment_median"]
    by_kind = away.replace(np.inf, np.nan).groupby(members["kind"]).mean()
    assert by_kind["typical"] < by_kind["atypical"]


def test_no_value_is_a_persons(told, shop):
    members = told()
    for row in members.itertuples():
        exact = shop[row.feature_name].to_numpy(dtype=float)
        assert row.value == 0 or not (np.abs(exact - row.value) < 1e-9).any()


def test_of_fewer_than_ten_people_no_member_is_told(told, shop):
    kinds = shop["customer_id"].str.rstrip("0123456789")
    few = shop[(kinds != "gone") | (shop.groupby(kinds).cumcount() < 9)]
    assert told(few)["segment_id"].nunique() == 2


def test_there_are_no_members_without_drivers(told, shop):
    assert told(shop.iloc[:3]).empty


def test_five_values_become_one_that_none_of_them_has():
    assert blurred(np.array([1234.5, 1300.25, 1111.1, 99999.0, 1.0])) == 1200.0


def test_where_one_of_five_has_no_value_none_is_told():
    assert np.isnan(blurred(np.array([1.0, 2.0, np.nan, 4.0, 5.0])))
