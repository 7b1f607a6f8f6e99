from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tessera import frames
from tessera.segmentation.comparison import SEGMENT_MAP_POINTS_SCHEMA, map_customers, map_points
from tessera.segmentation.comparison.map_points import name_axis, principal_axes

if TYPE_CHECKING:
    import pandas as pd


@pytest.fixture
def assigned(shop, three, run, assign_segments) -> pd.DataFrame:
    return assign_segments(shop, three, run)


def test_every_customer_of_a_small_shop_is_on_the_map(shop, assigned, champions, run):
    placed = map_customers(shop, assigned, champions, run)
    assert placed["customer_id"].tolist() == sorted(shop["customer_id"])
    assert frames.typed(placed, SEGMENT_MAP_POINTS_SCHEMA).num_rows == 60


def test_segments_lie_apart_on_the_map(shop, assigned, champions, run):
    placed = map_customers(shop, assigned, champions, run)
    middles = placed.groupby("segment_id")[["x", "y"]].mean().to_numpy()
    spread = placed.groupby("segment_id")[["x", "y"]].std().to_numpy().max()
    apart = np.linalg.norm(middles[:, None] - middles[None], axis=2)[np.triu_indices(3, 1)]
    assert apart.min() > 3 * spread


def test_an_axis_is_named_in_the_direction_in_which_it_grows(shop, assigned, champions, run):
    placed = map_customers(shop, assigned, champions, run)
    axis = placed["x_axis"].iloc[0]
    assert axis.endswith("→")
    best = placed.merge(shop, on="customer_id").sort_values("x").iloc[-1]
    word = "spends more" if best["orders_amount_sum_365d"] > 1_000 else "less"
    assert word in axis or "often" in axis


def test_days_since_the_last_order_are_named_by_what_they_mean(champions, shop, assigned, run):
    """A large number of days is a low place: the axis says long ago, not more of something."""
    lone = shop.assign(**dict.fromkeys(shop.columns[2:], 1.0))
    lone["orders_days_since_last"] = np.linspace(1.0, 300.0, len(lone))
    placed = map_customers(lone, assigned, champions, run)
    assert placed["x_axis"].iloc[0] == "came long ago →"


def test_a_large_shop_shows_a_sample_chosen_by_hash(shop, assigned, champions, run, monkeypatch):
    monkeypatch.setattr(map_points, "MAP_CUSTOMERS", 10)
    placed = map_customers(shop, assigned, champions, run)
    again = map_customers(shop.iloc[::-1], assigned, champions, run)
    assert len(placed) == 10
    assert placed["customer_id"].tolist() == again["customer_id"].tolist()


def test_without_a_champion_there_is_no_map(shop, assigned, no_champions, run):
    assert map_customers(shop, assigned, no_champions, run).empty


def test_customers_all_alike_lie_on_one_point(shop, assigned, champions, run):
    alike = shop.assign(**dict.fromkeys(shop.columns[2:], 1.0))
    placed = map_customers(alike, assigned, champions, run)
    assert placed[["x", "y"]].drop_duplicates().shape == (1, 2)
    assert placed["explained_variance"].eq(0.0).all()


def test_one_feature_has_one_axis_and_a_second_of_nothing():
    axes, held = principal_axes(np.array([[1.0], [2.0], [4.0]]))
    assert axes.tolist() == [[1.0], [0.0]]
    assert held == pytest.approx(1.0)
    assert name_axis(axes[1], ("value",)) == "nothing"


def test_an_axis_leaves_out_what_weighs_little_in_it():
    assert name_axis(np.array([0.9, 0.5]), ("value", "recency")) == "spends more →"
    assert name_axis(np.array([0.9, -0.6]), ("value", "recency")) == "spends more, came long ago →"
    assert name_axis(np.array([1.0]), ("returns",)) == "more returns →"
