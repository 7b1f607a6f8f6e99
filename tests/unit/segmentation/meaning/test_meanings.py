from __future__ import annotations

import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation import meaning
from tessera.segmentation.meaning import PlaybookError

BORNE = {"s1", "s2", "s3", "s4"}


@pytest.fixture
def told(champions, segments, playbook, no_names, run):
    def tell(**changed):
        given = {"champions": champions, "playbook": playbook, "names": no_names} | changed
        return meaning.tell_meanings(
            given["champions"], segments, BORNE, given["playbook"], given["names"], run
        ).set_index("segment_id")

    return tell


def test_each_segment_has_words_and_a_broad_group(told):
    meanings = told()
    frames.typed(meanings.reset_index(), meaning.SEGMENT_MEANINGS_SCHEMA)
    assert meanings["segment_name"].tolist() == ["Champions", "Light shoppers", "Dormant"]
    assert meanings["macro_segment_id"].tolist() == ["core", "developing", "fading"]
    assert meanings["strategy"].notna().all()


def test_an_edited_name_shows_at_once(told, playbook):
    playbook["segment_name"] = playbook["segment_name"].replace("Champions", "Best customers")
    assert told(playbook=playbook)["segment_name"].iloc[0] == "Best customers"


def test_what_is_given_by_hand_wins_and_the_rest_stays(told):
    names = pd.DataFrame([{"segment_id": "s1", "segment_name": "Night owls", "owner": "Ann"}])
    before, after = told().loc["s1"], told(names=names).loc["s1"]
    assert (after["segment_name"], after["owner"]) == ("Night owls", "Ann")
    assert after["strategy"] == before["strategy"]
    assert after["archetype"] == before["archetype"]


def test_a_segment_whose_archetype_was_deleted_keeps_its_name_and_gets_the_nearest_words(
    told, playbook
):
    after = told(playbook=playbook[playbook["archetype"] != "champions"]).loc["s1"]
    assert after["segment_name"] == "Champions"
    assert pd.isna(after["archetype"])
    assert after["macro_segment_id"] == "core"


def test_without_a_playbook_there_is_one_group(told, playbook):
    meanings = told(playbook=playbook.iloc[:0])
    assert set(meanings["macro_segment_id"]) == {"all"}
    assert meanings["strategy"].isna().all()


def test_an_unknown_id_stops_the_build(told):
    names = pd.DataFrame([{"segment_id": "s99", "segment_name": "Owls"}])
    with pytest.raises(PlaybookError, match=r"names s99, .*segment ids are s1, s2, s3, s4"):
        told(names=names)


def test_two_segments_of_one_name_stop_the_build(told):
    names = pd.DataFrame([{"segment_id": "s1", "segment_name": "dormant"}])
    with pytest.raises(PlaybookError, match="s1 and s3 would both be called 'Dormant'"):
        told(names=names)


def test_a_shop_without_segments_has_none_to_tell(told, champions):
    assert told(champions=champions.iloc[:0]).empty


def test_before_a_reign_has_begun_there_is_nothing_to_tell(champions, playbook, no_names, run):
    assert meaning.tell_meanings(champions, [], BORNE, playbook, no_names, run).empty
