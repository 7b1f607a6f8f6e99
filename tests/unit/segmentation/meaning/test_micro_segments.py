from __future__ import annotations

import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation import assign_segments, meaning
from tessera.segmentation.meaning import PlaybookError
from tessera.segmentation.meaning.micro_segments import read_driver_words

from .test_micro_models import NONE, champions, halved  # noqa: F401 - fixtures

WORDS = pd.DataFrame(
    [("variety", "wider range", "narrower range"), ("recency", "bought lately", "silent longer")],
    columns=["driver", "higher", "lower"],
)


@pytest.fixture
def split(halved, champions, run):  # noqa: F811
    return meaning.fit_micro_segments(champions, champions, halved, NONE, run)


@pytest.fixture
def told(champions, split, playbook, no_names, run):  # noqa: F811
    meanings = meaning.tell_meanings(champions, champions, playbook, no_names, run)
    return meaning.tell_micro_segments(champions, split, meanings, WORDS, run)


def test_parts_bear_the_segments_name_and_what_sets_them_apart(told):
    frames.typed(told, meaning.MICRO_SEGMENTS_SCHEMA)
    names = set(told.loc[told["segment_id"] == "s1", "micro_segment_name"])
    assert names == {"Champions, wider range", "Champions, narrower range"}


def test_a_segment_of_one_part_gives_it_its_name(told):
    whole = told[told["segment_id"] == "s2"].iloc[0]
    assert "," not in whole["micro_segment_name"]
    assert whole["description"].startswith("All of ")


def test_everybody_is_in_one_part_of_her_segment(halved, champions, split, run):  # noqa: F811
    assigned = assign_segments(halved, champions.iloc[0], run)
    placed = meaning.assign_micro_segments(assigned, halved, champions, split, run)
    frames.typed(placed, meaning.MICRO_ASSIGNMENTS_SCHEMA)
    assert placed["customer_id"].is_unique
    assert len(placed) == len(assigned)
    assert (placed["micro_segment_id"].str.split(".").str[0] == placed["segment_id"]).all()
    heavy = placed[placed["customer_id"].str.match(r"heavy\d*[02468]$")]
    assert heavy["micro_segment_id"].nunique() == 1


def test_who_is_held_in_a_segment_is_in_a_part_of_that_one(halved, champions, split, run):  # noqa: F811
    held = assign_segments(halved, champions.iloc[0], run).assign(segment_id="s1")
    placed = meaning.assign_micro_segments(held, halved, champions, split, run)
    assert set(placed["micro_segment_id"]) == {"s1.1", "s1.2"}


def test_a_driver_without_words_is_told_by_its_feature(champions, split, playbook, no_names, run):  # noqa: F811
    meanings = meaning.tell_meanings(champions, champions, playbook, no_names, run)
    told = meaning.tell_micro_segments(champions, split, meanings, WORDS.iloc[1:], run)
    assert told["micro_segment_name"].str.contains("higher different product categories").any()


@pytest.mark.parametrize(
    "row", [("variety", "more", "less"), ("basket", " ", "less"), (None, "more", "less")]
)
def test_words_that_are_missing_or_stand_twice_are_refused(row):
    with pytest.raises(PlaybookError, match="driver_words row 3"):
        read_driver_words(pd.concat([WORDS, pd.DataFrame([row], columns=WORDS.columns)]))


def test_a_shop_without_segments_has_no_parts(champions, split, run):  # noqa: F811
    none = champions.iloc[:0]
    empty = frames.empty(meaning.SEGMENT_MEANINGS_SCHEMA)
    assert meaning.tell_micro_segments(none, split, empty, WORDS, run).empty
    assigned = pd.DataFrame(columns=["customer_id", "segment_id"])
    assert meaning.assign_micro_segments(assigned, assigned, none, split, run).empty
