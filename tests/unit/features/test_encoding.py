"""Texts become a column per frequent level, learnt on the rows of a fit and applied as learnt."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tessera.features import Encoding, FeatureError, fit_encoding, readable_features
from tessera.features.encoding import column_name, frequent_levels

PEOPLE = pd.Series(["ann", "bob", "cy", "dee"])
SHOP = pd.DataFrame(
    {
        "orders_count_30d": [1, 2, 3, 4],
        "crm_country": ["DE", "AT", "DE", None],
        "orders_count_7d": [0, 0, 0, 0],
        "is_new": [True, False, True, True],
    }
)


def encoding_of(frame: pd.DataFrame, people: pd.Series = PEOPLE) -> Encoding:
    return fit_encoding(readable_features(frame, list(frame.columns)), people)


def test_a_text_becomes_a_column_per_level_in_alphabetical_order_and_one_for_no_value():
    encoded = encoding_of(SHOP).encode(SHOP)
    columns = ["crm_country=AT", "crm_country=DE", "crm_country.is_null"]
    assert encoded[columns].to_numpy().tolist() == [
        [0, 1, 0],
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
    ]


def test_what_is_the_same_for_everybody_is_not_read():
    assert list(encoding_of(SHOP).levels) == ["orders_count_30d", "crm_country", "is_new"]
    one_country = SHOP.assign(crm_country="DE")
    assert "crm_country" not in encoding_of(one_country).levels
    nothing = SHOP.assign(crm_country=None)
    assert "crm_country" not in encoding_of(nothing).levels


def test_where_nothing_differs_numbers_are_read_all_the_same():
    alike = SHOP.assign(orders_count_30d=1, crm_country="DE", is_new=True)
    assert encoding_of(alike).columns == ["orders_count_30d", "orders_count_7d", "is_new"]


def test_a_level_that_was_not_learnt_leaves_all_columns_at_zero():
    encoding = encoding_of(SHOP)
    stranger = SHOP.head(1).assign(crm_country="FR")
    assert encoding.encode(stranger).filter(like="crm_country").to_numpy().tolist() == [[0, 0, 0]]


def test_a_level_needs_one_customer_in_a_hundred_however_many_rows_she_has():
    people = pd.Series([f"c{number}" for number in range(200)] + ["c0"] * 50)
    rare = pd.Series(["A", "B"] * 2 + ["C"] * 196 + ["A"] * 50)
    assert frequent_levels(rare, people) == ("A", "B", "C")
    alone = pd.Series(["A"] + ["C"] * 199 + ["A"] * 50)
    assert frequent_levels(alone, people) == ("C",)


def test_at_most_twenty_levels_are_learnt_the_most_frequent():
    customers = 30 * 2 + 1
    levels = [f"L{number:02d}" for number in range(30) for _ in range(2)] + ["L29"]
    learnt = frequent_levels(pd.Series(levels), pd.Series(range(customers)))
    assert learnt == (*(f"L{number:02d}" for number in range(19)), "L29")


def test_no_value_is_a_level_only_when_it_is_frequent():
    people = pd.Series(range(200))
    assert frequent_levels(pd.Series(["A"] * 198 + [None] * 2), people) == ("A", None)
    assert frequent_levels(pd.Series(["A"] * 199 + [None]), people) == ("A",)


def test_the_text_of_an_encoding_gives_it_back():
    encoding = encoding_of(SHOP)
    assert Encoding.from_text(encoding.to_text()) == encoding


def test_contributions_of_the_columns_of_a_text_add_up():
    encoding = encoding_of(SHOP)
    assert encoding.by_feature(np.array([[1.0, 0.5, -0.25, 0.125, 2.0]])).tolist() == [
        [1.0, 0.375, 2.0]
    ]


@pytest.mark.parametrize("level", ['a "quoted", one', "two words", "[x]: {y}", "Linz/Österreich"])
def test_no_level_makes_a_column_that_lightgbm_cannot_name(level):
    assert not set(column_name("crm_attr_shop", level)) & set("\"',:[]{} ")


def test_a_missing_value_of_any_kind_of_text_column_is_no_level():
    for kind in ("object", "string", "str", "category"):
        frame = SHOP.assign(crm_country=SHOP["crm_country"].astype(kind))
        encoded = encoding_of(frame).encode(frame)
        assert encoded["crm_country.is_null"].tolist() == [0, 0, 0, 1]
        assert encoded["crm_country=DE"].tolist() == [1, 0, 1, 0]


def test_a_text_that_nobody_has_any_more_is_read_as_no_value():
    encoded = encoding_of(SHOP).encode(SHOP.assign(crm_country=None))
    assert encoded["crm_country.is_null"].tolist() == [1, 1, 1, 1]


def test_a_feature_that_changed_its_kind_is_refused_by_name():
    encoding = encoding_of(SHOP)
    with pytest.raises(FeatureError, match="'crm_country' is no text here"):
        encoding.encode(SHOP.assign(crm_country=[1, 2, 3, 4]))
    with pytest.raises(FeatureError, match="'orders_count_30d' is not a number"):
        encoding.encode(SHOP.assign(orders_count_30d="many"))


@pytest.mark.parametrize(
    "values",
    [
        pd.to_datetime(["2026-01-01", None, None, None]),
        pd.Series([pd.Timestamp("2026-01-01").date(), None, None, None], dtype=object),
        pd.Series(["a", 1, None, None], dtype=object),
    ],
)
def test_dates_and_mixtures_are_refused_by_name(values):
    with pytest.raises(FeatureError, match=r"'crm_since' is not a number.*make days of a date"):
        readable_features(SHOP.assign(crm_since=values), ["crm_since"])
