"""What `tessera explain-identity` has to show, as a page for a terminal of 80 columns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from tessera.identity.masking import masked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from rich.console import RenderableType

    from tessera.commands.identity_reader import Found, KnownCustomer, Period
    from tessera.identity.explanation import Link, Step, Without

UNDATED, OPEN = 1970, 9999
"""Years that stand for no date in feeds, and for a period without an end."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """All that is told of one identifier.

    Attributes
    ----------
    found
        The identifier.
    periods
        Whose it is; of a browser or device: whose it was, in order. None: nobody's.
    customer
        Whose it is last, with links, refused keys and merges.
    path
        The links that tie it to the customer's oldest identifier.
    without
        What would be without each of them.
    """

    found: Found
    periods: tuple[Period, ...]
    customer: KnownCustomer
    path: tuple[Step, ...]
    without: tuple[Without, ...]


def identity_page(page: Page, *, shows_values: bool) -> RenderableType:
    """Lay out the customer, the path, its links one by one, refused keys and merges."""
    writer = _Writer(page, shows_values=shows_values)
    sections = (
        writer.heading(),
        writer.periods(),
        writer.path(),
        writer.without(),
        writer.refused(),
        writer.cut(),
        writer.merges(),
        writer.hint(),
    )
    shown = [section for section in sections if section is not None]
    return Group(*(part for section in shown for part in (section, Text())))


class _Writer:
    def __init__(self, page: Page, *, shows_values: bool) -> None:
        self.page = page
        self.customer = page.customer
        self.shows_values = shows_values

    def heading(self) -> Text:
        found = self.page.found
        text = Text(self._named(found.identifier_type, found.value), style="bold")
        if not self.page.periods:
            return text.append("\nbelongs to nobody: no row has it beside anybody", style="")
        is_weak = found.identifier_id not in self.customer.members
        text.append(f"\ncustomer {self.customer.customer_id}")
        text.append(", the last who had it" if is_weak else self._since())
        if self.customer.members:
            text.append(f"\n{self._holdings(self.customer.members)}", style="dim")
        return text

    def _since(self) -> str:
        member = self.customer.members[self.page.found.identifier_id]
        is_undated = member.valid_from.year == UNDATED
        return " since always (undated)" if is_undated else f" since {_instant(member.valid_from)}"

    def periods(self) -> Table | None:
        """Tell whose a browser or device was, and when."""
        if not self.page.periods or self.page.found.identifier_id in self.customer.members:
            return None
        table = _table("Whose it was", "customer", "from", "until", "signed in by")
        for period in self.page.periods:
            until = "" if period.valid_to.year >= OPEN else _instant(period.valid_to)
            table.add_row(
                period.customer_id[:12], _instant(period.valid_from), until, period.source or ""
            )
        table.caption = "What was done before the first sign-in was done by the first."
        return table

    def path(self) -> RenderableType | None:
        """List the steps from the oldest identifier on."""
        if self.page.found.identifier_id not in self.customer.members:
            return None
        if not self.page.path:
            return Text("It is the customer's oldest identifier: the customer is named after it.")
        table = _table("How it is tied to the oldest", "", "identifier", "link", "feed", "known")
        table.add_row("0", self._member(self.customer.customer_id), "", "", "")
        for number, step in enumerate(self.page.path, start=1):
            table.add_row(str(number), self._member(step.identifier_id), *_link(step.link))
        return table

    def without(self) -> Table | None:
        """Tell for each link of the path what would be if it were not there."""
        if not self.page.without:
            return None
        table = _table("Without each of these links", "", "what would be")
        for number, without in enumerate(self.page.without, start=1):
            table.add_row(str(number), self._outcome(without))
        return table

    def _outcome(self, without: Without) -> Text:
        if without.detour:
            last = max(without.detour, key=lambda step: step.link.order).link
            text = Text(f"still tied, since {_instant(last.known_at)}: ", style="green")
            names = [self._member(step.identifier_id) for step in without.detour]
            return text.append(" → ".join(names), style="")
        kept = self.customer.members.keys() - without.lost
        text = Text("falls in two: ", style="yellow")
        text.append(self._holdings(without.lost), style="")
        text.append("\nand the rest: ", style="")
        return text.append(self._holdings(kept), style="")

    def refused(self) -> Table | None:
        """List keys that tie nobody together."""
        if not self.customer.hubs:
            return None
        table = _table("Keys refused, which tie nobody together", "key", "reason")
        for hub in self.customer.hubs:
            counted = f" (it meets {hub.met_count})" if hub.met_count else ""
            table.add_row(self._named(hub.identifier_type, hub.value), hub.reason + counted)
        return table

    def cut(self) -> Table | None:
        """List links that would bring a contradiction into the customer."""
        if not self.customer.cut:
            return None
        table = _table(
            "Links cut, since one person would hold too much", "identifier", "link", "feed", "known"
        )
        for link in self.customer.cut:
            here = next(end for end in link.ends if end in self.customer.members)
            table.add_row(self._member(here), *_link(link))
        return table

    def merges(self) -> Table | None:
        """List customers who turned out to be this one."""
        if not self.customer.merges:
            return None
        table = _table("Merges", "customer", "into", "known", "link")
        for merge in self.customer.merges:
            table.add_row(
                merge.merged_customer_id[:12],
                merge.into_customer_id[:12],
                _instant(merge.merged_at),
                merge.link_type,
            )
        return table

    def hint(self) -> Text | None:
        """Say how to see more."""
        if self.shows_values:
            return None
        return Text("Identifiers whole: --show-values", style="dim")

    def _member(self, identifier_id: str) -> str:
        member = self.customer.members[identifier_id]
        return self._named(member.identifier_type, member.value)

    def _named(self, identifier_type: str, value: str) -> str:
        return f"{identifier_type} {value if self.shows_values else masked(identifier_type, value)}"

    def _holdings(self, identifier_ids: Iterable[str]) -> str:
        members = [self.customer.members[each] for each in identifier_ids]
        counts = Counter(member.identifier_type for member in members)
        types = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
        orders = sum(member.orders for member in members)
        return f"{types}; {orders} order{'' if orders == 1 else 's'} by them"


def _link(link: Link) -> tuple[str, str, str]:
    probability = "" if link.probability is None else f" {link.probability:.3f}"
    return f"{link.link_type}{probability}", link.source or "", _instant(link.known_at)


def _instant(at: datetime) -> str:
    return "undated" if at.year == UNDATED else f"{at:%Y-%m-%d %H:%M}"


def _table(title: str, *headings: str) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
    )
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
