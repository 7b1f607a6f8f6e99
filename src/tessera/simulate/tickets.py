"""The feed tickets: what people ask and complain about, and how well it is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate import references
from tessera.simulate.costs import Support
from tessera.simulate.fulfilment import CANCELLED, PLACES, RETURNED
from tessera.simulate.ids import spell_ids
from tessera.simulate.people import CAUSES
from tessera.simulate.personas import typical
from tessera.simulate.remarks import (
    NEGATIVE,
    Remarks,
    draw_order_topics,
    draw_sentiments,
    draw_topics,
    joined,
    remark_truth,
    say,
    title,
)
from tessera.simulate.rows import repeated, times, words
from tessera.simulate.words import TOPICS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.world import Block

USUAL_TOPICS = {
    "late_delivery": 0.24, "product_question": 0.2, "payment": 0.1, "account": 0.1,
    "website": 0.08, "stock": 0.08, "wrong_item": 0.06, "damaged_item": 0.06, "price": 0.04,
    "praise_service": 0.04,
}  # fmt: skip
RETURN_TOPICS = {
    "return_process": 0.25, "refund": 0.2, "damaged_item": 0.17, "size_or_fit": 0.15,
    "quality": 0.13, "wrong_item": 0.1,
}  # fmt: skip
CANCELLED_TOPICS = {"payment": 0.4, "stock": 0.25, "website": 0.2, "account": 0.15}
AROUND_RETURN = (-2.0, 5.0)
"""Days from the return within which people write about it."""

CAUSE_TOPICS = {
    "price": {"price": 0.7, "competitor": 0.3},
    "service": {"late_delivery": 0.4, "refund": 0.3, "return_process": 0.3},
    "product_quality": {"quality": 0.6, "damaged_item": 0.4},
    "competitor": {"competitor": 1.0},
}
"""What people write when their interest begins to fade, by the cause."""

OF_RETURNS = ("refund", "return_process")
LATELY_DAYS = (3.0, 60.0)
"""Days before interest begins to fade: who sent nothing back then has nothing to say of returns."""

CAUSE_CHANCES = {"price": 0.2, "service": 0.85, "product_quality": 0.6, "competitor": 0.1}
MOODS = np.array([0.25, 0.6, 0.15])
BAD_MOODS = np.array([0.85, 0.15, 0.0])

CHANNELS = ("email", "form", "chat", "phone")
CHANNEL_SHARES = (0.4, 0.25, 0.2, 0.15)
PRIORITIES = ("low", "normal", "high", "urgent")
SCORES = np.array([3.0, 4.8, 5.0])
"""Mean satisfaction by sentiment, of the share that answers."""

ANSWERED_SHARE = 0.45
UNRESOLVED_SHARE = 0.02


@dataclass(frozen=True)
class Answers:
    """The answers to tickets that were resolved before as_of, arrays of shape (answers,).

    Attributes
    ----------
    ticket
        Which ticket.
    day, minutes
        When it was resolved, and how much work it took.
    score
        The customer's satisfaction, 1 to 5; NaN: they did not say.
    """

    ticket: NDArray[np.int64]
    day: NDArray[np.float64]
    minutes: NDArray[np.float64]
    score: NDArray[np.float64]


def tickets(block: Block) -> tuple[pa.Table, pa.Table, Support]:
    """Return the tickets feed, the truth about its texts, and the work that answers took.

    A ticket is delivered when it is opened, and again when it is resolved.
    """
    rng = block.stream("tickets")
    occasions = [about_orders(rng, block), *_about_leaving(rng, block)]
    remarks = joined(occasions).in_time_order(block.world.calendar.observed_days)
    ids = spell_ids("T", block.number, len(remarks))
    body, intent = say(rng, block, "ticket", remarks)
    opened = _opened(rng, block, remarks, ids) | {
        "subject": title(rng, block, remarks, intent),
        "body": body,
    }
    answers = _answers(rng, block, remarks)
    table = pa.concat_tables(
        [_as_opened(opened, block, remarks), _as_resolved(opened, block, answers)]
    )
    truth = remark_truth("tickets", ids, remarks, intent, block.people.number[remarks.person])
    return table, truth, Support(remarks.person[answers.ticket], answers.day, answers.minutes)


def about_orders(rng: np.random.Generator, block: Block) -> Remarks:
    """Draw tickets that follow an order, most often one that went wrong."""
    baskets, fate = block.baskets, block.fulfilment.fate
    chance = typical("tickets_per_order", block.people.of("persona", baskets.person, baskets.day))
    chance = chance + np.select([fate >= RETURNED, fate == CANCELLED], [0.12, 0.1], 0.0)
    order = np.flatnonzero(rng.random(len(baskets)) < chance)
    in_store = block.fulfilment.place[order] == PLACES.index("store")
    tables = (RETURN_TOPICS, CANCELLED_TOPICS, USUAL_TOPICS)
    back, cancelled, usual = (draw_order_topics(rng, each, in_store) for each in tables)
    happened = [fate[order] >= RETURNED, fate[order] == CANCELLED]
    topic = np.select(happened, [back, cancelled], usual).astype(np.int8)
    sentiment = draw_sentiments(rng, "ticket", topic, MOODS)
    day = _days_after_orders(rng, block, order, topic)
    return Remarks(baskets.person[order], day, order, topic, sentiment)


def _days_after_orders(
    rng: np.random.Generator, block: Block, order: NDArray[np.int64], topic: NDArray[np.int8]
) -> NDArray[np.float64]:
    """Draw when people write: some days after the order, or around the day it is sent back.

    Nobody asks for the money, and few ask how it works, before they have sent anything back.
    """
    settled, is_back = block.fulfilment.settled_day[order], block.fulfilment.fate[order] >= RETURNED
    around = settled + rng.uniform(*AROUND_RETURN, len(order))
    after = settled + rng.gamma(2.0, 2.0, len(order))
    later = block.baskets.day[order] + rng.gamma(2.0, 2.0, len(order))
    is_refund = topic == TOPICS.index("refund")
    return np.select([is_back & is_refund, is_back], [after, around], later)


def _about_leaving(rng: np.random.Generator, block: Block) -> list[Remarks]:
    """Draw tickets of people whose interest begins to fade, about what drives them away."""
    people, lives = block.people, block.lifetimes
    decline = np.minimum(lives.warned_day, lives.decline_day)
    sent_back = _sent_back(block, decline)
    remarks = []
    for cause, topics in CAUSE_TOPICS.items():
        is_cause = (people.cause == CAUSES.index(cause)) & ~people.is_prospect
        writes = rng.random(len(people)) < CAUSE_CHANCES[cause]
        person = np.flatnonzero(is_cause & writes)
        topic = draw_topics(rng, topics, len(person))
        waits = np.isin(topic, [TOPICS.index(each) for each in OF_RETURNS])
        topic = np.where(waits & ~sent_back[person], TOPICS.index("late_delivery"), topic)
        sentiment = draw_sentiments(rng, "ticket", topic, BAD_MOODS)
        day = decline[person] + rng.uniform(-3, 5, len(person))
        order = np.full(len(person), -1)
        remarks.append(Remarks(person, day, order, topic, sentiment))
    return remarks


def _sent_back(block: Block, decline: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return who sent something back in the weeks before interest begins to fade."""
    fulfilment, person = block.fulfilment, block.baskets.person
    since = decline[person] - fulfilment.settled_day
    is_lately = (since > LATELY_DAYS[0]) & (since < LATELY_DAYS[1])
    is_lately &= fulfilment.fate >= RETURNED
    return np.bincount(person[is_lately], minlength=len(block.people)) > 0


def _opened(
    rng: np.random.Generator, block: Block, remarks: Remarks, ids: pa.StringArray
) -> dict[str, pa.Array]:
    person, day = remarks.person, remarks.day
    channel = rng.choice(len(CHANNELS), len(remarks), p=CHANNEL_SHARES)
    calls = channel == CHANNELS.index("phone")
    phone = references.phones(block, person)
    by_phone = pc.and_(pa.array(calls), pc.is_valid(phone))
    urgency = np.where(remarks.sentiment == NEGATIVE, 1.4, 0.7) + rng.normal(0, 0.6, len(remarks))
    return {
        "ticket_id": ids,
        "created_at": times(block.world.calendar, day),
        "email": pc.if_else(by_phone, None, references.emails(block, person, day)),
        "phone": pc.if_else(by_phone, phone, None),
        "channel": words(CHANNELS, channel),
        "priority": words(PRIORITIES, np.clip(np.rint(urgency), 0, 3).astype(int)),
    }


def _answers(rng: np.random.Generator, block: Block, remarks: Remarks) -> Answers:
    """Draw how long and how well tickets are answered: bad ones take longer, and please less."""
    count, is_bad = len(remarks), remarks.sentiment == NEGATIVE
    waits = rng.lognormal(np.where(is_bad, 0.6, -0.3), 0.9, count)
    is_stuck = rng.random(count) < UNRESOLVED_SHARE
    day = np.where(is_stuck, np.inf, remarks.day + waits)
    minutes = np.round(rng.lognormal(np.where(is_bad, 3.0, 2.3), 0.6, count), 1)
    score = np.clip(np.rint(SCORES[remarks.sentiment] + rng.normal(0, 0.9, count)), 1, 5)
    score = np.where(rng.random(count) < ANSWERED_SHARE, score, np.nan)
    ticket = np.flatnonzero(day < block.world.calendar.observed_days)
    return Answers(ticket, day[ticket], minutes[ticket], score[ticket])


def _as_opened(opened: dict[str, pa.Array], block: Block, remarks: Remarks) -> pa.Table:
    calendar, count = block.world.calendar, len(remarks)
    return pa.table(
        opened
        | {
            "status": repeated("open", count),
            "resolved_at": times(calendar, np.full(count, np.inf)),
            "satisfaction_score": pa.nulls(count, pa.float64()),
            "handling_minutes": pa.nulls(count, pa.float64()),
            "recorded_at": times(calendar, remarks.day),
        }
    )


def _as_resolved(opened: dict[str, pa.Array], block: Block, answers: Answers) -> pa.Table:
    again = pa.table(opened).take(pa.array(answers.ticket))
    ended = times(block.world.calendar, answers.day)
    return pa.table(
        dict(zip(again.column_names, again.columns, strict=True))
        | {
            "status": repeated("solved", len(answers.ticket)),
            "resolved_at": ended,
            "satisfaction_score": pa.array(answers.score, mask=np.isnan(answers.score)),
            "handling_minutes": answers.minutes,
            "recorded_at": ended,
        }
    )
