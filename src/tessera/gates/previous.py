"""What a gate saw in its last green run over the same feeds: what this run is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.gates.evidence import ROW_COUNT

if TYPE_CHECKING:
    import pandas as pd

# Feeds accumulate: a later export holds the earlier rows and more, so that any loss is strange.
# Half leaves room for a folder that keeps a rolling window or was cleaned up; the usual accidents
# (a truncated file, one of two shops missing) take half or more. Chosen, not measured.
MIN_SHARE_OF_PREVIOUS_ROWS = 0.5


def previous_volumes(remembered: pd.DataFrame, gate: str, feeds_folder: str) -> dict[str, int]:
    """Return the rows per relation that the gate counted in its last green run over the same feeds.

    Green as the build is green: no critical expectation failed. A warning that is always on must
    not switch the comparison off.

    Parameters
    ----------
    remembered
        Evidence of earlier runs only.
    gate
        Name of the gate.
    feeds_folder
        Only runs over this folder count: another folder is another company.

    Returns
    -------
    dict
        Rows by relation; empty when there was no such run.
    """
    green = last_green(remembered, gate, feeds_folder)
    counted = green[green["expectation"] == ROW_COUNT]
    return _whole_numbers(counted["relation"], counted["observed_value"])


def previous_observation(
    remembered: pd.DataFrame, gate: str, feeds_folder: str, expectation_id: str
) -> int | None:
    """Return the whole number that one expectation observed in the last green run, if it did.

    Parameters are those of :func:`previous_volumes`, and the expectation's id.
    """
    green = last_green(remembered, gate, feeds_folder)
    numbers = _whole_numbers(green["expectation_id"], green["observed_value"])
    return numbers.get(expectation_id)


def last_green(remembered: pd.DataFrame, gate: str, feeds_folder: str) -> pd.DataFrame:
    """Return the evidence of the gate's last green run over the same feeds; maybe no rows."""
    comparable = remembered[
        (remembered["gate"] == gate) & (remembered["feeds_folder"] == feeds_folder)
    ]
    is_red = ~comparable["has_passed"].astype("bool") & (comparable["severity"] == "critical")
    green = comparable[~comparable["run_id"].isin(comparable.loc[is_red, "run_id"])]
    last = green.sort_values(["checked_at", "run_id"])["run_id"].tail(1)
    newest: pd.DataFrame = green[green["run_id"].isin(last)]
    return newest


def _whole_numbers(names: pd.Series, observed: pd.Series) -> dict[str, int]:
    is_number = observed.str.fullmatch(r"\d+").fillna(value=False).astype("bool")
    return dict(zip(names[is_number], observed[is_number].astype("int64"), strict=True))
