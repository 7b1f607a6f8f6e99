from __future__ import annotations

import json

import duckdb
import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation import fit_candidates
from tessera.segmentation.over_time.crowning import extend_reigns
from tessera.segmentation.over_time.lineage import extend_successions
from tessera.segmentation.over_time.reigns import reign_at, reigns_of_shop
from tessera.segmentation.over_time.schemas import (
    SEGMENT_REIGNS_SCHEMA,
    SEGMENT_SUCCESSIONS_SCHEMA,
)
from tessera.segmentation.over_time.spine import Spine

NO_REIGNS = frames.empty(SEGMENT_REIGNS_SCHEMA)
NO_EVENTS = frames.empty(SEGMENT_SUCCESSIONS_SCHEMA)


@pytest.fixture
def crown(playbook):
    """Crown k-means of so many segments among the models."""

    def crowned(models, segments, shop, run, remembered=NO_REIGNS, book=playbook):
        is_chosen = (models["algorithm"] == "kmeans") & (models["segments"] == segments)
        champion = models[is_chosen & (models["as_of"] == models.loc[is_chosen, "as_of"].max())]
        with duckdb.connect() as connection:
            spine = Spine.of_models(connection.from_df(shop), champion, run.as_of)
            return extend_reigns(champion, models, remembered, shop, book, spine, run)

    return crowned


@pytest.fixture
def fitted(segment_features, no_models):
    def fit(shop, run, remembered=no_models):
        return fit_candidates(shop, segment_features, remembered, run, refit_after_days=0)

    return fit


def told(rows, run_id):
    """Return names by id of the segments that a run stands by."""
    ours = rows[rows["told_in_run_id"] == run_id]
    return dict(zip(ours["segment_id"], ours["segment_name"], strict=True))


def test_a_first_reign_numbers_from_one_and_fits_the_schema(shop, fitted, crown, run):
    rows = crown(fitted(shop, run), 3, shop, run)
    frames.typed(rows, SEGMENT_REIGNS_SCHEMA)
    assert rows["segment_id"].tolist() == ["s1", "s2", "s3"]
    assert rows["previous_model_id"].isna().all()


def test_a_second_build_begins_no_reign(shop, fitted, crown, run, a_run):
    models = fitted(shop, run)
    first = crown(models, 3, shop, run)
    again = crown(models, 3, shop, a_run("2024-04-02", "second"), first)
    assert len(again) == 3
    assert set(again["told_in_run_id"]) == {"second"}


def test_a_model_of_an_older_version_beside_the_champion_does_not_matter(
    shop, fitted, crown, run, a_run
):
    models = fitted(shop, run)
    people = json.loads(models["model_text"].iloc[0])["population"]
    older = models.iloc[[-1]].assign(
        model_id="older",
        algorithm="older",
        model_text=json.dumps({"population": people}),
    )
    both = pd.concat([models, older], ignore_index=True)
    first = crown(both, 3, shop, run)
    again = crown(both, 3, shop, a_run("2024-04-02", "second"), first)
    assert told(again, "second") == told(first, run.run_id)


def test_a_refit_into_more_segments_keeps_ids_and_names_by_the_customers_shared(
    shop, fitted, crown, run, a_run
):
    models = fitted(shop, run)
    first = crown(models, 3, shop, run)
    later = a_run("2024-07-01", "refit")
    both = crown(models, 4, shop, later, first)
    newer = both[both["reigns_from"] == later.as_of]
    before = told(first, "first")
    kept = {i: n for i, n in told(newer, "refit").items() if i in before}
    assert len(kept) >= 2
    assert all(before[segment_id] == name for segment_id, name in kept.items())
    assert set(newer["segment_id"]) - set(before) <= {"s4", "s5"}
    assert set(newer["previous_model_id"]) == set(first["model_id"])


def test_what_befell_the_segments_is_written_down_once(shop, fitted, crown, run, a_run):
    models = fitted(shop, run)
    first = crown(models, 3, shop, run)
    reigns = reigns_of_shop(first, models, shop, run)
    events = extend_successions(reigns, NO_EVENTS, shop, run)
    frames.typed(events, SEGMENT_SUCCESSIONS_SCHEMA)
    assert events["event"].tolist() == ["born"] * 3
    assert events["customers"].tolist() == [20, 20, 20]
    later = a_run("2024-07-01", "refit")
    both = reigns_of_shop(crown(models, 4, shop, later, first), models, shop, later)
    more = extend_successions(both, events, shop, later)
    assert len(more) > 3
    assert extend_successions(both, more, shop, later).equals(more)


def test_an_edited_playbook_renames_and_keeps_ids_and_damping(
    shop, fitted, crown, run, a_run, playbook
):
    models = fitted(shop, run)
    first = crown(models, 3, shop, run)
    edited = playbook.assign(segment_name=playbook["segment_name"] + "!")
    renamed = crown(models, 3, shop, a_run("2024-04-02", "second"), first, edited)
    newest = renamed[renamed["reigns_from"] == pd.Timestamp("2024-04-02")]
    assert newest["segment_id"].tolist() == ["s1", "s2", "s3"]
    assert newest["segment_name"].str.endswith("!").all()
    assert newest["damping"].tolist() == first["damping"].tolist()


def test_another_shop_is_no_ancestor(shop, fitted, crown, run, a_run):
    models = fitted(shop, run)
    first = crown(models, 3, shop, run)
    strangers = shop.assign(customer_id="x" + shop["customer_id"])
    later = a_run("2024-07-01", "other")
    rows = crown(fitted(strangers, later, models), 3, strangers, later, first)
    theirs = rows[rows["told_in_run_id"] == "other"]
    assert theirs["segment_id"].tolist() == ["s1", "s2", "s3"]
    assert theirs["previous_model_id"].isna().all()
    assert set(told(rows, "first")) == {"s1", "s2", "s3"}


def test_an_earlier_day_gives_no_id_that_a_later_one_has_given(shop, fitted, crown, run, a_run):
    first = crown(fitted(shop, run), 3, shop, run)
    earlier = a_run("2024-02-01", "replay")
    then = shop.assign(snapshot_at=earlier.as_of)
    both_fits = fitted(then, earlier, fitted(shop, run))
    of_then = both_fits[both_fits["as_of"] == earlier.as_of]
    rows = crown(of_then, 3, then, earlier, first)
    assert rows[rows["told_in_run_id"] == "replay"]["segment_id"].is_unique


def test_a_shop_without_customers_has_no_reign(shop, fitted, run, playbook, no_models):
    with duckdb.connect() as connection:
        spine = Spine.of_models(connection.from_df(shop), no_models, run.as_of)
        rows = extend_reigns(no_models, no_models, NO_REIGNS, shop.iloc[:0], playbook, spine, run)
    assert rows.empty
    assert reign_at(reigns_of_shop(rows, no_models, shop, run), run.as_of) is None
