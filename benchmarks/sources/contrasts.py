"""What is compared with what: a row per way, source and measure, with the difference in pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from benchmarks.sources.catalogue import (
    ABLATED,
    ALONE,
    COLUMNS,
    EVERYTHING,
    FITTED_AGAIN,
    SHOP_ALONE,
    WITHOUT,
)
from benchmarks.sources.draws import compare, estimate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TOLD = ("customers", "seconds", "persons", "judged_on")
"""Columns of a variant's figures that say what it is, and are no figures."""
ALL_OF_THEM = "all of these"
"""What was taken away where the shop alone is left."""
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
        of``), ``source``, ``measure``, ``value``, ``low``, ``high``, ``customers``, ``seconds``;
        ``worth``, ``worth_low``, ``worth_high``: what is reached with the source minus what is
        without it. A variant whose counterpart is missing has no row.
    """
    return pd.DataFrame(list(_rows(figures)))


def _rows(figures: Mapping[str, pd.DataFrame]) -> Iterator[dict[str, object]]:
    for way in (EVERYTHING, SHOP_ALONE):
        if way in figures:
            for row in _figures(figures[way]):
                yield {"way": way, "source": "", **row}
    for way, other in AGAINST.items():
        titles = [*(each.title for each in ABLATED), FITTED_AGAIN]
        variants = {title: f"{way} {title}" for title in titles}
        if way == WITHOUT:
            variants[ALL_OF_THEM] = SHOP_ALONE
        for source, name in variants.items():
            if name in figures and other in figures:
                worth = _worth(way, figures[name], figures[other])
                for row in _figures(figures[name]):
                    yield {"way": way, "source": source, **row, **worth[str(row["measure"])]}


def _figures(found: pd.DataFrame) -> Iterator[dict[str, object]]:
    first = found.iloc[0]
    for measure in _measures(found):
        own = estimate(found[measure].to_numpy())
        yield {
            "measure": measure,
            "value": own.value,
            "low": own.low,
            "high": own.high,
            "customers": first["customers"],
            "seconds": first["seconds"],
        }


def _worth(way: str, found: pd.DataFrame, other: pd.DataFrame) -> dict[str, dict[str, float]]:
    richer, poorer = (found, other) if way == ALONE else (other, found)
    apart = {
        measure: compare(richer[measure].to_numpy(), poorer[measure].to_numpy())
        for measure in _measures(found)
    }
    return {
        measure: {"worth": each.value, "worth_low": each.low, "worth_high": each.high}
        for measure, each in apart.items()
    }


def _measures(found: pd.DataFrame) -> list[str]:
    return [name for name in found.columns if name not in TOLD]
