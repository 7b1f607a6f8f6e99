from __future__ import annotations

import pytest

from tessera.segmentation.choice.criteria import WEAKNESSES, read_criteria
from tessera.segmentation.features import SegmentationError


def test_the_projects_own_seed_weighs_every_criterion_and_sums_to_one(segment_choice):
    criteria = read_criteria(segment_choice)
    assert {criterion.name for criterion in criteria} == set(WEAKNESSES)
    assert sum(criterion.weight for criterion in criteria) == pytest.approx(1.0)


def test_a_bound_is_a_number_or_there_is_none(segment_choice):
    bounds = {criterion.name: criterion.least for criterion in read_criteria(segment_choice)}
    assert (bounds["readability"], bounds["stability"]) == (0.9, None)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("criterion", "stabilty", "unknown criterion 'stabilty'; did you mean 'stability'"),
        ("criterion", "x", "unknown criterion 'x'; expected one of"),
        ("criterion", "readability", "'readability' stands more than once"),
        ("weight", "much", "weight of 'stability' is 'much'; expected a number of at least 0"),
        ("weight", "-1", "weight of 'stability' is '-1'"),
        ("least", "90 %", "least of 'stability' is '90 %'; expected a number from 0 to 1"),
        ("least", "90", "least of 'stability' is '90'"),
    ],
)
def test_a_wrong_cell_is_refused_with_what_to_mend(segment_choice, column, value, message):
    segment_choice.loc[segment_choice["criterion"] == "stability", column] = value
    with pytest.raises(SegmentationError, match=message):
        read_criteria(segment_choice)


def test_weights_that_are_all_zero_are_refused(segment_choice):
    with pytest.raises(SegmentationError, match="all weights are 0"):
        read_criteria(segment_choice.assign(weight="0"))


def test_a_missing_column_is_named(segment_choice):
    with pytest.raises(SegmentationError, match="lacks the column 'least'"):
        read_criteria(segment_choice.drop(columns="least"))
