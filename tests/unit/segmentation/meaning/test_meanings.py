from __future__ import annotations

import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation import meaning
from tessera.segmentation.meaning import PlaybookError


@pytest.fixture
def told(champions, playbook, no_names, run):
    def tell(**changed):
        given = {"champions": champions, "playbook": playbook, "names": no_names} | changed
        return meaning.tell_meanings(
            given["champions"], champions, given["playbook"], given["names"], run
        ).set_index("segment_id")

    return tell


def test_each_segment_has_words_and_a_broad_group(told):
    meanings = told()
    frames.typed(meanings.reset_index(), meaning.SEGMENT_MEANINGS_SCHEMA)
    groups = dict(zip(meanings["segment_name"], meanings["macro_segment_id"], strict=True))
    assert groups["Champions"] == "core"
    assert groups["Dormant"] == "fading"
    assert meanings["strategy"].notna().all()


def test_an_edited_name_shows_at_once(told, playbook):
    playbook["segment_name"] = playbook["segment_name"].replace("Champions", "Best customers")
    assert "Best customers" in set(told(playbook=playbook)["segment_name"])


def test_what_is_given_by_hand_wins_and_the_rest_stays(told):
    id_ = told().index[0]
    names = pd.DataFrame([{"segment_id": id_, "segment_name": "Night owls", "owner": "Ann"}])
    before, after = told().loc[id_], told(names=names).loc[id_]
    assert (after["segment_name"], after["owner"]) == ("Night owls", "Ann")
    assert after["strategy"] == before["strategy"]
    assert after["archetype"] == before["archetype"]


def test_a_segment_whose_archetype_was_deleted_keeps_its_name_and_gets_the_nearest_words(
    told, playbook
):
    before = told()
    id_ = before.index[before["segment_name"] == "Dormant"][0]
    after = told(playbook=playbook[playbook["archetype"] != "dormant"]).loc[id_]
    assert after["segment_name"] == "Dormant"
    assert after["archetype"] is None or pd.isna(after["archetype"])
    assert after["macro_segment_id"] == "fading"


def test_without_a_playbook_there_is_one_group(told, playbook):
    meanings = told(playbook=playbook.iloc[:0])
    assert set(meanings["macro_segment_id"]) == {"all"}
    assert meanings["strategy"].isna().all()


def test_an_unknown_id_stops_the_build(told):
    names = pd.DataFrame([{"segment_id": "s99", "segment_name": "Owls"}])
    with pytest.raises(PlaybookError, match="names s99"):
        told(names=names)


def test_a_shop_without_segments_has_none_to_tell(told, champions):
    assert told(champions=champions.iloc[:0]).empty
