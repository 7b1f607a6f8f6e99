"""The figures on churn as tables for the terminal, none wider than it has to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

if TYPE_CHECKING:
    from benchmarks.churn import Result
    from benchmarks.leak import Splits


RULE = "recency_rule"
"""The algorithm that every other one is measured against."""
REFERENCE_CAPTION = (
    " Reference: quick models on 80 order features of Complete Journey, by the same protocol. "
    "Where recency alone differs from its reference, so do the people or the origins: then compare "
    "what is gained over recency."
)


def churn_table(results: list[Result]) -> Table:
    """Lay out a line per target and model: the figures to quote, beside references if any."""
    caption = "Mean over past origins, 95 % interval over people."
    headings = ["AUC", "interval", "over recency"]
    if any(result.reference is not None for result in results):
        headings += ["reference", "its gain over recency"]
        caption += REFERENCE_CAPTION
    table = _table("Churn: ROC AUC, split by person and by time", caption)
    for heading in headings:
        table.add_column(heading, justify="right")
    rules = {each.target: each for each in results if each.algorithm == RULE}
    for result in results:
        mean, rule = result.mean, rules[result.target]
        is_rule = result is rule
        figures = (f"{mean.value:.3f}", f"{mean.low:.3f}-{mean.high:.3f}")
        gain = "" if is_rule else f"{mean.value - rule.mean.value:+.3f}"
        against = (gain, *_reference(result, rule))[: len(headings) - 2]
        table.add_row(result.target, result.algorithm, *figures, *against, end_section=is_rule)
    return table


def _reference(result: Result, rule: Result) -> tuple[str, str]:
    """Return the AUC to measure up to and its gain over recency; blank where there is none."""
    if result.reference is None or rule.reference is None:
        return ("", "")
    gain = "" if result is rule else f"{result.reference - rule.reference:+.3f}"
    return (f"{result.reference:.3f}", gain)


def origins_table(results: list[Result]) -> Table:
    """Lay out a line per target and model: every origin, and the skill over all."""
    table = _table(
        "The same, origin by origin",
        "Oldest origin first, each a month later. Skill: the share of the way from recency alone "
        "(for recency: from everybody alike) to perfection.",
    )
    table.add_column("first origin", no_wrap=True)
    table.add_column("AUC", no_wrap=True)
    for heading in ("skill", "churned / rows"):
        table.add_column(heading, justify="right")
    for result in results:
        mean = result.mean
        values = " ".join(f"{origin.value:.3f}".lstrip("0") for origin in result.origins)
        figures = (values, f"{mean.skill:.2f}")
        counts = f"{mean.positives:,} / {mean.rows:,}"
        names = (result.target, result.algorithm, result.origins[0].split)
        table.add_row(*names, *figures, counts, end_section=result.algorithm == RULE)
    return table


def splits_table(splits: list[Splits], results: list[Result]) -> Table:
    """Lay out what careless splits would claim of LightGBM, beside the honest one."""
    honest = {each.target: each.mean.value for each in results if each.algorithm == "lightgbm"}
    table = Table(
        title="LightGBM measured on the same rows, split carelessly",
        caption=(
            "In brackets: how much better than by person and time it looks. Not all of that is the "
            "leak: blind to time, a split also trains on more rows, the later ones."
        ),
        title_justify="left",
        caption_justify="left",
    )
    table.add_column("target")
    for heading in ("by person and time", "by person alone", "by random row"):
        table.add_column(heading, justify="right")
    for split in splits:
        if split.target in honest:
            value = honest[split.target]
            claims = [f"{c:.3f} ({c - value:+.3f})" for c in (split.by_person, split.by_row)]
            table.add_row(split.target, f"{value:.3f}", *claims)
    return table


def _table(title: str, caption: str) -> Table:
    """Begin a table with a line per target and model."""
    table = Table(title=title, caption=caption, title_justify="left", caption_justify="left")
    for heading in ("target", "model"):
        table.add_column(heading, no_wrap=True)
    return table
