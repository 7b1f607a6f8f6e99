from __future__ import annotations

import pandas as pd
import pytest

from tessera.segmentation.meaning import PlaybookError
from tessera.segmentation.meaning.given_names import name_by_hand, read_given_names

BORNE = {"s1", "s2", "s10"}


def seed(*rows):
    return pd.DataFrame(rows, columns=["segment_id", "segment_name", "owner", "valid_to"])


def test_a_given_name_is_read_with_what_else_is_said():
    given = read_given_names(seed(("s2", " Night owls ", "Ann", "2025-01-01")), BORNE)
    assert given["s2"].segment_name == "Night owls"
    assert (given["s2"].owner, str(given["s2"].valid_to)) == ("Ann", "2025-01-01")
    assert given["s2"].strategy is None


def test_as_delivered_nobody_is_named():
    assert read_given_names(seed(), BORNE) == {}


def test_an_unknown_id_is_refused_with_the_ids_there_are():
    with pytest.raises(PlaybookError, match=r"names s7, .*segment ids are s1, s2, s10"):
        read_given_names(seed(("s7", "Night owls", None, None)), BORNE)


def test_the_name_of_a_segment_that_died_rests():
    given = read_given_names(seed(("s10", "Gone by", None, None)), BORNE)
    assert name_by_hand({"s1": "Champions"}, given) == {"s1": "Champions"}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("s1", None, None, None)], "row 1 has an empty segment_name"),
        ([(" ", "Owls", None, None)], "row 1 has an empty segment_id"),
        ([("s1", "Owls", None, None), ("s1", "Larks", None, None)], "'s1' more than once"),
        ([("s1", "Owls", None, "spring")], "valid_to of .*'s1', is 'spring'; expected a day"),
    ],
)
def test_a_wrong_row_is_refused(rows, message):
    with pytest.raises(PlaybookError, match=message):
        read_given_names(seed(*rows), BORNE)


def test_a_given_name_wins_over_the_playbook():
    given = read_given_names(seed(("s1", "Night owls", None, None)), BORNE)
    assert name_by_hand({"s1": "Champions", "s2": "Dormant"}, given) == {
        "s1": "Night owls",
        "s2": "Dormant",
    }


def test_two_segments_of_one_name_are_refused():
    given = read_given_names(seed(("s2", "champions", None, None)), BORNE)
    with pytest.raises(PlaybookError, match="s1 and s2 would both be called 'champions'"):
        name_by_hand({"s1": "Champions", "s2": "Dormant"}, given)
