"""The shop's campaigns: randomised, with hold-outs; one is badly randomised, one does nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tessera.simulate.calendar import Calendar

WINDOW_DAYS = 14
"""A campaign lasts two weeks, and its outcome is whether a person orders in them."""

CONTROL = "control"


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """One campaign.

    Attributes
    ----------
    campaign_id, name, channel, objective, cost_amount
        As in the feed; money in euro.
    place
        When it starts, as a share of the history.
    arms, shares
        Names of its arms and the shares of people assigned to each.
    strengths
        What each arm does to a persuadable person: the chance of an order they would not have
        placed. 0 does nothing.
    retention
        Chance that a persuadable person whose interest is fading is won back.
    is_broken
        Its randomisation has a fault: the most active people of the control group are lost.
    """

    campaign_id: str
    name: str
    channel: str
    objective: str
    cost_amount: float
    place: float
    arms: tuple[str, ...] = ("treated", CONTROL)
    shares: tuple[float, ...] = (0.8, 0.2)
    strengths: tuple[float, ...] = (0.3, 0.0)
    retention: float = 0.0
    is_broken: bool = False

    def starts_day(self, calendar: Calendar) -> float:
        """Return when it starts: a morning, and early enough to end before as_of."""
        latest = calendar.observed_days - WINDOW_DAYS
        return float(max(0, min(round(self.place * calendar.observed_days), latest)) + 8 / 24)

    def ends_day(self, calendar: Calendar) -> float:
        """Return when its window closes."""
        return self.starts_day(calendar) + WINDOW_DAYS - 8 / 24


CAMPAIGNS = (
    Campaign(
        campaign_id="welcome_back", name="Welcome back", channel="email", objective="reactivation",
        cost_amount=2_500, place=0.2,
    ),
    Campaign(
        campaign_id="two_offers", name="Ten or twenty per cent", channel="email",
        objective="revenue", cost_amount=4_000, place=0.35,
        arms=("offer_10", "offer_20", CONTROL), shares=(0.35, 0.35, 0.3),
        strengths=(0.2, 0.4, 0.0),
    ),
    Campaign(
        campaign_id="winter_postcard", name="Winter postcard", channel="mail", objective="brand",
        cost_amount=9_000, place=0.47, shares=(0.7, 0.3), strengths=(0.0, 0.0),
    ),
    Campaign(
        campaign_id="broken_split", name="Spring news", channel="email", objective="revenue",
        cost_amount=3_000, place=0.58, shares=(0.5, 0.5), is_broken=True,
    ),
    Campaign(
        campaign_id="text_flash", name="Weekend flash by text", channel="sms", objective="revenue",
        cost_amount=1_800, place=0.68, strengths=(0.35, 0.0),
    ),
    Campaign(
        campaign_id="stay_with_us", name="Stay with us", channel="email", objective="retention",
        cost_amount=6_000, place=0.8, shares=(0.7, 0.3), strengths=(0.15, 0.0), retention=0.5,
    ),
    Campaign(
        campaign_id="launch_invite", name="Be the first", channel="email", objective="launch",
        cost_amount=5_000, place=0.9, shares=(0.85, 0.15), strengths=(0.25, 0.0),
    ),
)  # fmt: skip
"""What a company plans in two years. Windows overlap only in histories of half a year or less."""
