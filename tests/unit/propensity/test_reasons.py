"""Reasons of four customers under a model of two numbers and a text, by contributions set here."""

import numpy as np
import pandas as pd
import pytest

from tessera.features import Encoding
from tessera.propensity.encoded_model import Explained
from tessera.propensity.reasons import put_in_words, strongest_places, tell_reasons

ENCODING = Encoding(
    {"orders_count_30d": None, "crm_country": ("AT", "DE"), "orders_days_since_last": None}
)
CUSTOMERS = pd.DataFrame(
    {
        "orders_count_30d": [2, 0, 1, 5],
        "crm_country": ["DE", "XX", None, "AT"],
        "orders_days_since_last": [3.0, np.nan, -0.001, 0.0],
    }
)
CONTRIBUTIONS = np.array(
    [
        [0.1, -3.0, 0.2],
        [0.1, 3.0, 0.2],
        [0.0, 0.5, -1.0],
        [0.0, 0.0, -1.0],
    ]
)


@pytest.fixture
def told():
    explained = Explained(np.full(4, 0.5), CONTRIBUTIONS, ENCODING.encode(CUSTOMERS))
    return tell_reasons(explained, ENCODING, CUSTOMERS)


def test_the_strongest_either_way_comes_first_and_of_equals_the_first_feature(told):
    assert told["reason_1_feature"].tolist() == ["crm_country"] * 2 + ["orders_days_since_last"] * 2
    assert told["reason_1_contribution"].tolist() == [-3.0, 3.0, -1.0, -1.0]
    assert told["reason_2_feature"].iloc[3] == "orders_count_30d"


def test_ranks_beyond_the_features_have_no_place():
    first, second, third = strongest_places(np.array([[0.5], [-0.5]]))
    assert (first.tolist(), second.tolist(), third.tolist()) == ([0, 0], [-1, -1], [-1, -1])


def test_a_text_has_a_level_that_was_learnt_and_a_number_has_its_value(told):
    levels = told["reason_1_level"].astype(object).where(told["reason_1_level"].notna(), None)
    assert levels.tolist() == ["DE", "(other)", None, None]
    assert told["reason_1_value"].tolist()[2:] == [-0.001, 0.0]
    assert told["reason_1_value"].iloc[:2].isna().all()


def test_words_say_the_parts_and_of_zeros_there_is_one(told):
    assert put_in_words(told)["reason_1_words"].tolist() == [
        "country of the contact record: DE (lowers)",
        "country of the contact record: (other) (raises)",
        "no orders for 0 days (lowers)",
        "no orders for 0 days (lowers)",
    ]


def test_words_do_not_depend_on_who_else_is_told(told):
    alone = [put_in_words(told.iloc[[row]])["reason_1_words"][0] for row in range(4)]
    assert alone == put_in_words(told)["reason_1_words"].tolist()


def test_where_there_is_no_reason_there_are_no_words():
    of_one = Encoding({"orders_count_30d": None})
    explained = Explained(np.full(4, 0.5), CONTRIBUTIONS[:, :1], of_one.encode(CUSTOMERS))
    told = tell_reasons(explained, of_one, CUSTOMERS)
    assert put_in_words(told)["reason_2_words"].tolist() == [None] * 4
