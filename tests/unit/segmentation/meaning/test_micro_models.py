"""Parts are split when a model comes into force, and frozen: only a refit changes them."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation import meaning
from tessera.segmentation.meaning.micro_models import read_parts

from .conftest import refitted
from .halved import NO_PARTS, alike, halve


@pytest.fixture
def whole(a_shop):
    return alike(a_shop(each=200))


def ids(registry, model_id):
    rows = registry[registry["model_id"] == model_id].to_dict("records")
    return {row["segment_id"]: [p.micro_segment_id for p in read_parts(row)] for row in rows}


@pytest.fixture
def split(champions, segments, run, a_run):
    """Splits a shop by the champion, or later by another model."""

    def by(shop, remembered=NO_PARTS, model_id=None):
        if model_id is None:
            models, newest, of_run = champions, champions, run
        else:
            newest = pd.DataFrame([refitted(champions.iloc[0], model_id)])
            others = [refitted(champions.iloc[0], name) for name in ("later", "latest")]
            models = pd.concat([champions, pd.DataFrame(others)])
            of_run = a_run("2024-08-01" if model_id == "later" else "2024-12-01", model_id)
        return meaning.fit_micro_segments(
            newest, segments, models, meaning.Sample(shop, len(shop)), remembered, of_run
        )

    return by


def test_a_segment_of_two_kinds_has_two_parts_and_the_others_one(split, whole, champions):
    fitted = split(halve(whole))
    frames.typed(fitted, meaning.MICRO_SEGMENT_MODELS_SCHEMA)
    first = champions["model_id"].iloc[0]
    assert ids(fitted, first) == {"s1": ["s1.1", "s1.2"], "s2": ["s2.1"], "s3": ["s3.1"]}
    assert fitted["agreement"].notna().tolist() == [True, False, False]


def test_who_is_champion_already_is_not_split_again(split, whole):
    fitted = split(halve(whole))
    pd.testing.assert_frame_equal(split(whole, fitted), fitted, check_dtype=False)


def test_a_refit_keeps_the_ids_of_parts_that_hold_the_same_people(split, whole, champions):
    shop = halve(whole)
    later = split(shop, split(shop), "later")
    assert ids(later, "later") == ids(later, champions["model_id"].iloc[0])


def test_a_replay_carries_no_part_on_from_its_future(split, whole):
    shop = halve(whole)
    earlier = split(shop, split(shop, model_id="latest"), "later")
    assert not set(ids(earlier, "later")["s1"]) & set(ids(earlier, "latest")["s1"])


def test_a_part_that_is_new_gets_a_number_that_none_bore(split, whole):
    later = split(halve(whole), split(whole), "later")
    assert sorted(ids(later, "later")["s1"]) == ["s1.1", "s1.2"]
    again = split(whole, later, "latest")
    assert ids(again, "latest")["s1"][0] in {"s1.1", "s1.2"}


def test_parts_of_a_segment_born_later_begin_at_one(split, whole, segments):
    segments_before = list(segments)
    segments[0] = meaning.Named(0, "s9", "Night owls", "")
    try:
        assert set(ids(split(whole, NO_PARTS, "later"), "later")) == {"s9", "s2", "s3"}
    finally:
        segments[:] = segments_before


def test_a_sample_knows_of_how_many_it_is(whole):
    with duckdb.connect() as session:
        sample = meaning.Sample.of(session.from_df(whole))
    assert (len(sample.customers), sample.of_customers) == (600, 600)


def test_a_shop_without_customers_has_no_parts(split, whole, champions, segments, run):
    assert split(whole.iloc[:0]).empty
    none = champions.iloc[:0]
    assert meaning.fit_micro_segments(
        none, [], champions, meaning.Sample(whole, 600), NO_PARTS, run
    ).empty
