"""The feed feedback: reviews of what was bought, answers to surveys, mentions in public."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate import references
from tessera.simulate.fulfilment import CANCELLED, PLACES, RETURNED
from tessera.simulate.ids import spell_ids
from tessera.simulate.people import CAUSES
from tessera.simulate.personas import typical
from tessera.simulate.remarks import Remarks, draw_order_topics, draw_sentiments, remark_truth, say
from tessera.simulate.rows import repeated, times

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tessera.simulate.words import Kind
    from tessera.simulate.world import Block

REVIEW_TOPICS = {
    "praise_product": 0.5, "quality": 0.2, "size_or_fit": 0.1, "price": 0.1, "late_delivery": 0.1,
}  # fmt: skip
SURVEY_TOPICS = {
    "praise_service": 0.25, "price": 0.2, "website": 0.15, "late_delivery": 0.15, "stock": 0.1,
    "competitor": 0.1, "return_process": 0.05,
}  # fmt: skip
SOCIAL_TOPICS = {
    "praise_product": 0.35, "late_delivery": 0.2, "price": 0.15, "competitor": 0.15,
    "quality": 0.15,
}  # fmt: skip
BAD_TOPICS = {"quality": 0.4, "late_delivery": 0.3, "price": 0.3}

STARS = np.array([1.7, 3.3, 4.7])
"""Mean rating by sentiment."""

HAPPY = np.array([0.12, 0.2, 0.68])
UNHAPPY = np.array([0.7, 0.2, 0.1])
SURVEY_DAYS = 182
SURVEY_ANSWER_SHARE = 0.1
MENTIONS_PER_YEAR = 0.05


def feedback(block: Block) -> tuple[pa.Table, pa.Table]:
    """Return the feedback feed, one row per remark, and the truth about its texts."""
    drawn: dict[Kind, Callable[[np.random.Generator, Block], Remarks]] = {
        "review": draw_reviews,
        "survey": _answers,
        "social": _mentions,
    }
    tables, truths, first = [], [], 0
    for kind, draw in drawn.items():
        rng = block.stream(kind)
        remarks = draw(rng, block).in_time_order(block.world.calendar.observed_days)
        ids = spell_ids("F", block.number, len(remarks), first)
        first += len(remarks)
        text, intent = say(rng, block, kind, remarks)
        tables.append(_feed(rng, block, kind, remarks, ids, text))
        number = block.people.number[remarks.person]
        truths.append(remark_truth("feedback", ids, remarks, intent, number))
    return pa.concat_tables(tables), pa.concat_tables(truths)


def draw_reviews(rng: np.random.Generator, block: Block) -> Remarks:
    """Draw reviews of orders that were not cancelled."""
    baskets = block.baskets
    chance = typical("reviews_per_order", block.people.of("persona", baskets.person, baskets.day))
    is_kept = block.fulfilment.fate != CANCELLED
    order = np.flatnonzero(is_kept & (rng.random(len(baskets)) < chance))
    day = baskets.day[order] + 4 + rng.gamma(2.0, 5.0, len(order))
    is_bad = block.fulfilment.fate[order] >= RETURNED
    occasion = baskets.person[order], day, order, is_bad
    return _remarks(rng, block, "review", REVIEW_TOPICS, occasion)


def _answers(rng: np.random.Generator, block: Block) -> Remarks:
    """Draw answers to the half-yearly survey, to which the engaged answer more often."""
    identities, persons, days = block.identities, [], []
    for day in np.arange(30.0, block.world.calendar.observed_days, SURVEY_DAYS):
        asked = (identities.email_consent_day < day) & (identities.email_withdrawn_day > day)
        everybody = np.arange(len(block.people))
        engaged = block.lifetimes.engagement(everybody, np.full(len(everybody), day))
        answers = asked & (rng.random(len(asked)) < SURVEY_ANSWER_SHARE * (0.2 + engaged))
        persons.append(np.flatnonzero(answers))
        days.append(day + rng.gamma(1.5, 1.5, int(answers.sum())))
    person = np.concatenate([np.array([], np.int64), *persons])
    day_of = np.concatenate([np.array([]), *days])
    nothing = np.full(len(person), -1), np.zeros(len(person), bool)
    return _remarks(rng, block, "survey", SURVEY_TOPICS, (person, day_of, *nothing))


def _mentions(rng: np.random.Generator, block: Block) -> Remarks:
    """Draw mentions in public by people whose account names them."""
    years = block.world.calendar.observed_days / 365
    count = rng.poisson(MENTIONS_PER_YEAR * years, len(block.people))
    person = np.repeat(np.arange(len(block.people)), count)
    day = rng.uniform(0, block.world.calendar.observed_days, len(person))
    has_account = day >= block.identities.account_day[person]
    person, day = person[has_account], day[has_account]
    nothing = np.full(len(person), -1), np.zeros(len(person), bool)
    return _remarks(rng, block, "social", SOCIAL_TOPICS, (person, day, *nothing))


def _remarks(
    rng: np.random.Generator,
    block: Block,
    kind: Kind,
    topics: dict[str, float],
    occasion: tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64], NDArray[np.bool_]],
) -> Remarks:
    """Draw topics and moods: bad ones for bad orders, and of people who are being driven away."""
    person, day, order, is_bad = occasion
    cause = block.people.cause[person]
    is_driven = cause < CAUSES.index("competitor")
    is_fading = block.lifetimes.is_fading(person, day) & is_driven
    is_unhappy = is_bad | is_fading
    in_store = np.append(block.fulfilment.place, -1)[order] == PLACES.index("store")
    bad, usual = (draw_order_topics(rng, each, in_store) for each in (BAD_TOPICS, topics))
    topic = np.where(is_unhappy, bad, usual)
    moods = np.where(is_unhappy[:, None], UNHAPPY, HAPPY)
    return Remarks(person, day, order, topic, draw_sentiments(rng, kind, topic, moods))


def _feed(
    rng: np.random.Generator,
    block: Block,
    kind: Kind,
    remarks: Remarks,
    ids: pa.StringArray,
    text: pa.StringArray,
) -> pa.Table:
    person, day = remarks.person, remarks.day
    by_account = kind == "social"
    email = references.emails(block, person, day)
    stars = np.rint(STARS[remarks.sentiment] + rng.normal(0, 0.6, len(person)))
    unrated = np.full(len(person), by_account)
    return pa.table(
        {
            "feedback_id": ids,
            "created_at": times(block.world.calendar, day),
            "kind": repeated(kind, len(person)),
            "customer_ref": references.accounts(block, person, day),
            "email": pc.if_else(by_account, None, email),
            "rating": pa.array(np.clip(stars, 1, 5), mask=unrated),
            "text": text,
            "product_id": _products(block, remarks.order),
            "recorded_at": times(block.world.calendar, day + 1 / 1440),
        }
    )


def _products(block: Block, order: NDArray[np.int64]) -> pa.Array:
    """Return the first product of orders; NULL for no order."""
    ids = block.world.catalogue.table["product_id"].combine_chunks()
    return ids.take(pa.array(block.baskets.first_products(order), mask=order < 0))
