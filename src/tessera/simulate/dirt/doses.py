"""How much of which dirt falls on which feed: the whole of it, as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tessera.simulate.dirt import deliveries, notations, spellings, trade, unreadable
from tessera.simulate.dirt.feed_columns import COLUMNS, FEEDS, FEEDS_OF_CUSTOMERS
from tessera.simulate.settings import Dirt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tessera.simulate.dirt.kinds import Kind

Shares = Mapping[str, float]
"""Feed to the share of its rows."""

SKEWED_DEVICES: Mapping[Dirt, float] = {Dirt.REALISTIC: 0.01, Dirt.HEAVY: 0.03}
"""Share of devices whose clock is wrong."""

KEYED = tuple(feed for feed in FEEDS if feed not in {"campaign_outcomes", "costs"})
"""Feeds whose rows have a key: of the others, equal rows are several facts."""


@dataclass(frozen=True)
class Dose:
    """How much of one kind falls at each level."""

    kind: Kind
    realistic: Shares
    heavy: Shares

    def shares(self, dirt: Dirt) -> Shares:
        """Return the shares at a level."""
        return {Dirt.NONE: {}, Dirt.REALISTIC: self.realistic, Dirt.HEAVY: self.heavy}[dirt]


def _all(share: float, feeds: tuple[str, ...] = FEEDS) -> Shares:
    return dict.fromkeys(feeds, share)


NEVER: Shares = {}

DOSES = (
    Dose(
        deliveries.EXACT_DUPLICATES,
        {"web_events": 0.006, "messages": 0.002, "orders": 0.001, "order_lines": 0.002},
        _all(0.02, KEYED),
    ),
    Dose(
        deliveries.LATER_DUPLICATES,
        {"web_events": 0.004, "messages": 0.001, "orders": 0.001},
        _all(0.01, ("web_events", "messages", "orders", "order_lines", "tickets")),
    ),
    Dose(deliveries.RESTATED_ORDERS, NEVER, {"orders": 0.005}),
    Dose(
        deliveries.LATE_ROWS,
        _all(0.003, ("orders", "order_lines", "messages", "tickets", "feedback")),
        _all(0.02, ("orders", "order_lines", "messages", "tickets", "feedback")),
    ),
    Dose(deliveries.LATE_EVENTS, {"web_events": 0.003}, {"web_events": 0.02}),
    Dose(trade.TEST_ORDERS, {"orders": 0.0003}, {"orders": 0.002}),
    Dose(trade.ZERO_PRICES, {"order_lines": 0.0005}, {"order_lines": 0.003}),
    Dose(trade.NEGATIVE_QUANTITIES, {"order_lines": 0.0005}, {"order_lines": 0.003}),
    Dose(trade.EARLY_RETURNED_ORDERS, {"orders": 0.01}, {"orders": 0.03}),
    Dose(trade.EARLY_RETURNED_LINES, {"order_lines": 0.01}, {"order_lines": 0.03}),
    Dose(trade.ORPHAN_LINES, NEVER, {"order_lines": 0.002}),
    Dose(trade.UNKNOWN_CURRENCIES, NEVER, {"orders": 0.002}),
    Dose(
        spellings.MIXED_CASE,
        {"orders": 0.01, "messages": 0.002, "feedback": 0.01},
        _all(0.05, ("orders", "messages", "feedback")),
    ),
    Dose(spellings.BLANKS_AROUND_WORDS, _all(0.002), _all(0.01)),
    Dose(spellings.BLANKS_AROUND_KEYS, _all(0.0005), _all(0.005)),
    Dose(spellings.EMPTY_FOR_NULL_WORDS, _all(0.005), _all(0.02)),
    Dose(spellings.EMPTY_FOR_NULL_TEXTS, _all(0.005), _all(0.02)),
    Dose(spellings.VERY_LONG_TEXTS, NEVER, _all(0.0005)),
    Dose(spellings.CONTROL_CHARACTERS, NEVER, _all(0.001)),
    Dose(spellings.NORMAL_FORMS, NEVER, _all(0.002)),
    Dose(spellings.RIGHT_TO_LEFT_TEXTS, NEVER, _all(0.001)),
    Dose(notations.DECIMAL_COMMAS, NEVER, _all(0.005)),
    Dose(notations.CURRENCY_SIGNS, NEVER, _all(0.005)),
    Dose(notations.EPOCHS, NEVER, _all(0.005)),
    Dose(notations.OFFSET_TIMES, NEVER, _all(0.005)),
    Dose(unreadable.WORDS_AS_NUMBERS, NEVER, _all(0.003)),
    Dose(unreadable.NUMBERS_BEYOND_RANGE, NEVER, _all(0.001)),
    Dose(unreadable.IMPOSSIBLE_DATES, NEVER, _all(0.003)),
    Dose(unreadable.FUTURE_DATES, NEVER, _all(0.002)),
    Dose(unreadable.EMPTY_REQUIRED, NEVER, _all(0.003)),
    Dose(
        unreadable.NO_REFERENCE,
        _all(0.0003, FEEDS_OF_CUSTOMERS),
        _all(0.002, FEEDS_OF_CUSTOMERS),
    ),
    Dose(
        unreadable.UNKNOWN_STATUS,
        _all(0.0003, ("orders", "messages", "feedback")),
        _all(0.003, ("orders", "messages", "feedback")),
    ),
)


@dataclass(frozen=True)
class Aim:
    """A kind aimed at a column, or at whole rows (no column), and its share of the rows."""

    kind: Kind
    column: str
    share: float


def aims(feed: str, columns: list[str], dirt: Dirt) -> Iterator[Aim]:
    """Yield what falls on a feed with these columns; a kind's share is split over its columns."""
    for dose in DOSES:
        share = dose.shares(dirt).get(feed, 0.0)
        role = dose.kind.role
        targets = ("",) if role is None else COLUMNS[role].get(feed, ())
        present = [column for column in targets if dose.kind.is_at_home(columns, column)]
        if share:
            yield from (Aim(dose.kind, column, share / len(present)) for column in present)
