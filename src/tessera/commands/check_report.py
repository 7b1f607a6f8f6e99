"""What a check has to show, as a page for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from tessera.check.finding import Severity, counted, share_in_words
from tessera.commands.page_tables import page_table
from tessera.commands.vendor_tables import vendor_tables
from tessera.propensity.labelled import FEW_OF_A_CLASS, FEWEST_OF_A_CLASS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType
    from rich.table import Table

    from tessera.check.emptiness import AbsentFeed, EmptyFamily, EmptyMeasure
    from tessera.check.facts import FeedFacts, References
    from tessera.check.finding import Finding
    from tessera.check.label_supply import Supply
    from tessera.check.report import CheckReport

SEVERITIES = {
    Severity.STOPS: ("stops the build", "bold red"),
    Severity.WARNING: ("warning", "yellow"),
    Severity.NOTE: ("note", "dim"),
}
GRADES = {
    "refuse": ("no model", "yellow"),
    "small_sample": ("small sample", "yellow"),
    "full": ("full", "green"),
}


def check_report(report: CheckReport) -> RenderableType:
    """Lay out what was found, and end with what it comes to."""
    sections = [
        _overview(report),
        *_problems(report.findings),
        *vendor_tables(report.connectors),
        *_feed_by_feed(report.feeds),
        *_customers(report.references),
        *(_supply(report.learning.supplies) if report.learning else ()),
        *_empty_tables(report),
        *(_features(report.learning.families) if report.learning else ()),
        *_absent(report.absent),
    ]
    spaced = [part for section in sections for part in (section, Text())]
    return Group(*spaced, _verdict(report))


def _overview(report: CheckReport) -> Table:
    there = sum(not feed.is_absent for feed in report.feeds)
    table = page_table(f"{report.folder}: {there} of {len(report.feeds)} feeds")
    table.padding = (0, 1, 0, 0)  # in a terminal of 80 columns numbers and months stand whole
    table.add_column("feed", no_wrap=True)
    for heading in ("rows", "kept", "duplicate", "rejected"):
        table.add_column(heading, justify="right", no_wrap=True, min_width=len(heading))
    table.add_column("months", no_wrap=True, min_width=len("2024-01 to 2024-12"))
    for feed in report.feeds:
        table.add_row(feed.name, *_counts(feed), _span(feed))
    return table


def _counts(feed: FeedFacts) -> list[Text]:
    if feed.error:
        return [Text("error", style="bold red"), *[Text()] * 3]
    if feed.is_absent:
        return [Text("no file", style="dim"), *[Text()] * 3]
    counts = (feed.rows_in, feed.rows_kept, feed.rows_duplicate)
    shown = [Text(f"{count:,}") for count in counts]
    return [*shown, Text(f"{feed.rows_rejected:,}", style="red" if feed.rows_rejected else "")]


def _span(feed: FeedFacts) -> str:
    column = feed.time_column
    return "" if column is None else f"{column.earliest:%Y-%m} to {column.latest:%Y-%m}"


def _problems(findings: Sequence[Finding]) -> Iterator[RenderableType]:
    if not findings:
        return
    parts: list[RenderableType] = [Text("Problems, the gravest first", style="bold")]
    for finding in findings:
        word, style = SEVERITIES[finding.severity]
        line = Text.assemble((word, style), "  ", *_named(finding), finding.what)
        parts.append(Padding(line, (0, 0, 0, 1)))
        if finding.advice:
            parts.append(Padding(Text(f"→ {finding.advice}"), (0, 0, 0, 5)))
    yield Group(*parts)


def _named(finding: Finding) -> list[tuple[str, str]]:
    # The reader's own messages begin with the feed already.
    is_named = finding.what.startswith(f"feed '{finding.subject}'")
    return [] if is_named else [(f"{finding.subject}: ", "bold")]


def _feed_by_feed(feeds: Sequence[FeedFacts]) -> Iterator[RenderableType]:
    read = [feed for feed in feeds if feed.rows_usable]
    if not read:
        return
    table = page_table("Feed by feed, over the rows that can be used")
    table.show_header = False
    table.add_column("what", style="dim", no_wrap=True)
    table.add_column("found", overflow="fold")
    for feed in read:
        table.add_row(Text(feed.name, style="bold not dim"), ", ".join(feed.sources))
        lines = [line for line in _lines(feed) if line[1]]
        for place, (what, found) in enumerate(lines, start=1):
            table.add_row(f"  {what}", Text(found), end_section=place == len(lines))
    yield table


def _lines(feed: FeedFacts) -> Iterator[tuple[str, str]]:
    columns = feed.columns
    yield from (
        (column.name, f"{column.earliest:%Y-%m-%d %H:%M} to {column.latest:%Y-%m-%d %H:%M}")
        for column in columns
        if column.latest
    )
    asked = [column for column in columns if column.is_present and not column.declared.is_required]
    whole = (column.name for column in asked if column.filled == feed.rows_usable)
    yield "in every row", ", ".join(whole)
    part = (column for column in asked if column.filled < feed.rows_usable)
    shares = (f"{column.name} {share_in_words(column.filled, feed.rows_usable)}" for column in part)
    yield "in some rows", ", ".join(shares)
    constant = (column.name for column in columns if column.is_constant and feed.rows_usable > 1)
    yield "always the same", ", ".join(constant)
    absent = (c.name for c in columns if c.declared.is_optional and not c.is_present)
    yield "not there", ", ".join(absent)
    yield "not read", ", ".join(feed.unread_columns)


def _customers(references: Sequence[References]) -> Iterator[RenderableType]:
    if not references:
        return
    table = page_table("Customers, by the feed that names them")
    table.add_column("feed", no_wrap=True)
    for heading in ("customers", "with an order"):
        table.add_column(heading, justify="right")
    table.add_column("known by")
    for known in references:
        types = ", ".join(f"{kind} {customers:,}" for kind, customers in known.by_type)
        share = share_in_words(known.with_orders, known.customers)
        table.add_row(known.feed, f"{known.customers:,}", share, types)
    yield table


def _supply(supplies: Sequence[Supply]) -> Iterator[RenderableType]:
    table = page_table("Answers to learn from, at past month starts whose horizon has closed")
    for heading in ("target", "month starts", "yes", "people", "no", "people", "grade"):
        table.add_column(heading, justify="left" if heading in {"target", "grade"} else "right")
    for supply in supplies:
        counts = (supply.snapshots, supply.yes, supply.people_yes, supply.no, supply.people_no)
        word, style = GRADES[supply.grade]
        table.add_row(supply.target, *(f"{count:,}" for count in counts), Text(word, style=style))
    table.caption = (
        f"no model: fewer than {FEWEST_OF_A_CLASS} of either answer, unless the target declares "
        f"another number; small sample: fewer than {FEW_OF_A_CLASS}"
    )
    yield table


def _empty_tables(report: CheckReport) -> Iterator[RenderableType]:
    if not report.tables:
        return
    table = page_table("Published tables that will be empty")
    table.add_column("table", no_wrap=True)
    table.add_column("why")
    for name, reason in report.tables.items():
        table.add_row(name, reason)
    yield table


def _features(families: Sequence[EmptyFamily]) -> Iterator[RenderableType]:
    if not families:
        return
    table = page_table("Features that will say nothing: empty, or the same for everybody")
    table.add_column("family", no_wrap=True)
    table.add_column("features", justify="right", no_wrap=True)
    table.add_column("measures", overflow="fold")
    table.add_column("for want of")
    for family in families:
        measures = ", ".join(map(_measure, family.measures))
        missing = ", ".join(family.missing)
        table.add_row(
            family.family.removeprefix("features_"),
            f"{family.empty} of {family.features}",
            measures,
            missing,
        )
    yield table


def _measure(measure: EmptyMeasure) -> str:
    if measure.empty == measure.windows:
        return measure.measure
    return f"{measure.measure} ({measure.empty} of {measure.windows} windows)"


def _absent(absent: Sequence[AbsentFeed]) -> Iterator[RenderableType]:
    if not absent:
        return
    table = page_table("Feeds without rows, and what would stand on them")
    table.add_column("feed", no_wrap=True)
    table.add_column("features")
    table.add_column("columns of published tables")
    for feed in absent:
        families = (family.removeprefix("features_") for family in feed.families)
        table.add_row(feed.feed, _listed(families), _listed(feed.tables))
    yield table


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none yet"


def _verdict(report: CheckReport) -> Text:
    stops, warnings = report.count(Severity.STOPS), report.count(Severity.WARNING)
    also = counted(warnings, "warning") if warnings else "no warnings"
    if stops:
        return Text(
            f"This cannot be built yet: {counted(stops, 'problem')}, {also}.", style="bold red"
        )
    if report.learning is None:
        return Text(f"Every feed can be read, with {also}. The gates were not asked.")
    words = f"Nothing was found that would stop a build, with {also}."
    return Text(words, style="bold yellow" if warnings else "bold green")
