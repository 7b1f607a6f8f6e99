from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation.comparison import (
    SEGMENT_MAP_POINTS_SCHEMA,
    map_customers,
    map_points,
    read_shown,
)
from tessera.segmentation.comparison.map_points import name_axis, principal_axes
from tessera.segmentation.sampling import choose_customers

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[4]
WORDS = {"value": ("higher spend", "lower spend"), "recency": ("bought lately", "silent longer")}


@pytest.fixture
def driver_words() -> pd.DataFrame:
    return pd.read_csv(ROOT / "seeds" / "driver_words.csv")


@pytest.fixture
def on_map(champions, driver_words, run) -> Callable[..., pd.DataFrame]:
    """Place customers; each kind is a segment."""

    def place(shop: pd.DataFrame) -> pd.DataFrame:
        kinds = shop["customer_id"].str.rstrip("0123456789")
        shown = shop.assign(segment_id=kinds, segment_name=kinds)
        return map_customers(shown, champions, driver_words, run)

    return place


def test_every_customer_of_a_small_shop_is_on_the_map(shop, on_map):
    placed = on_map(shop)
    assert placed["customer_id"].tolist() == sorted(shop["customer_id"])
    assert frames.typed(placed, SEGMENT_MAP_POINTS_SCHEMA).num_rows == 60


def test_segments_lie_apart_on_the_map(shop, on_map):
    placed = on_map(shop)
    middles = placed.groupby("segment_id")[["x", "y"]].mean().to_numpy()
    spread = placed.groupby("segment_id")[["x", "y"]].std().to_numpy().max()
    apart = np.linalg.norm(middles[:, None] - middles[None], axis=2)[np.triu_indices(3, 1)]
    assert apart.min() > 3 * spread


@pytest.mark.parametrize(
    ("feature", "axis"),
    [
        ("orders_amount_sum_365d", "higher spend →"),
        ("orders_days_since_last", "silent longer →"),
    ],
)
def test_an_axis_is_named_in_the_direction_in_which_it_grows(shop, on_map, feature, axis):
    """A large number of days since the last order is a low place of recency."""
    lone = shop.assign(**dict.fromkeys(shop.columns[2:], 1.0))
    lone[feature] = np.linspace(1.0, 300.0, len(lone))
    placed = on_map(lone)
    assert placed["x_axis"].unique().tolist() == [axis]
    by_feature = placed.merge(lone, on="customer_id").sort_values(feature)
    assert by_feature["x"].is_monotonic_increasing


def test_a_large_shop_shows_a_sample_chosen_by_hash(shop, segment_features, monkeypatch):
    monkeypatch.setattr(map_points, "MAP_CUSTOMERS", 10)
    segments = shop[["customer_id"]].assign(segment_id="s1", segment_name="All")
    connection = duckdb.connect()
    tables = [connection.from_df(each) for each in (shop, segments, segment_features)]
    shown = read_shown(*tables)
    assert shown["customer_id"].tolist() == choose_customers(shop, 10)["customer_id"].tolist()
    assert {"orders_amount_sum_365d", "segment_id", "segment_name"} <= set(shown.columns)


def test_without_a_champion_there_is_no_map(shop, no_champions, driver_words, run):
    assert map_customers(shop, no_champions, driver_words, run).empty


def test_customers_all_alike_lie_on_one_point(shop, on_map):
    placed = on_map(shop.assign(**dict.fromkeys(shop.columns[2:], 1.0)))
    assert placed[["x", "y"]].drop_duplicates().shape == (1, 2)
    assert placed["explained_variance"].eq(0.0).all()


def test_one_feature_has_one_axis_and_a_second_of_nothing():
    axes, held = principal_axes(np.array([[1.0], [2.0], [4.0]]))
    assert axes.tolist() == [[1.0], [0.0]]
    assert held == pytest.approx(1.0)
    assert name_axis(axes[1], ("value",), WORDS) == "nothing"


def test_an_axis_leaves_out_what_weighs_little_in_it():
    both = ("value", "recency")
    assert name_axis(np.array([0.9, 0.5]), both, WORDS) == "higher spend →"
    assert name_axis(np.array([0.9, -0.6]), both, WORDS) == "higher spend, silent longer →"
    assert name_axis(np.array([1.0]), ("returns",), WORDS) == "more returns →"
