from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation import meaning
from tessera.segmentation.meaning import PlaybookError
from tessera.segmentation.meaning.micro_segments import read_driver_words

from .halved import EVERY_OTHER, NO_PARTS, alike, halve

WORDS = pd.DataFrame(
    [("variety", "wider range", "narrower range"), ("recency", "bought lately", "silent longer")],
    columns=["driver", "higher", "lower"],
)


@pytest.fixture
def halved(a_shop):
    return halve(alike(a_shop(each=200)))


@pytest.fixture
def split(halved, champions, segments, run):
    return meaning.fit_micro_segments(
        champions, segments, champions, meaning.Sample(halved, len(halved)), NO_PARTS, run
    )


@pytest.fixture
def told(champions, segments, split, playbook, no_names, run):
    borne = {segment.segment_id for segment in segments}
    meanings = meaning.tell_meanings(champions, segments, borne, playbook, no_names, run)

    def tell(words=WORDS):
        return meaning.tell_micro_segments(champions, segments, split, meanings, words, run)

    return tell


def test_parts_bear_the_segments_name_and_what_sets_them_apart(told):
    parts = told()
    frames.typed(parts, meaning.MICRO_SEGMENTS_SCHEMA)
    names = set(parts.loc[parts["segment_id"] == "s1", "micro_segment_name"])
    assert names == {"Champions, wider range", "Champions, narrower range"}


def test_a_segment_of_one_part_gives_it_its_name(told):
    parts = told()
    whole = parts[parts["segment_id"] == "s2"].iloc[0]
    assert whole["micro_segment_name"] == "Light shoppers"
    assert whole["description"].startswith("All of ")


def test_everybody_is_in_one_part_of_her_segment(
    halved, champions, segments, split, run, assign_segments
):
    assigned = assign_segments(halved, champions.iloc[0], run)
    placed = meaning.assign_micro_segments(assigned, [halved], champions, segments, split, run)
    frames.typed(placed, meaning.MICRO_ASSIGNMENTS_SCHEMA)
    assert placed["customer_id"].is_unique
    assert len(placed) == len(assigned)
    assert (placed["micro_segment_id"].str.split(".").str[0] == placed["segment_id"]).all()
    heavy = placed[placed["customer_id"].str.match(EVERY_OTHER)]
    assert len(set(heavy["micro_segment_id"])) == 1


def test_of_a_wide_table_only_what_the_champion_reads_is_read(halved, champions):
    with duckdb.connect() as session:
        wide = session.from_df(halved.assign(another=1))
        (chunk,) = meaning.read_customer_chunks(wide, champions)
        assert not list(meaning.read_customer_chunks(wide, champions.iloc[:0]))
    assert len(chunk) == len(halved)
    assert not {"another", "orders_count_365d"} & set(chunk.columns)


def test_chunks_and_their_order_do_not_matter(
    halved, champions, segments, split, run, assign_segments
):
    assigned = assign_segments(halved, champions.iloc[0], run)
    whole, parts = (
        meaning.assign_micro_segments(assigned, chunks, champions, segments, split, run)
        for chunks in ([halved], [halved.iloc[250:], halved.iloc[:250]])
    )
    pd.testing.assert_frame_equal(whole, parts)


def test_who_is_held_in_a_segment_is_in_a_part_of_that_one(
    halved, champions, segments, split, run, assign_segments
):
    held = assign_segments(halved, champions.iloc[0], run).assign(segment_id="s1")
    placed = meaning.assign_micro_segments(held, [halved], champions, segments, split, run)
    assert set(placed["micro_segment_id"]) == {"s1.1", "s1.2"}


def test_a_driver_without_words_is_told_by_its_feature(told):
    names = told(WORDS.iloc[1:])["micro_segment_name"]
    assert names.str.contains("higher different product categories").any()


@pytest.mark.parametrize(
    "row", [("variety", "more", "less"), ("basket", " ", "less"), (None, "more", "less")]
)
def test_words_that_are_missing_or_stand_twice_are_refused(row):
    with pytest.raises(PlaybookError, match="driver_words row 3"):
        read_driver_words(pd.concat([WORDS, pd.DataFrame([row], columns=WORDS.columns)]))


def test_a_shop_without_segments_has_no_parts(champions, split, run):
    none = champions.iloc[:0]
    empty = frames.empty(meaning.SEGMENT_MEANINGS_SCHEMA)
    assert meaning.tell_micro_segments(none, [], split, empty, WORDS, run).empty
    assigned = pd.DataFrame(columns=["customer_id", "segment_id"])
    assert meaning.assign_micro_segments(assigned, [], none, [], split, run).empty
