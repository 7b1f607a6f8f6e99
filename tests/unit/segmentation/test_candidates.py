from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation import (
    SEGMENT_MODELS_SCHEMA,
    assign_segments,
    candidates,
)
from tessera.segmentation.model import read_model


@pytest.fixture
def first(fitted):
    return fitted


@pytest.fixture
def fits(monkeypatch):
    """Counts what is fitted from here on."""
    counted = []
    fit = candidates.fit_specs

    def counting(points, specs, seed):
        counted.extend(specs)
        return fit(points, specs, seed)

    monkeypatch.setattr(candidates, "fit_specs", counting)
    return counted


def current(models, run):
    return models[models["candidate_in_run_id"] == run.run_id]


def test_three_planted_kinds_are_found(shop, three, run):
    assigned = assign_segments(shop, three, run)
    kinds = assigned["customer_id"].str.rstrip("0123456789")
    assert assigned.groupby(kinds)["segment_id"].nunique().tolist() == [1, 1, 1]
    assert assigned["segment_id"].nunique() == 3


def test_every_algorithm_is_asked_for_three_to_twelve_segments(first, run):
    specs = [read_model(row).spec for _, row in current(first, run).iterrows()]
    for algorithm in ("kmeans", "mixture", "ward"):
        assert [s.size for s in sorted(specs) if s.algorithm == algorithm] == [*range(3, 13)]
    frames.typed(first, SEGMENT_MODELS_SCHEMA)


def test_two_fits_are_identical(first, shop, playbook, no_models, run, fit):
    shuffled = shop.sample(frac=1, random_state=1)
    again = fit(shuffled, playbook, no_models, run)
    pd.testing.assert_frame_equal(first, again)


def test_names_are_unique_within_a_model(first):
    for text in first["model_text"]:
        names = json.loads(text)["segment_names"]
        assert len(set(names)) == len(names)


def test_an_id_means_one_thing_in_all_candidates(first):
    centroids: dict[str, list] = {}
    for _, row in first.iterrows():
        model = read_model(row)
        for segment_id, centroid in zip(model.segment_ids, model.centroids, strict=True):
            centroids.setdefault(segment_id, []).append(centroid)
    heavy, gone = centroids["s1"], centroids["s3"]
    assert all(np.linalg.norm(h - heavy[0]) < np.linalg.norm(h - gone[0]) for h in heavy)


def test_a_second_call_fits_nothing(first, shop, playbook, a_run, fits, fit):
    second = a_run(run_id="second")
    again = fit(shop, playbook, first, second)
    assert not fits
    assert len(again) == len(first)
    assert set(again["candidate_in_run_id"]) == {"second"}
    assert set(again["run_id"]) == {"first"}


def test_centroids_stay_frozen_while_customers_change(first, a_shop, playbook, a_run, fits, fit):
    moved = a_shop(at="2024-05-01", seed=9)
    later = fit(moved, playbook, first, a_run("2024-05-01", "later"))
    assert not fits
    assert later["model_text"].tolist() == first["model_text"].tolist()


def test_centroids_are_fitted_anew_after_the_window_and_keep_their_ids(
    first, a_shop, playbook, a_run, fit
):
    run = a_run("2024-07-01", "later")
    moved = a_shop(at="2024-07-01", seed=9)
    later = fit(moved, playbook, first, run)
    assert len(later) == 2 * len(first)
    newest = current(later, run)
    old, new = (
        rows[(rows["segments"] == 3) & (rows["algorithm"] == "kmeans")].iloc[0]
        for rows in (first, newest)
    )
    assert read_model(new).aligned_to == old["model_id"]
    assert read_model(new).segment_ids == read_model(old).segment_ids
    assert read_model(new).segment_names == read_model(old).segment_names
    assert not np.array_equal(read_model(new).centroids, read_model(old).centroids)


def test_ids_outlive_a_rise_of_all_prices(first, a_shop, playbook, a_run, fit):
    run = a_run("2024-07-01", "later")
    dearer = a_shop(at="2024-07-01")
    for name in ("orders_amount_sum_365d", "orders_amount_avg_365d"):
        dearer[name] *= 4
    newest = current(fit(dearer, playbook, first, run), run)
    ids = [json.loads(text)["segment_ids"] for text in newest["model_text"]]
    assert ids == [json.loads(text)["segment_ids"] for text in first["model_text"]]


def test_a_refit_on_the_same_day_is_the_remembered_model(first, shop, playbook, a_run, fit):
    again = fit(shop, playbook, first, a_run(run_id="second"), refit_after_days=0)
    assert again["model_id"].tolist() == first["model_id"].tolist()


def test_an_edited_playbook_renames_without_a_fit(first, shop, playbook, a_run, fits, fit):
    playbook["segment_name"] = playbook["segment_name"] + "!"
    run = a_run(run_id="renamed")
    renamed = current(fit(shop, playbook, first, run), run)
    assert not fits
    for old, new in zip(first["model_text"], renamed["model_text"], strict=True):
        before, after = json.loads(old), json.loads(new)
        assert after["prototypes"] == before["prototypes"]
        assert after["segment_ids"] == before["segment_ids"]
        assert all("!" in name for name in after["segment_names"])


def test_a_changed_definition_ends_the_reign_of_a_fit_and_its_segments_keep_their_ids(
    shop, playbook, no_models, a_run, fit
):
    before, after = ({"orders_count_90d": version} for version in ("1a2b", "3c4d"))
    first = fit(shop, playbook, no_models, a_run(), versions=before)
    run = a_run("2024-04-02", "second")
    second = current(fit(shop, playbook, first, run, versions=after), run)
    assert not set(second["model_id"]) & set(first["model_id"])
    assert set(second["feature_versions"]) == {'{"orders_count_90d":"3c4d"}'}
    ids = [json.loads(text)["segment_ids"] for text in second["model_text"]]
    assert ids == [json.loads(text)["segment_ids"] for text in first["model_text"]]


def test_the_definition_of_another_feature_changes_nothing(shop, playbook, no_models, a_run, fit):
    versions = {"orders_count_90d": "1a2b"}
    first = fit(shop, playbook, no_models, a_run(), versions=versions)
    run = a_run("2024-04-02", "second")
    more = versions | {"tickets_count_7d": "new"}
    second = fit(shop, playbook, first, run, versions=more)
    assert list(second["model_id"]) == list(first["model_id"])


def test_a_fit_from_before_versions_were_kept_is_not_in_force(first, shop, playbook, a_run, fit):
    older = first.assign(feature_versions=None, model_id="old " + first["model_id"])
    run = a_run(run_id="second")
    again = current(fit(shop, playbook, older, run), run)
    assert not set(again["model_id"]) & set(older["model_id"])


def test_a_playbook_edited_back_finds_the_first_model_again(first, shop, playbook, a_run, fit):
    edited = playbook.assign(segment_name=playbook["segment_name"] + "!")
    between = fit(shop, edited, first, a_run(run_id="between"))
    run = a_run(run_id="back")
    back = current(fit(shop, playbook, between, run), run)
    assert back["model_id"].tolist() == first["model_id"].tolist()


def test_a_shop_without_customers_has_no_candidates(shop, playbook, no_models, run, fit):
    empty = fit(shop.iloc[:0], playbook, no_models, run)
    assert len(frames.typed(empty, SEGMENT_MODELS_SCHEMA)) == 0


def test_a_shop_of_one_customer_has_one_segment(shop, playbook, no_models, run, fit):
    lone = fit(shop.iloc[:1], playbook, no_models, run)
    assert lone["segments"].tolist() == [1]


def test_null_features_are_read_as_the_median(shop, playbook, no_models, run, fit):
    shop.loc[::3, "orders_amount_avg_365d"] = None
    shop["orders_discounted_share_365d"] = None
    models = fit(shop, playbook, no_models, run)
    assert "orders_discounted_share_365d" not in models["feature_names"].iloc[0]
    assert np.isfinite(read_model(models.iloc[0]).centroids).all()
