"""Who is assigned to which arm of a campaign, and who stays because of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.campaigns import CONTROL
from tessera.simulate.people import RECOVERABLE_CAUSES
from tessera.simulate.personas import typical

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.calendar import Calendar
    from tessera.simulate.campaigns import Campaign
    from tessera.simulate.identities import Identities
    from tessera.simulate.lifetimes import Lifetimes
    from tessera.simulate.people import People

LOST_SHARE_WHEN_BROKEN = 0.6


@dataclass(frozen=True)
class Assignments:
    """The people of one campaign, arrays of shape (assigned,).

    Attributes
    ----------
    campaign
        The campaign.
    person
        Index into the people, ascending.
    arm
        Index of the campaign's arms.
    day
        When they were assigned.
    could_stay
        Whether their interest is fading and can be won back.
    is_retained
        Whether it is, because of the campaign.
    """

    campaign: Campaign
    person: NDArray[np.int64]
    arm: NDArray[np.int64]
    day: float
    could_stay: NDArray[np.bool_]
    is_retained: NDArray[np.bool_]

    @property
    def is_sent(self) -> NDArray[np.bool_]:
        """Who gets what the campaign sends, whether or not it does anything to them."""
        return np.asarray(self.arm != self.campaign.arms.index(CONTROL))

    @property
    def strength(self) -> NDArray[np.float64]:
        """What their arm does to a persuadable person."""
        return np.array(self.campaign.strengths)[self.arm]


def assign(
    rng: np.random.Generator,
    calendar: Calendar,
    campaign: Campaign,
    people: People,
    identities: Identities,
    lifetimes: Lifetimes,
) -> Assignments:
    """Assign everybody whom the campaign can reach to an arm, by chance."""
    day = campaign.starts_day(calendar)
    person = np.flatnonzero(_is_reached(campaign, identities, people, day))
    arm = rng.choice(len(campaign.arms), len(person), p=campaign.shares)
    if campaign.is_broken:
        is_active = people.of("rate", person, day) > np.median(people.rate)
        is_lost = (arm == len(campaign.arms) - 1) & is_active
        kept = ~(is_lost & (rng.random(len(person)) < LOST_SHARE_WHEN_BROKEN))
        person, arm = person[kept], arm[kept]
    could_stay = _could_stay(people, lifetimes, person, day)
    is_treated = np.array(campaign.strengths)[arm] > 0
    stays = could_stay & is_treated & (rng.random(len(person)) < campaign.retention)
    return Assignments(campaign, person, arm, day, could_stay, stays)


def is_persuadable(
    people: People, person: NDArray[np.int64], day: NDArray[np.float64] | float
) -> NDArray[np.bool_]:
    """Return who can be won by an offer: their own response lies below their persona's share."""
    return people.response[person] < typical("persuadable", people.of("persona", person, day))


def is_annoyed(
    people: People, person: NDArray[np.int64], day: NDArray[np.float64] | float
) -> NDArray[np.bool_]:
    """Return who buys less for being written to: do not disturb."""
    return people.response[person] > 1 - typical("fatigue", people.of("persona", person, day))


def _is_reached(
    campaign: Campaign, identities: Identities, people: People, day: float
) -> NDArray[np.bool_]:
    if campaign.channel == "sms":
        reached = (identities.sms_consent_day < day) & (identities.sms_withdrawn_day > day)
    elif campaign.channel == "email":
        reached = (identities.email_consent_day < day) & (identities.email_withdrawn_day > day)
    else:
        reached = identities.contact_day < day
    return reached & ~people.is_prospect & (people.joined_day < day)


def _could_stay(
    people: People, lifetimes: Lifetimes, person: NDArray[np.int64], day: float
) -> NDArray[np.bool_]:
    """Return who is about to leave for the first time, for a reason that an offer can answer."""
    is_leaving = (lifetimes.decline_day[person] < day) & (lifetimes.churn_day[person] > day)
    is_first = ~np.isfinite(lifetimes.renewed_day[person])
    is_open = people.cause[person] < RECOVERABLE_CAUSES
    return is_leaving & is_first & is_open & is_persuadable(people, person, day)
