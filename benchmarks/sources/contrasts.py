"""What is compared with what: a row per way, source and measure, with the difference in pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from benchmarks.sources.catalogue import (
    ABLATED,
    ALONE,
    COLUMNS,
    EVERYTHING,
    SHOP_ALONE,
    WITHOUT,
)
from benchmarks.sources.draws import compare, estimate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TOLD = ("customers", "seconds", "persons", "judged_on")
"""Columns of a variant's figures that say what it is, and are no figures."""
AGAINST = {WITHOUT: EVERYTHING, COLUMNS: EVERYTHING, ALONE: SHOP_ALONE}
"""What each way is compared with. Worth is with the source minus without it, whichever that is."""


def contrasts(figures: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return every figure with its interval, and what the source is worth to it.

    Parameters
    ----------
    figures
        By variant a column per figure and a row per draw; variants may be missing.

    Returns
    -------
    DataFrame
        ``way`` (``everything``, ``shop alone``, ``without``, ``shop and``, ``without the columns
        of``), ``source``, ``measure``, ``value``, ``low``, ``high``, ``worth``, ``worth_low``,
        ``worth_high``, ``customers``, ``seconds``. Worth is what the variant with the source is
        above the one without it; of everything, above the shop alone.
    """
    return pd.DataFrame(list(_rows(figures)))


def _rows(figures: Mapping[str, pd.DataFrame]) -> Iterator[dict[str, object]]:
    for way in (EVERYTHING, SHOP_ALONE):
        if way in figures:
            poorer = SHOP_ALONE if way == EVERYTHING else way
            yield from _of_variant(way, "", figures[way], way, figures.get(poorer))
    for way, other in AGAINST.items():
        for each in ABLATED:
            found = figures.get(f"{way} {each.title}")
            if found is not None:
                yield from _of_variant(way, each.title, found, way, figures.get(other))


def _of_variant(
    way: str, source: str, found: pd.DataFrame, name: str, other: pd.DataFrame | None
) -> Iterator[dict[str, object]]:
    is_richer = name in (EVERYTHING, ALONE)
    for measure in found.columns.difference(TOLD, sort=False):
        drawn = found[measure].to_numpy()
        own = estimate(drawn)
        row: dict[str, object] = {"way": way, "source": source, "measure": measure}
        row |= {"value": own.value, "low": own.low, "high": own.high}
        if other is not None and other is not found:
            others = other[measure].to_numpy()
            worth = compare(drawn, others) if is_richer else compare(others, drawn)
            row |= {"worth": worth.value, "worth_low": worth.low, "worth_high": worth.high}
        first = found.iloc[0]
        yield row | {"customers": first["customers"], "seconds": first["seconds"]}
