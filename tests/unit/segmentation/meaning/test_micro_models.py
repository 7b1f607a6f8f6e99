"""Parts are split when a model comes into force, and frozen: only a refit changes them."""

from __future__ import annotations

import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation import fit_candidates, meaning
from tessera.segmentation.meaning.micro_models import read_parts

NONE = frames.empty(meaning.MICRO_SEGMENT_MODELS_SCHEMA)


def with_two_kinds_of_heavy(shop):
    """Half of the heavy buyers use little of the range, the others all of it."""
    halved = shop.copy()
    few = halved["customer_id"].str.match(r"heavy\d*[02468]$")
    halved.loc[few, "categories_distinct_count_180d"] /= 3
    return halved


@pytest.fixture
def halved(a_shop):
    return with_two_kinds_of_heavy(a_shop(each=60))


@pytest.fixture
def champions(halved, playbook, no_models, run):
    models = fit_candidates(halved, playbook, no_models, run)
    return models[models["segments"] == 3].reset_index(drop=True)


def ids(row):
    return [part.micro_segment_id for part in read_parts(row)]


def test_a_segment_of_two_kinds_has_two_parts_and_the_others_one(halved, champions, run):
    fitted = meaning.fit_micro_segments(champions, champions, halved, NONE, run)
    frames.typed(fitted, meaning.MICRO_SEGMENT_MODELS_SCHEMA)
    parts = {row["segment_id"]: ids(row) for row in fitted.to_dict("records")}
    assert parts == {"s1": ["s1.1", "s1.2"], "s2": ["s2.1"], "s3": ["s3.1"]}


def test_who_is_champion_already_is_not_split_again(halved, champions, run, a_run, a_shop):
    fitted = meaning.fit_micro_segments(champions, champions, halved, NONE, run)
    moved = a_shop(each=60, at="2024-05-01", seed=9)
    later = a_run("2024-05-01", "second")
    again = meaning.fit_micro_segments(champions, champions, moved, fitted, later)
    pd.testing.assert_frame_equal(again, fitted, check_dtype=False)


def test_a_refit_keeps_the_ids_of_parts_that_hold_the_same_people(
    halved, champions, playbook, run, a_run
):
    fitted = meaning.fit_micro_segments(champions, champions, halved, NONE, run)
    later = a_run("2024-08-01", "second")
    models = fit_candidates(halved, playbook, champions, later, refit_after_days=0)
    newest = models[(models["segments"] == 3) & (models["run_id"] == "second")]
    refitted = meaning.fit_micro_segments(newest, models, halved, fitted, later)
    assert len(refitted) == 6
    before, after = (refitted[refitted["as_of"] == at] for at in (run.as_of, later.as_of))
    assert [ids(row) for row in after.to_dict("records")] == [
        ids(row) for row in before.to_dict("records")
    ]


def test_a_part_that_is_new_gets_a_number_that_none_bore(
    a_shop, halved, champions, playbook, run, a_run
):
    whole = a_shop(each=60)
    first = meaning.fit_micro_segments(champions, champions, whole, NONE, run)
    assert [ids(row) for row in first.to_dict("records")] == [["s1.1"], ["s2.1"], ["s3.1"]]
    later = a_run("2024-08-01", "second")
    models = fit_candidates(halved, playbook, champions, later, refit_after_days=0)
    newest = models[(models["segments"] == 3) & (models["run_id"] == "second")]
    refitted = meaning.fit_micro_segments(newest, models, halved, first, later)
    heavy = refitted[(refitted["segment_id"] == "s1") & (refitted["as_of"] == later.as_of)]
    assert sorted(ids(heavy.iloc[0])) in (["s1.1", "s1.2"], ["s1.2", "s1.3"])


def test_a_shop_without_customers_has_no_parts(halved, champions, run):
    nobody = halved.iloc[:0]
    assert meaning.fit_micro_segments(champions, champions, nobody, NONE, run).empty
    assert meaning.fit_micro_segments(champions.iloc[:0], champions, halved, NONE, run).empty
