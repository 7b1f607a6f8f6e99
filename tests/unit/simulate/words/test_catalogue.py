from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from tessera.simulate.words import product_names, write_catalogue
from tessera.simulate.words.catalogue import load_assortment


def catalogue(products=8000, seed=6):
    return write_catalogue(np.random.default_rng(seed), products)


def test_the_shop_has_ten_departments_forty_categories_and_sixty_brands():
    table = catalogue()
    counts = {
        column: pc.count_distinct(table[column]).as_py()
        for column in ("department", "category", "subcategory", "brand", "product_id")
    }
    assert counts == {
        "department": 10,
        "category": 40,
        "subcategory": 120,
        "brand": 60,
        "product_id": 8000,
    }


def test_a_subcategory_lies_in_one_category_and_a_brand_in_one_department():
    frame = catalogue().to_pandas()
    assert (frame.groupby("subcategory")["category"].nunique() == 1).all()
    assert (frame.groupby("category")["department"].nunique() == 1).all()
    assert (frame.groupby("brand")["department"].nunique() == 1).all()


def test_prices_lie_around_the_median_of_their_category():
    frame, stock = catalogue(40_000).to_pandas(), load_assortment()
    medians = frame.groupby("category")["list_price"].median()
    expected = dict(zip(stock.categories.to_pylist(), stock.price, strict=True))
    ratios = medians / medians.index.map(expected)
    assert ratios.between(0.9, 1.15).all()


def test_prices_and_costs_are_possible():
    frame = catalogue().to_pandas()
    assert frame["list_price"].min() >= 1.99
    assert (frame["list_price"] == frame["list_price"].round(2)).all()
    assert frame["cost_share"].between(0.1, 0.9).all()


def test_a_name_begins_with_its_brand_and_is_rarely_given_twice():
    frame = catalogue().to_pandas()
    assert all(
        name.startswith(brand) for name, brand in zip(frame["name"], frame["brand"], strict=True)
    )
    assert all(
        spoken in name for name, spoken in zip(frame["name"], frame["spoken_name"], strict=True)
    )
    assert frame["name"].nunique() > 0.98 * len(frame)


def test_names_follow_the_categories_asked_for():
    stock = load_assortment()
    books = stock.categories.to_pylist().index("Fiction")
    names = product_names(np.random.default_rng(6), np.full(50, books))
    assert set(names["category"].to_pylist()) == {"Fiction"}
    assert set(names["department"].to_pylist()) == {"Books"}


def test_pairs_have_no_adjective_before_them():
    spoken = catalogue()["spoken_name"].to_pylist()
    assert all(name.startswith("pair of") for name in spoken if "pair of" in name)


def test_the_same_generator_draws_the_same_catalogue():
    assert catalogue(300).equals(catalogue(300))
    assert not catalogue(300).equals(catalogue(300, seed=7))


def test_an_empty_catalogue_has_its_columns():
    assert catalogue(0).num_rows == 0
    assert "list_price" in catalogue(0).column_names
