"""Leads of alerts as tables for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from rich.table import Table

from tessera.track_record.alerts import FOLLOWED_DAYS
from tessera.track_record.lead_times import lead_days

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from benchmarks.lead_time import History
    from tessera.bootstrap import Estimate
    from tessera.propensity import Target
    from tessera.track_record.alerts import Alerts


def truth_table(history: History, stopped: pd.Series, churned: pd.Series) -> Table:
    """Lay out how much warning there was to have, and whose silence means an end."""
    table = _table("Who left, in truth", "Days: first quartile, median, third quartile.")
    table.add_column("")
    table.add_column("customers", justify="right")
    table.add_column("days", justify="right")
    fading = (churned - history.faded_at.reindex(churned.index)).dt.total_seconds() / 86_400
    silent = (churned - history.last_purchases.reindex(churned.index)).dt.total_seconds() / 86_400
    table.add_row("interest ended while alerts were judged", f"{len(churned):,}", "")
    table.add_row("  it had been fading for", "", _quartiles(fading))
    table.add_row("  after the last purchase by", "", _quartiles(silent))
    table.add_row("last purchase while alerts were judged", f"{len(stopped):,}", "")
    is_gone = stopped.index.isin(history.churned_at.index)
    table.add_row("  of these, interest has ended or will in a year", f"{is_gone.sum():,}", "")
    return table


def leads_table(
    target: Target,
    told: Mapping[str, Mapping[float, Alerts]],
    stopped: pd.Series,
    churned: pd.Series,
) -> Table:
    """Lay out a line per kind of alert, stated precision and end that it is held against."""
    any_alerts = next(iter(next(iter(told.values())).values()))
    base_rate = np.concatenate([each.labels for each in any_alerts.scored]).mean()
    table = _table(
        f"Lead of alerts of {target.name}",
        f"Alerting everybody would be right {base_rate:.2f} of the time. Held against the last "
        "purchase, and against the end of interest, which nobody sees. Lead of those alerted, in "
        "days: first quartile, median, third quartile; positive: before. "
        f"Alerted: by {FOLLOWED_DAYS} days after.",
    )
    for heading in ("alert", "stated", "realised", "held against"):
        table.add_column(heading, no_wrap=True)
    for heading in ("customers", "alerted", "before", "lead, days"):
        table.add_column(heading, justify="right")
    for kind, by_precision in told.items():
        for precision, alerts in by_precision.items():
            labels = alerts.labels
            realised = f"{labels.mean():.2f} of {len(labels):,}" if len(labels) else "no alerts"
            for end, ends in (("last purchase", stopped), ("true churn", churned)):
                days = lead_days(alerts, ends)
                shares = (f"{days.notna().mean():.0%}", f"{(days >= 0).mean():.0%}")
                figures = (f"{len(ends):,}", *shares, _quartiles(days))
                table.add_row(kind, f"{precision:.1f}", realised, end, *figures)
    return table


def ablation_table(
    target: Target,
    precision: float,
    changes: Mapping[str, tuple[int, Estimate, Estimate, Estimate, Estimate]],
) -> Table:
    """Lay out a line per signal that is taken away."""
    table = _table(
        f"Without an early signal: LightGBM on {target.name}, same people, origins and folds",
        "Lost: with all features minus without these, 95 % interval over people, in pairs. Alerted "
        f"before and median lead against true churn, at a stated precision of {precision}.",
    )
    table.add_column("taken away", no_wrap=True)
    headings = ("features", "AUC", "AUC lost", "alerted before, lost", "lead lost")
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    for what, (features, auc, lost, before, lead) in changes.items():
        if not features:
            table.add_row("nothing", "", f"{auc.value:.3f}", "", "", "", end_section=True)
            continue
        table.add_row(
            what,
            f"{features}",
            f"{auc.value:.3f}",
            _told(lost, "+.3f"),
            _told(before, "+.1%"),
            _told(lead, "+.0f"),
        )
    return table


def _told(change: Estimate, form: str) -> str:
    return f"{change.value:{form}} ({change.low:{form}} to {change.high:{form}})"


def _quartiles(days: pd.Series) -> str:
    known = days.dropna()
    if known.empty:
        return ""
    return " ".join(f"{each:.0f}" for each in np.quantile(known, (0.25, 0.5, 0.75)))


def _table(title: str, caption: str) -> Table:
    return Table(title=title, caption=caption, title_justify="left", caption_justify="left")
