"""What an audit for leaks has to show, as a page for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from tessera.leaks.deliveries import Cut
    from tessera.leaks.finding import Finding
    from tessera.leaks.replay import Replay

    Results = Sequence[tuple[Replay, Sequence[Cut]]]


def rules_page(found: Sequence[Finding]) -> RenderableType:
    """Lay out the broken rules."""
    if not found:
        return Text("Rules: every feature keeps them", style="green")
    lines: list[Text] = [Text(f"Rules: {len(found)} broken", style="bold red")]
    for each in found:
        name = each.feature_name or each.subject_name
        lines.append(Text.assemble("  ", (name, "bold"), f" ({each.rule})"))
        lines.append(Text(f"    {each.detail}"))
    return Group(*lines)


def snapshots_page(results: Results) -> RenderableType:
    """Lay out what was deleted, which features moved, and who is somebody else now."""
    replays = [replay for replay, _ in results]
    parts: list[RenderableType] = [Text(), _overview(results), Text(), _deleted(results)]
    if any(replay.moved for replay in replays):
        parts += [Text(), _moved(replays)]
    return Group(*parts, Text(), *_identity(replays), _verdict(replays))


def _overview(results: Results) -> Table:
    table = _table("Built again from feeds that end before the snapshot")
    table.add_column("snapshot", no_wrap=True)
    for heading in ("customers", "features", "moved", "rows deleted", "rows undone"):
        table.add_column(heading, justify="right", no_wrap=True)
    for replay, cuts in results:
        moved = Text(f"{len(replay.moved):,}", style="bold red" if replay.moved else "green")
        deleted = sum(cut.deleted for cut in cuts)
        undone = sum(cut.undone for cut in cuts)
        counts = (f"{replay.customers:,}", f"{replay.features:,}", moved)
        table.add_row(f"{replay.snapshot_at:%Y-%m-%d}", *counts, f"{deleted:,}", f"{undone:,}")
    return table


def _deleted(results: Results) -> Table:
    table = _table("Rows deleted, by feed")
    table.add_column("feed", no_wrap=True)
    for replay, _ in results:
        table.add_column(f"{replay.snapshot_at:%Y-%m-%d}", justify="right", no_wrap=True)
    deleted = [{cut.feed: cut.deleted for cut in cuts} for _, cuts in results]
    for feed in dict.fromkeys(feed for cuts in deleted for feed in cuts):
        table.add_row(feed, *(f"{cuts.get(feed, 0):,}" for cuts in deleted))
    return table


def _moved(replays: Sequence[Replay]) -> Table:
    table = _table("Features that knew the future")
    for heading in ("feature", "family", "snapshot"):
        table.add_column(heading, no_wrap=True)
    table.add_column("customers moved", justify="right", no_wrap=True)
    rows = [
        (replay.families.get(moved.feature, ""), moved.feature, replay, moved.customers)
        for replay in replays
        for moved in replay.moved
    ]
    for family, feature, replay, customers in sorted(rows, key=lambda row: row[:2]):
        shown = f"{customers:,} of {replay.customers:,}"
        table.add_row(feature, family, f"{replay.snapshot_at:%Y-%m-%d}", shown)
    return table


def _identity(replays: Sequence[Replay]) -> list[Text]:
    lines = []
    for replay in replays:
        counts = {
            "of other identifiers now": replay.corrected,
            "none then": replay.absent,
            "merged into others since": replay.merged,
        }
        told = ", ".join(f"{count:,} {words}" for words, count in counts.items() if count)
        if told:
            when = f"{replay.snapshot_at:%Y-%m-%d}"
            words = f"Who is who at {when} was corrected by later evidence: customers {told}."
            lines.append(Text(words, style="yellow"))
    return [*lines, Text()] if lines else []


def _verdict(replays: Sequence[Replay]) -> Text:
    names = sorted({moved.feature for replay in replays for moved in replay.moved})
    if names:
        return Text(f"Leaks: {len(names)} features: {', '.join(names)}", style="bold red")
    return Text("No feature moved when the future was deleted", style="green")


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
