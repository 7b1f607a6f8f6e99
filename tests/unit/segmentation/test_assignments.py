from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tessera import frames
from tessera.features import FeatureError
from tessera.segmentation import SEGMENT_ASSIGNMENTS_SCHEMA, assign_segments, assignments
from tessera.segmentation.model import read_model


def test_every_customer_is_assigned_once_and_fits_the_schema(shop, three, run):
    assigned = assign_segments(shop, three, run)
    frames.typed(assigned, SEGMENT_ASSIGNMENTS_SCHEMA)
    assert assigned["customer_id"].tolist() == sorted(shop["customer_id"])
    assert assigned["scored_at"].unique().tolist() == [run.run_started_at]
    assert assigned["membership_score"].between(0, 1).all()


def test_a_customer_on_a_centroid_has_the_highest_membership(shop, three, run):
    model = read_model(three)
    scaling = model.scaling.numbers
    unscaled = model.centroids[0] / scaling.weights * scaling.scales + scaling.centers
    raw = np.where(scaling.is_skewed, np.expm1(unscaled), unscaled)
    on_centre = pd.DataFrame([raw], columns=list(scaling.names)).assign(
        customer_id="centre", snapshot_at=shop["snapshot_at"].iloc[0]
    )
    assigned = assign_segments(pd.concat([shop, on_centre]), three, run).set_index("customer_id")
    assert assigned["membership_score"].idxmax() == "centre"
    assert assigned.loc["centre", "membership_score"] == pytest.approx(1.0)
    assert assigned.loc["centre", "segment_id"] == model.segment_ids[0]


def test_half_way_between_two_centres_is_between_segments():
    scores = assignments.membership_scores(np.array([[2.0, 2.0, 9.0], [1.0, 4.0, 9.0]]))
    assert (scores < assignments.BETWEEN).tolist() == [True, False]


def test_chunks_change_nothing(shop, three, run, monkeypatch):
    whole = assign_segments(shop, three, run)
    monkeypatch.setattr(assignments, "CHUNK_ROWS", 7)
    pd.testing.assert_frame_equal(assign_segments(shop, three, run), whole)


def test_past_snapshots_are_assigned_by_the_same_centroids(past, three, run):
    assigned = assign_segments(past, three, run)
    assert len(assigned) == len(past)
    assert assigned["snapshot_at"].nunique() == 5


def test_nobody_gives_an_empty_typed_frame(shop, three, run):
    nobody = assign_segments(shop.iloc[:0], three, run)
    assert len(frames.typed(nobody, SEGMENT_ASSIGNMENTS_SCHEMA)) == 0


def test_a_customer_without_a_known_feature_is_assigned(shop, three, run):
    unknown = shop.iloc[:1].copy()
    unknown[list(read_model(three).scaling.names)] = np.nan
    assert assign_segments(unknown, three, run)["segment_id"].notna().all()


def test_a_missing_feature_is_named(shop, three, run):
    with pytest.raises(FeatureError, match="orders_count_90d"):
        assign_segments(shop.drop(columns="orders_count_90d"), three, run)
