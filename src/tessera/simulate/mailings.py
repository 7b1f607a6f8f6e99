"""Who is written to, when and why: mailings, campaigns, and a word after each order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tessera.simulate.calendar import BURN_IN_DAYS
from tessera.simulate.fulfilment import CANCELLED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.assignments import Assignments
    from tessera.simulate.world import Block

CHANNELS = ("email", "sms")
EMAIL, SMS = range(2)

MONTHLY = {
    "newsletter": (EMAIL, 4 + 9 / 24),
    "offers": (EMAIL, 18 + 16 / 24),
    "text_news": (SMS, 11 + 12 / 24),
}
"""Channel of each mailing, and days after the first of the month, with the hour, at which it
begins."""

SENDING_DAYS = 0.08
"""A mailing takes two hours."""

FOLLOW_UP = "order_follow_up"
FOLLOW_UP_DAYS = (0.5, 2.0)

LIST_DAYS = 0.02
"""The list of who may be written to is half an hour old."""


@dataclass(frozen=True)
class Mailings:
    """Messages sent before as_of, by person and time; arrays of shape (messages,).

    Attributes
    ----------
    campaigns
        Every campaign_id once.
    person, day
        To whom and when.
    channel
        Index of ``CHANNELS``.
    campaign
        Index of ``campaigns``.
    """

    campaigns: pa.StringArray
    person: NDArray[np.int64]
    day: NDArray[np.float64]
    channel: NDArray[np.int8]
    campaign: NDArray[np.int64]

    def __len__(self) -> int:
        """Count the messages."""
        return len(self.person)

    def take(self, rows: NDArray[np.int64]) -> Mailings:
        """Return the messages at some places."""
        return Mailings(
            self.campaigns,
            self.person[rows],
            self.day[rows],
            self.channel[rows],
            self.campaign[rows],
        )


Wave = tuple[str, int, "NDArray[np.int64]", "NDArray[np.float64]"]
"""Campaign, channel, persons, times."""


def draw_mailings(rng: np.random.Generator, block: Block) -> Mailings:
    """Draw every message that is sent; nobody is written to without consent."""
    waves = [
        *_monthly(rng, block),
        *(_campaign(rng, each) for each in block.assignments if each.campaign.channel in CHANNELS),
        _follow_ups(rng, block),
    ]
    sizes = [len(person) for _, _, person, _ in waves]
    mailings = Mailings(
        pa.array([campaign for campaign, _, _, _ in waves]),
        np.concatenate([person for _, _, person, _ in waves]),
        np.concatenate([day for _, _, _, day in waves]),
        np.repeat(np.array([channel for _, channel, _, _ in waves], np.int8), sizes),
        np.repeat(np.arange(len(waves)), sizes),
    )
    mailings = mailings.take(np.flatnonzero(_is_allowed(block, mailings)))
    mailings = mailings.take(np.lexsort((mailings.day, mailings.person)))
    return _without_dead_boxes(block, mailings)


def is_to_dead_box(block: Block, mailings: Mailings) -> NDArray[np.bool_]:
    """Return which messages go to a mailbox that takes no more mail, shape (messages,)."""
    profiles, person, day = block.profiles, mailings.person, mailings.day
    owner = block.identities.email_owner[person]
    is_old = day < profiles.email_known_day[person]
    is_closed = day >= profiles.mailbox_closes_day[owner]
    return np.asarray((mailings.channel == EMAIL) & is_old & is_closed)


def _monthly(rng: np.random.Generator, block: Block) -> list[Wave]:
    """Return the mailings of each month to everybody; who may not be written to falls out later."""
    calendar, waves = block.world.calendar, []
    consents = (block.identities.email_consent_day, block.identities.sms_consent_day)
    subscribed = [np.flatnonzero(given < calendar.observed_days) for given in consents]
    days = calendar.dates[BURN_IN_DAYS : BURN_IN_DAYS + calendar.observed_days]
    for month in np.unique(days.astype("datetime64[M]")):
        first = float((month.astype("datetime64[D]") - days[0]).astype(np.int64))
        for name, (channel, starts) in MONTHLY.items():
            campaign, person = f"{name}_{str(month).replace('-', '_')}", subscribed[channel]
            day = first + starts + rng.uniform(0, SENDING_DAYS, len(person))
            waves.append((campaign, channel, person, day))
    return waves


def _campaign(rng: np.random.Generator, assignments: Assignments) -> Wave:
    """Return the message of a campaign to everybody outside the control group."""
    campaign, person = assignments.campaign, assignments.person[assignments.is_sent]
    day = assignments.day + rng.uniform(LIST_DAYS, SENDING_DAYS, len(person))
    return campaign.campaign_id, CHANNELS.index(campaign.channel), person, day


def _follow_ups(rng: np.random.Generator, block: Block) -> Wave:
    """Return a message some time after each order that was not cancelled."""
    kept = block.fulfilment.fate != CANCELLED
    person, day = block.baskets.person[kept], block.baskets.day[kept]
    return FOLLOW_UP, EMAIL, person, day + rng.uniform(*FOLLOW_UP_DAYS, len(person))


def _is_allowed(block: Block, mailings: Mailings) -> NDArray[np.bool_]:
    """Return which messages lie in the time shown, and between consent and withdrawal."""
    identities, person, day = block.identities, mailings.person, mailings.day
    is_email = mailings.channel == EMAIL
    given = np.where(
        is_email, identities.email_consent_day[person], identities.sms_consent_day[person]
    )
    withdrawn = np.where(
        is_email, identities.email_withdrawn_day[person], identities.sms_withdrawn_day[person]
    )
    is_shown = (day >= 0) & (day < block.world.calendar.observed_days)
    return np.asarray(is_shown & (given <= day - LIST_DAYS) & (day + LIST_DAYS < withdrawn))


def _without_dead_boxes(block: Block, mailings: Mailings) -> Mailings:
    """Return the mailings without those that follow a hard bounce: the sender learns."""
    is_dead = is_to_dead_box(block, mailings)
    emails = np.flatnonzero(mailings.channel == EMAIL)
    dead, person = is_dead[emails], mailings.person[emails]
    repeats = np.zeros(len(mailings), bool)
    repeats[emails[1:]] = dead[1:] & dead[:-1] & (person[1:] == person[:-1])
    return mailings.take(np.flatnonzero(~repeats))
