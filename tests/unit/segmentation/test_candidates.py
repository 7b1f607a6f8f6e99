from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation import (
    SEGMENT_MODELS_SCHEMA,
    candidates,
    fit_candidates,
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


def test_three_planted_kinds_are_found(shop, three, run, assign_segments):
    assigned = assign_segments(shop, three, run)
    kinds = assigned["customer_id"].str.rstrip("0123456789")
    assert assigned.groupby(kinds)["segment_id"].nunique().tolist() == [1, 1, 1]
    assert assigned["segment_id"].nunique() == 3


def test_every_algorithm_is_asked_for_three_to_twelve_segments(first, run):
    specs = [read_model(row).spec for _, row in current(first, run).iterrows()]
    for algorithm in ("kmeans", "mixture", "ward"):
        assert [s.size for s in sorted(specs) if s.algorithm == algorithm] == [*range(3, 13)]
    frames.typed(first, SEGMENT_MODELS_SCHEMA)


def test_two_fits_are_identical(first, shop, no_models, run, fit):
    shuffled = shop.sample(frac=1, random_state=1)
    again = fit(shuffled, no_models, run)
    pd.testing.assert_frame_equal(first, again)


def test_a_second_call_fits_nothing(first, shop, a_run, fits, fit):
    second = a_run(run_id="second")
    again = fit(shop, first, second)
    assert not fits
    assert len(again) == len(first)
    assert set(again["candidate_in_run_id"]) == {"second"}
    assert set(again["run_id"]) == {"first"}


def test_centroids_stay_frozen_while_customers_change(first, a_shop, a_run, fits, fit):
    moved = a_shop(at="2024-05-01", seed=9)
    later = fit(moved, first, a_run("2024-05-01", "later"))
    assert not fits
    assert later["model_text"].tolist() == first["model_text"].tolist()


def test_centroids_are_fitted_anew_after_the_window(first, a_shop, a_run, fit):
    run = a_run("2024-07-01", "later")
    moved = a_shop(at="2024-07-01", seed=9)
    later = fit(moved, first, run)
    assert len(later) == 2 * len(first)
    newest = current(later, run)
    old, new = (
        rows[(rows["segments"] == 3) & (rows["algorithm"] == "kmeans")].iloc[0]
        for rows in (first, newest)
    )
    assert not np.array_equal(read_model(new).centroids, read_model(old).centroids)


def test_a_refit_on_the_same_day_is_the_remembered_model(first, shop, a_run, fit):
    again = fit(shop, first, a_run(run_id="second"), refit_after_days=0)
    assert again["model_id"].tolist() == first["model_id"].tolist()


def test_a_changed_definition_ends_the_reign_of_a_fit(shop, no_models, a_run, fit):
    before, after = ({"orders_count_90d": version} for version in ("1a2b", "3c4d"))
    first = fit(shop, no_models, a_run(), versions=before)
    run = a_run("2024-04-02", "second")
    second = current(fit(shop, first, run, versions=after), run)
    assert not set(second["model_id"]) & set(first["model_id"])
    assert set(second["feature_versions"]) == {'{"orders_count_90d":"3c4d"}'}


def test_a_run_done_again_after_an_edit_of_the_seed_has_the_new_candidates_alone(
    first, shop, segment_features, run
):
    segment_features.loc[0, "weight"] = "3"
    again = fit_candidates(shop, segment_features, first, run)
    assert len(again) == 2 * len(first)
    assert not set(current(again, run)["model_id"]) & set(first["model_id"])


def test_the_definition_of_another_feature_changes_nothing(shop, no_models, a_run, fit):
    versions = {"orders_count_90d": "1a2b"}
    first = fit(shop, no_models, a_run(), versions=versions)
    run = a_run("2024-04-02", "second")
    more = versions | {"tickets_count_7d": "new"}
    second = fit(shop, first, run, versions=more)
    assert list(second["model_id"]) == list(first["model_id"])


def test_a_fit_from_before_versions_were_kept_is_not_in_force(first, shop, a_run, fit):
    older = first.assign(feature_versions=None, model_id="old " + first["model_id"])
    run = a_run(run_id="second")
    again = current(fit(shop, older, run), run)
    assert not set(again["model_id"]) & set(older["model_id"])


def test_a_shop_without_customers_has_no_candidates(shop, no_models, run, fit):
    empty = fit(shop.iloc[:0], no_models, run)
    assert len(frames.typed(empty, SEGMENT_MODELS_SCHEMA)) == 0


def test_a_shop_of_one_customer_has_one_segment(shop, no_models, run, fit):
    lone = fit(shop.iloc[:1], no_models, run)
    assert lone["segments"].tolist() == [1]


def test_null_features_are_read_as_the_median(shop, no_models, run, fit):
    shop.loc[::3, "orders_amount_avg_365d"] = None
    shop["orders_discounted_share_365d"] = None
    models = fit(shop, no_models, run)
    assert "orders_discounted_share_365d" not in models["feature_names"].iloc[0]
    assert np.isfinite(read_model(models.iloc[0]).centroids).all()


def test_levels_and_words_of_the_seed_take_part(shop, segment_features, no_models, run):
    """Who writes of gardens and who of kitchens, and where they live, is a dimension each."""
    kinds = shop["customer_id"].str.rstrip("0123456789")
    shop["crm_country"] = kinds.map({"heavy": "AT", "light": "DE", "gone": None})
    shop["crm_attr_notes"] = kinds.map({"heavy": "roses and soil", "light": "knives and pans"})
    more = {"feature_group": "taste", "driver": "", "weight": "1", "is_skewed": "false"}
    rows = [
        more | {"feature_name": "crm_country", "kind": "categorical"},
        more | {"feature_name": "crm_attr_notes", "kind": "text"},
    ]
    seed = pd.concat([segment_features, pd.DataFrame(rows)], ignore_index=True)
    models = fit_candidates(shop, seed, no_models, run)
    model = read_model(models.iloc[0])
    assert "crm_country = AT" in model.scaling.columns
    assert any(column.startswith("crm_attr_notes: ") for column in model.scaling.columns)
    assert model.profile.shape == (model.segments, len(model.scaling.names))
    assert len(model.numeric_features) == len(model.scaling.names) == 8
    assert np.isfinite(model.distances(shop)).all()
