"""Drivers as people read them: how far the segment lies from everybody, and in which direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera.features import phrase_of, say, tell_value

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]


def told_drivers(
    explained: pd.DataFrame, features: pd.DataFrame, inside: Booleans, most: int
) -> pd.DataFrame:
    """Return the strongest drivers of a segment, with their words.

    Parameters
    ----------
    explained
        What :meth:`~tessera.segmentation.meaning.drivers.Surrogate.explain` returns.
    features
        A row per customer; a driver's ``place`` counts its columns.
    inside
        Who is in the segment.
    most
        Drivers to tell.

    Returns
    -------
    DataFrame
        A row per driver, the strongest first: ``rank``, ``feature_name``, ``description``,
        ``direction``, ``statistic``, ``segment_value``, ``population_value``, ``importance`` (the
        share of all), ``contribution``, ``stability``. Medians are told, and means where the
        medians read alike; a driver by which neither tells the segment apart is left out.
    """
    strongest = explained[explained["importance"] > 0].sort_values(
        "importance", ascending=False, kind="stable"
    )
    total = strongest["importance"].sum()
    told: list[dict[str, object]] = []
    for driver in strongest.itertuples(index=False):
        name = str(features.columns[driver.place])
        said = _said(name, features[name].to_numpy(), inside)
        if said and len(told) < most:
            figures = {"importance": driver.importance / total}
            figures |= {"contribution": driver.contribution, "stability": driver.stability}
            told.append({"rank": len(told) + 1, "feature_name": name, **said, **figures})
    return pd.DataFrame(told)


def _said(name: str, values: Floats, inside: Booleans) -> dict[str, object]:
    """Return the words and values of a driver; nothing where segment and population are alike."""
    for statistic, figure in (("median", np.median), ("mean", np.mean)):
        here, everywhere = (_known(values[rows], figure) for rows in (inside, slice(None)))
        if tell_value(name, here) != tell_value(name, everywhere) and not np.isnan(here):
            return {
                "description": _sentence(name, here, everywhere, is_mean=statistic == "mean"),
                "direction": "higher" if here > everywhere else "lower",
                "statistic": statistic,
                "segment_value": here,
                "population_value": everywhere,
            }
    return {}


def _known(values: Floats, figure: object) -> float:
    known = values[~np.isnan(values)]
    return float(figure(known)) if len(known) and callable(figure) else float("nan")


def _sentence(name: str, here: float, everywhere: float, *, is_mean: bool) -> str:
    told = f"{phrase_of(name)}: {tell_value(name, here)} on average" if is_mean else say(name, here)
    return f"{told} (all customers: {tell_value(name, everywhere)})"
