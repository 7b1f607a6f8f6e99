"""The messages feed: what became of each message, one row per event.

Whether a message is opened follows the person's engagement, which falls while interest fades:
messages tell of the end before orders do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tessera.simulate.assignments import is_annoyed
from tessera.simulate.ids import spell_ids
from tessera.simulate.mailings import CHANNELS, EMAIL, SMS, draw_mailings, is_to_dead_box
from tessera.simulate.people import HOUR_SPREAD
from tessera.simulate.references import filed_emails
from tessera.simulate.rows import coded, times, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.mailings import Mailings
    from tessera.simulate.world import Block

EVENTS = ("sent", "delivered", "bounced", "opened", "clicked", "complained", "unsubscribed")
SENT, DELIVERED, BOUNCED, OPENED, CLICKED, COMPLAINED, UNSUBSCRIBED = range(7)

SOFT_BOUNCES = (0.006, 0.015)
"""Share of messages that bounce by bad luck, by channel."""

ANNOYED_OPENS = 0.6
OLD_BOX_OPENS = 0.3
SMS_CLICKS = 1.1
"""Factors of the chance to open, for people not to be disturbed and for mail to a box that they
left; and of the chance to click, for texts."""

COMPLAINTS, ANNOYED_COMPLAINTS = 0.04, 0.35
"""Share of those who end their consent by a complaint."""

FAREWELL_DAYS = 31.0
"""Who withdraws consent later than that after the last message does so elsewhere."""

SECOND = 1 / 86_400
DELIVERY_DAYS, LATEST_DELIVERY_DAYS = 40 * SECOND, 1_200 * SECOND
WAIT_HOURS, WAIT_DAYS = 2.0, 0.6
"""Mean wait of those who open at once, and of those who open at their favourite hour."""

CLICK_DAYS = 2 / 1_440
LOADED_WITHIN_DAYS = 15 / 1_440

Events = tuple[int, "NDArray[np.int64]", "NDArray[np.float64]"]
"""Event, messages, times."""


def messages(block: Block) -> pa.Table:
    """Return the message events before as_of, by time."""
    rng = block.stream("messages")
    mailings = draw_mailings(rng, block)
    events = _events(rng, block, mailings)
    sizes = [len(message) for _, message, _ in events]
    event = np.repeat(np.array([code for code, _, _ in events], np.int8), sizes)
    message = np.concatenate([message for _, message, _ in events])
    day = np.concatenate([day for _, _, day in events])
    shown = np.flatnonzero(day < block.world.calendar.observed_days)
    order = shown[np.argsort(day[shown], kind="stable")]
    return _table(rng, block, mailings, event[order], message[order], day[order])


def _events(rng: np.random.Generator, block: Block, mailings: Mailings) -> list[Events]:
    """Draw what becomes of the messages."""
    count, channel = len(mailings), mailings.channel
    bounces = is_to_dead_box(block, mailings)
    bounces |= rng.random(count) < np.array(SOFT_BOUNCES)[channel]
    arrived = np.flatnonzero(~bounces)
    arrives = mailings.day + rng.exponential(DELIVERY_DAYS, count).clip(
        SECOND, LATEST_DELIVERY_DAYS
    )
    opens, clicks = _reactions(rng, block, mailings, arrived)
    opened = arrived[opens]
    opens_at = _opening_days(rng, block, mailings.person[opened], arrives[opened])
    click_waits = SECOND + rng.exponential(CLICK_DAYS, len(arrived))
    reads_at = arrives.copy()
    reads_at[opened] = opens_at
    clicked = arrived[clicks]
    return [
        (SENT, np.arange(count), mailings.day),
        (DELIVERED, arrived, arrives[arrived]),
        (BOUNCED, np.flatnonzero(bounces), arrives[bounces]),
        (OPENED, opened, opens_at),
        (CLICKED, clicked, reads_at[clicked] + click_waits[clicks]),
        *_farewells(rng, block, mailings, bounces),
    ]


def _reactions(
    rng: np.random.Generator, block: Block, mailings: Mailings, arrived: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Draw which of the messages that arrived are opened, and clicked."""
    people, person, day = block.people, mailings.person[arrived], mailings.day[arrived]
    is_email = mailings.channel[arrived] == EMAIL
    engagement = block.lifetimes.engagement(person, day)
    chance = people.of("opens", person, day) * engagement
    chance *= np.where(is_annoyed(people, person, day), ANNOYED_OPENS, 1.0)
    is_left = (day >= block.identities.later_email_day[person]) & (
        day < block.profiles.email_known_day[person]
    )
    chance *= np.where(is_left, OLD_BOX_OPENS, 1.0)
    opens = is_email & (rng.random(len(arrived)) < chance)
    chance = people.of("clicks", person, day) * engagement
    chance *= np.where(is_email, 1.0, SMS_CLICKS)
    clicks = (opens | ~is_email) & (rng.random(len(arrived)) < chance)
    return opens, clicks


def _opening_days(
    rng: np.random.Generator,
    block: Block,
    person: NDArray[np.int64],
    arrives: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Draw when messages are opened: half at once, half at the hour at which the person shops."""
    count = len(person)
    at_once = arrives + SECOND + rng.exponential(WAIT_HOURS / 24, count)
    peak = block.people.of("peak_hour", person, arrives)
    hour = np.mod(peak + rng.normal(0, HOUR_SPREAD, count), 24)
    habitual = np.floor(arrives) + np.floor(rng.exponential(WAIT_DAYS, count)) + hour / 24
    habitual += habitual < arrives + SECOND
    return np.where(rng.random(count) < 0.5, at_once, habitual)  # noqa: PLR2004 - half


def _farewells(
    rng: np.random.Generator, block: Block, mailings: Mailings, bounces: NDArray[np.bool_]
) -> list[Events]:
    """Return how consent ends: by an answer to the last message, if it arrived, and lately."""
    identities = block.identities
    farewells: list[Events] = []
    for channel, withdrawn_day in (
        (EMAIL, identities.email_withdrawn_day),
        (SMS, identities.sms_withdrawn_day),
    ):
        mine = np.flatnonzero(mailings.channel == channel)
        person = mailings.person[mine]
        last = mine[np.append(person[1:] != person[:-1], np.ones(min(len(mine), 1), bool))]
        day = withdrawn_day[mailings.person[last]]
        answers = ~bounces[last] & (day - mailings.day[last] < FAREWELL_DAYS)
        last, day = last[answers], day[answers]
        farewells.append((UNSUBSCRIBED, last, day))
        if channel == EMAIL:
            annoyed = is_annoyed(block.people, mailings.person[last], day)
            share = np.where(annoyed, ANNOYED_COMPLAINTS, COMPLAINTS)
            complains = rng.random(len(last)) < share
            farewells.append((COMPLAINED, last[complains], day[complains] - SECOND))
    return farewells


def _table(
    rng: np.random.Generator,
    block: Block,
    mailings: Mailings,
    event: NDArray[np.int8],
    message: NDArray[np.int64],
    day: NDArray[np.float64],
) -> pa.Table:
    """Spell the events."""
    calendar, person = block.world.calendar, mailings.person[message]
    channel = mailings.channel[message]
    email = filed_emails(block, person, mailings.day[message])
    lag = rng.uniform(0, LOADED_WITHIN_DAYS, len(day))
    loaded = np.minimum(day + lag, calendar.observed_days - SECOND / 2)
    return pa.table(
        {
            "message_event_id": spell_ids("M", block.number, len(day)),
            "occurred_at": times(calendar, day),
            "channel": words(CHANNELS, channel),
            "event": words(EVENTS, event),
            "email": coded(block.profiles.emails, np.where(channel == EMAIL, email, -1)),
            "phone": block.profiles.phone.take(pa.array(person, mask=channel == EMAIL)),
            "contact_id": coded(block.identities.contact, person),
            "campaign_id": coded(mailings.campaigns, mailings.campaign[message]),
            "recorded_at": times(calendar, loaded),
        }
    )
