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
    """Return the words and values of a driver; nothing where segment and population read alike."""
    for statistic, figure in (("median", np.median), ("mean", np.mean)):
        here, everywhere = (_known(values[rows], figure) for rows in (inside, slice(None)))
        is_mean = statistic == "mean"
        if not np.isnan(here) and _told(name, here, is_mean) != _told(name, everywhere, is_mean):
            return {
                "description": f"{_told(name, here, is_mean)} "
                f"(all customers: {tell_value(name, everywhere)})",
                "direction": "higher" if here > everywhere else "lower",
                "statistic": statistic,
                "segment_value": here,
                "population_value": everywhere,
            }
    return {}


def _known(values: Floats, figure: object) -> float:
    known = values[~np.isnan(values)]
    return float(figure(known)) if len(known) and callable(figure) else float("nan")


def _told(name: str, value: float, is_mean: bool) -> str:  # noqa: FBT001 - of the value
    if is_mean:
        return f"{phrase_of(name)}: {tell_value(name, value)} on average"
    return say(name, value)
