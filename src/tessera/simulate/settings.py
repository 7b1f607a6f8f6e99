"""What a simulated shop is asked to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

TRUTH_MARK = "written_by_tessera_simulate"
"""A file in the truth of a simulated shop, by which its folder is known."""

LARGEST_SHOP = 20_000_000
LONGEST_HISTORY = 120


class Dirt(StrEnum):
    """How badly the feeds are kept: not at all, as in a real company, or worse than that."""

    NONE = "none"
    REALISTIC = "realistic"
    HEAVY = "heavy"


class Format(StrEnum):
    """How the shop is written: as the thirteen feeds, or as the exports of its vendors."""

    FEEDS = "feeds"
    VENDORS = "vendors"


class SettingsError(ValueError):
    """A shop that cannot be simulated; the message names the setting, its value and the mend."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The arguments of a simulation. Equal settings give equal bytes.

    Attributes
    ----------
    customers
        How many people there are, prospects who never buy included.
    months
        Length of the history that the feeds show, in calendar months.
    seed
        Seed of every random draw.
    as_of
        The day the history ends, exclusive: midnight UTC.
    dirt
        How badly the feeds are kept.
    format
        Feeds, or vendors' exports, which know no dirt: their quirks are the dirt.
    """

    customers: int = 5_000
    months: int = 24
    seed: int = 7
    as_of: date = date(2026, 1, 1)
    dirt: Dirt = Dirt.REALISTIC
    format: Format = Format.FEEDS

    def __post_init__(self) -> None:
        """Refuse what cannot be simulated."""
        _require_between("customers", self.customers, 1, LARGEST_SHOP)
        _require_between("months", self.months, 1, LONGEST_HISTORY)
        _require_between("seed", self.seed, 0, 2**32 - 1)
        _require_between("as_of, its year", self.as_of.year, 2000, 2100)
        if self.format is Format.VENDORS and self.dirt is not Dirt.NONE:
            raise SettingsError(
                f"vendors' exports are written clean, their own quirks are the dirt: "
                f"dirt must be none; got: {self.dirt.value}"
            )


def _require_between(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise SettingsError(f"{name} must lie between {low:,} and {high:,}; got: {value:,}")
