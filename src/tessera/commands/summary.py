"""What a good build has to show: frames in, a page for the terminal out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from tessera.commands.failures import evidence_table
from tessera.commands.outcomes import seconds_per_stage
from tessera.commands.project import USUAL_TARGET, target_option, tessera_command

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import RenderableType

    from tessera.commands.outcomes import BuildOutcome

HEADLINE_METRICS = {
    "roc_auc": "roc auc",
    "lift_top_10pct": "lift, top 10 %",
    "expected_calibration_error": "calibration",
    "stability": "stability",
    "monthly_change": "monthly change",
    "explained_amount_90d": "spend explained",
    "silhouette": "silhouette",
}
"""Metrics worth a line here, in this order, in words; `marts.model_scorecards` has them all."""


class ReleaseFrames(NamedTuple):
    """What is read of a release; a frame without columns is a table that is not there.

    Attributes
    ----------
    segments
        One row per segment: segment_name, customers, share, revenue, churn_rate.
    choice
        The candidate that made the segments, or no row: algorithm, segments, reason.
    champions
        One row per champion model and metric: task, target, algorithm, metric, value, low, high,
        baseline_name, baseline_value.
    gates
        One row per gate: gate, expectations, failures, warnings.
    warnings
        One row per expectation not met: expectation_id, severity, description, observed_value,
        expected, unexpected_count.
    unpredicted
        One row per declared target that no model could be fitted for: target.
    feeds
        One row per feed: feed, rows_in, rows_kept, rows_duplicate, rows_rejected.
    """

    segments: pd.DataFrame
    choice: pd.DataFrame
    champions: pd.DataFrame
    gates: pd.DataFrame
    warnings: pd.DataFrame
    unpredicted: pd.DataFrame
    feeds: pd.DataFrame


def build_summary(
    frames: ReleaseFrames, outcome: BuildOutcome, release: Path, target: str = USUAL_TARGET
) -> RenderableType:
    """Lay out segments, models, gates, feeds and times of a build, and where to go from there."""
    sections = (
        segments_table(frames.segments),
        choice_line(frames.choice),
        champions_table(frames.champions),
        unpredicted_line(frames.unpredicted),
        gates_line(frames.gates),
        evidence_table(frames.warnings) if len(frames.warnings) else None,
        feeds_table(frames.feeds),
        stages_line(outcome),
        _where_next(release, target),
    )
    shown = [section for section in sections if section is not None]
    return Group(*(part for section in shown for part in (section, Text())))


def segments_table(segments: pd.DataFrame) -> Table | None:
    """One line per segment: how many, how much, and how many are about to leave."""
    if segments.empty:
        return None
    table = _table("Segments")
    table.add_column("segment")
    for heading in ("customers", "share", "revenue, 365 d", "churn, 30 d"):
        table.add_column(heading, justify="right")
    for row in segments.itertuples():
        amounts = (_share(row.share), _number(row.revenue, ",.0f"), _share(row.churn_rate))
        table.add_row(Text(str(row.segment_name)), _number(row.customers, ",.0f"), *amounts)
    return table


def choice_line(choice: pd.DataFrame) -> Text | None:
    """Say which candidate made the segments, and why."""
    if choice.empty:
        return None
    row = choice.iloc[0]
    return Text(f"{row['algorithm']} with {row['segments']} segments, {row['reason']}")


def champions_table(champions: pd.DataFrame) -> Table | None:
    """One row per champion, a line in it per headline metric, each beside its naive rival."""
    if champions.empty:
        return None
    table = _table("Models, out of time (95 % interval), beside a naive rival")
    for heading in ("predicts", "metric", "value", "naive rival"):
        table.add_column(heading, no_wrap=True)
    for keys, measured in champions.groupby(["task", "target", "algorithm"], dropna=False):
        _, target, algorithm = keys
        what = Text("segments" if pd.isna(target) else str(target))
        rows = measured.set_index("metric")
        shown = [rows.loc[name] for name in HEADLINE_METRICS if name in rows.index]
        table.add_row(
            what.append(f"\nby {algorithm}", style="dim"),
            "\n".join(HEADLINE_METRICS[str(row.name)] for row in shown),
            Text("\n".join(_with_interval(row) for row in shown)),
            Text("\n".join(_rival(row) for row in shown)),
            end_section=True,
        )
    return table


def unpredicted_line(unpredicted: pd.DataFrame) -> Text | None:
    """Say which targets have no predictions, and what they lack, a line each."""
    if unpredicted.empty:
        return None
    said = [f"{target}: {reason}" for target, reason in unpredicted.itertuples(index=False)]
    return Text("\n".join(said), style="yellow")


def _with_interval(row: pd.Series) -> str:
    if pd.isna(row["low"]):
        return _number(row["value"])
    return f"{_number(row['value'])} [{_number(row['low'])}, {_number(row['high'])}]"


def _rival(row: pd.Series) -> str:
    if pd.isna(row["baseline_value"]):
        return ""
    return f"{_number(row['baseline_value'])} {row['baseline_name']}"


def gates_line(gates: pd.DataFrame) -> Text | None:
    """One line: how many gates and expectations, and what they only warn of."""
    if gates.empty:
        return None
    warnings = int(gates["warnings"].sum())
    failures = int(gates["failures"].sum())
    line = Text(f"Gates: {len(gates)} checked, {int(gates['expectations'].sum())} expectations, ")
    line.append(f"{failures} failed, ", style="bold red" if failures else "green")
    line.append(_counted(warnings, "warning"), style="yellow" if warnings else "green")
    return line


def feeds_table(feeds: pd.DataFrame) -> Table | None:
    """One line per feed: rows delivered, kept, and left out, and why."""
    if feeds.empty:
        return None
    table = _table("Feeds")
    table.add_column("feed")
    for heading in ("rows", "kept", "duplicate", "rejected"):
        table.add_column(heading, justify="right")
    for row in feeds.itertuples():
        counts = (row.rows_in, row.rows_kept, row.rows_duplicate)
        rejected = Text(
            _number(row.rows_rejected, ",.0f"), style="red" if row.rows_rejected else ""
        )
        table.add_row(Text(str(row.feed)), *(_number(count, ",.0f") for count in counts), rejected)
    if feeds["rows_rejected"].sum():
        table.caption = "Which rows, where and why: staging.rejected_rows, see docs/feeds.md"
    return table


def stages_line(outcome: BuildOutcome) -> Text:
    """One line: seconds of work per stage (stages overlap, since dbt runs nodes side by side)."""
    stages = seconds_per_stage(outcome.nodes)
    words = ", ".join(f"{stage} {seconds:.1f}" for stage, _, seconds in stages)
    return Text(f"Seconds of work: {words}", style="dim")


def _where_next(release: Path, target: str) -> Text:
    text = Text("Published in ")
    text.append(str(release), style="bold")
    text.append("\nNext: ")
    text.append(tessera_command(), style="bold")
    text.append(
        ' query "select segment_name, customers, strategy from segment_profiles"', style="bold"
    )
    text.append(target_option(target), style="bold")
    return text


def _table(title: str) -> Table:
    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        show_edge=False,
    )


def _number(value: object, form: str = ".3f") -> str:
    return "" if pd.isna(value) else format(float(str(value)), form)


def _share(value: object) -> str:
    return _number(value, ".1%")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
