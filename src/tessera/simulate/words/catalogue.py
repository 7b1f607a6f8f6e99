"""The catalogue: department > category > subcategory > brand > name, with prices and costs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.words.files import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

PRICE_ENDINGS = (0.99, 0.95, 0.90, 0.50, 0.0)
PRICE_ENDING_SHARES = (0.45, 0.2, 0.15, 0.1, 0.1)
LOWEST_PRICE = 1.99
COST_SPREAD = 0.08
"""Standard deviation of the cost share around its category's median."""


@dataclass(frozen=True)
class Assortment:
    """What may be sold. A noun belongs to a subcategory, that to a category, that to a department.

    Attributes
    ----------
    departments, categories, subcategories, nouns
        Words; a code is a place in them.
    department_of_category, category_of_subcategory
        Codes.
    noun_starts
        Shape (categories + 1,): which nouns belong to a category.
    subcategory_of_noun
        Codes.
    brands, adjectives
        As many per department, one department after the other.
    price, spread, cost
        Per category: median list price, standard deviation of its logarithm, median cost share.
    """

    departments: pa.StringArray
    categories: pa.StringArray
    subcategories: pa.StringArray
    nouns: pa.StringArray
    department_of_category: NDArray[np.int64]
    category_of_subcategory: NDArray[np.int64]
    noun_starts: NDArray[np.int64]
    subcategory_of_noun: NDArray[np.int64]
    brands: pa.StringArray
    adjectives: pa.StringArray
    price: NDArray[np.float64]
    spread: NDArray[np.float64]
    cost: NDArray[np.float64]


def write_catalogue(rng: np.random.Generator, products: int) -> pa.Table:
    """Draw a catalogue.

    Returns
    -------
    A row is a product: product_id, name, spoken_name ("desk lamp", for sentences), subcategory,
    category, department, brand, list_price (float, two decimals), cost_share (0 to 1).
    """
    category = rng.integers(len(load_assortment().categories), size=products)
    names = product_names(rng, category)
    numbers = pa.array(np.arange(100_001, products + 100_001)).cast(pa.string())
    identifiers = pc.binary_join_element_wise("P", numbers, "")
    prices = _draw_prices(rng, category)
    costs = load_assortment().cost[category] + rng.normal(0, COST_SPREAD, products)
    table = names.append_column("list_price", pa.array(prices))
    table = table.append_column("cost_share", pa.array(np.clip(costs, 0.1, 0.9).round(3)))
    return table.add_column(0, "product_id", identifiers)


def product_names(rng: np.random.Generator, category: NDArray[np.int64]) -> pa.Table:
    """Name a product for each category code.

    Returns
    -------
    A row is a product: name ("Voltara wireless headset 340"), spoken_name ("wireless headset" or
    "headset"), subcategory, category, department, brand. Names may repeat in large catalogues.
    """
    stock = load_assortment()
    department = stock.department_of_category[category]
    first, count = stock.noun_starts[category], np.diff(stock.noun_starts)[category]
    noun = first + (rng.random(len(category)) * count).astype(np.int64)
    per_department = len(stock.brands) // len(stock.departments)
    # the square makes the first brands of a department the large ones
    rank = (rng.random(len(category)) ** 2 * per_department).astype(np.int64)
    brand = stock.brands.take(pa.array(department * per_department + rank))
    spoken = _describe(rng, stock, department, noun)
    series = pa.array(rng.integers(1, 100, size=len(category)) * 10).cast(pa.string())
    subcategory = stock.subcategory_of_noun[noun]
    return pa.table(
        {
            "name": pc.binary_join_element_wise(brand, spoken, series, " "),
            "spoken_name": spoken,
            "subcategory": stock.subcategories.take(pa.array(subcategory)),
            "category": stock.categories.take(pa.array(category)),
            "department": stock.departments.take(pa.array(department)),
            "brand": brand,
        }
    )


@cache
def load_assortment() -> Assortment:
    """Read the assortment of the package, once per process."""
    content = read_yaml("assortment.yml")
    departments: Mapping[str, Any] = content["departments"]
    categories = [
        (number, name, facts)
        for number, of_department in enumerate(departments.values())
        for name, facts in of_department.items()
    ]
    subcategories = [
        (number, name, nouns)
        for number, (_, _, facts) in enumerate(categories)
        for name, nouns in facts["subcategories"].items()
    ]
    nouns = [
        (number, category, noun)
        for number, (category, _, of_subcategory) in enumerate(subcategories)
        for noun in of_subcategory
    ]
    category_of_noun = np.array([category for _, category, _ in nouns])
    return Assortment(
        departments=pa.array(list(departments)),
        categories=pa.array([name for _, name, _ in categories]),
        subcategories=pa.array([name for _, name, _ in subcategories]),
        nouns=pa.array([noun for _, _, noun in nouns]),
        department_of_category=np.array([number for number, _, _ in categories]),
        category_of_subcategory=np.array([number for number, _, _ in subcategories]),
        noun_starts=np.searchsorted(category_of_noun, np.arange(len(categories) + 1)),
        subcategory_of_noun=np.array([number for number, _, _ in nouns]),
        brands=_of_departments(content["brands"], departments),
        adjectives=_of_departments(content["adjectives"], departments),
        price=np.array([facts["price"] for _, _, facts in categories], dtype=np.float64),
        spread=np.array([facts["spread"] for _, _, facts in categories], dtype=np.float64),
        cost=np.array([facts["cost"] for _, _, facts in categories], dtype=np.float64),
    )


def _describe(
    rng: np.random.Generator,
    stock: Assortment,
    department: NDArray[np.int64],
    noun: NDArray[np.int64],
) -> pa.StringArray:
    """Return nouns, two in three with an adjective of their department ("oak desk lamp")."""
    per_department = len(stock.adjectives) // len(stock.departments)
    chosen = department * per_department + rng.integers(per_department, size=len(noun))
    plain = stock.nouns.take(pa.array(noun))
    described = pc.binary_join_element_wise(stock.adjectives.take(pa.array(chosen)), plain, " ")
    is_plain = pa.array(rng.random(len(noun)) < 1 / 3)
    # "a cotton pair of jeans" is not English
    is_pair = pc.match_substring_regex(plain, r"^\w+ of ")
    return pc.if_else(pc.or_(is_plain, is_pair), plain, described)


def _draw_prices(rng: np.random.Generator, category: NDArray[np.int64]) -> NDArray[np.float64]:
    """Draw list prices, lognormal within each category, that end as prices do."""
    stock = load_assortment()
    drawn = rng.lognormal(np.log(stock.price[category]), stock.spread[category])
    endings = rng.choice(PRICE_ENDINGS, size=len(category), p=PRICE_ENDING_SHARES)
    prices: NDArray[np.float64] = np.maximum(np.floor(drawn) + endings, LOWEST_PRICE).round(2)
    return prices


def _of_departments(
    words: Mapping[str, list[str]], departments: Mapping[str, Any]
) -> pa.StringArray:
    return pa.array([word for department in departments for word in words[department]])
