"""How a real CRM departs from one right contact a person: duplicates, shared boxes, slips."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.crm.records import (
    ADDRESS,
    DUPLICATE,
    LATER_ADDRESS,
    MERGED,
    NOBODY,
    ROLE,
    TEST,
    ContactRecords,
    blanked,
    main_records,
    rewritten,
    together,
    true_card,
)
from tessera.simulate.crm.spelling import (
    second_emails,
    with_local_phones,
    with_short_streets,
    with_slips,
)
from tessera.simulate.ids import spell_ids
from tessera.simulate.settings import Dirt

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.world import Block

AMOUNTS = {Dirt.NONE: 0, Dirt.REALISTIC: 1, Dirt.HEAVY: 3}
DUPLICATE_SHARE = 0.07
ROLE_SHARE = 0.005
TEST_SHARE = 0.0005
MERGED_SHARE = 0.35
MERGED_AFTER_DAYS = 200.0

SLIP_SHARE = 0.01
BLANK_SHARE = 0.04
LOCAL_PHONE_SHARE = 0.25
"""Shares of main contacts with a slip in the name, an empty field, a phone in local spelling."""

NICKNAME_SHARE = 0.35
TYPO_SHARE = 0.35
SHORT_STREET_SHARE = 0.4
OLD_ADDRESS_SHARE = 0.5
SECOND_PHONE_SHARE = 0.5
SECOND_BLANK_SHARE = 0.4
"""Shares of duplicates with a nickname, a slip, an abbreviated street, the former address, a phone
in local spelling; and of each of their fields that is empty."""

ROLES = ("info", "office", "family", "team")
ROLE_DOMAIN = "example.org"
ROLE_SIZE = 4
TEST_EMAILS = ("test@example.com", "qa@example.com", "asdf@example.com")
TEST_PHONE = "0000000"


def contact_records(block: Block) -> ContactRecords:
    """Return every contact of a block that exists before as_of, main contacts first."""
    main = main_records(block)
    amount = AMOUNTS[block.world.settings.dirt]
    if not amount:
        return main
    rng = block.stream("contact dirt")
    parts = [
        _slipshod(rng, block, main, amount),
        _duplicates(rng, block, _some(rng, main, DUPLICATE_SHARE * amount)),
        _roles(rng, block, _some(rng, main, ROLE_SHARE * amount)),
        _tests(rng, block, rng.binomial(len(main), TEST_SHARE * amount)),
    ]
    records = _with_ids(block, together(parts), len(main))
    return records.where(records.created_day < block.world.calendar.observed_days)


def _some(rng: np.random.Generator, main: ContactRecords, share: float) -> ContactRecords:
    return main.where(rng.random(len(main)) < share)


def _with_ids(block: Block, records: ContactRecords, main: int) -> ContactRecords:
    """Return the contacts with ids of their own for those that are not main."""
    count = len(records) - main
    others = spell_ids("C", block.number, count, first=len(block.people))
    own = records.card["contact_id"].combine_chunks()[:main]
    card = rewritten(records.card, contact_id=pa.concat_arrays([own, others]))
    return ContactRecords(
        records.person, records.kind, records.created_day, records.merged_day, card
    )


def _slipshod(
    rng: np.random.Generator, block: Block, main: ContactRecords, amount: int
) -> ContactRecords:
    """Return the main contacts with a few slips, gaps and phones as people write them."""
    card = with_slips(rng, main.card, SLIP_SHARE * amount)
    for names in (("birth_date",), ("gender",), ADDRESS, LATER_ADDRESS):
        card = blanked(card, rng.random(len(main)) < BLANK_SHARE * amount, *names)
    is_local = rng.random(len(main)) < LOCAL_PHONE_SHARE * amount
    card = with_local_phones(block, main.person, card, is_local)
    return ContactRecords(main.person, main.kind, main.created_day, main.merged_day, card)


def _duplicates(rng: np.random.Generator, block: Block, of: ContactRecords) -> ContactRecords:
    """Return second contacts of people, from another channel, some of them merged later."""
    count = len(of)
    created = rng.uniform(of.created_day, block.world.calendar.observed_days)
    merged = created + rng.exponential(MERGED_AFTER_DAYS, count)
    merged = np.where(rng.random(count) < MERGED_SHARE, merged, np.inf)
    kind = np.where(merged < block.world.calendar.observed_days, MERGED, DUPLICATE).astype(np.int8)
    return ContactRecords(of.person, kind, created, merged, _second_cards(rng, block, of, created))


def _second_cards(
    rng: np.random.Generator, block: Block, of: ContactRecords, created: NDArray[np.float64]
) -> pa.Table:
    """Return the cards of duplicates: nicknames, slips, other addresses, gaps."""
    count, person = len(of), of.person
    card = true_card(block, person, of.card["contact_id"].combine_chunks())
    nickname = block.profiles.nickname.take(pa.array(person))
    is_nickname = pa.array(rng.random(count) < NICKNAME_SHARE)
    card = rewritten(card, first_name=pc.if_else(is_nickname, nickname, card["first_name"]))
    card = with_short_streets(block, person, card, rng.random(count) < SHORT_STREET_SHARE)
    card = with_slips(rng, card, TYPO_SHARE)
    owner = pa.array(block.identities.email_owner[person])
    email = second_emails(rng, card, block.profiles.mistyped_emails.take(owner))
    card = rewritten(card, email=email, later_email=email)
    lives_there = created < block.profiles.moves_house_day[person]
    stays_old = pa.array(lives_there | (rng.random(count) < OLD_ADDRESS_SHARE))
    for name, later in zip(ADDRESS, LATER_ADDRESS, strict=True):
        address = pc.if_else(stays_old, card[name], card[later])
        card = rewritten(card, **{name: address, later: address})
    card = with_local_phones(block, person, card, rng.random(count) < SECOND_PHONE_SHARE)
    for names in (("birth_date",), ("gender",), (*ADDRESS, *LATER_ADDRESS), ("phone",)):
        card = blanked(card, rng.random(count) < SECOND_BLANK_SHARE, *names)
    return card


def _roles(rng: np.random.Generator, block: Block, of: ContactRecords) -> ContactRecords:
    """Return contacts under a box that several people read: info@ of a firm, family@ at home."""
    count = len(of)
    group = np.arange(count) // ROLE_SIZE
    role = pa.array(ROLES).take(pa.array(group % len(ROLES)))
    box = pc.cast(pa.array(group + block.number * 10_000), pa.string())
    email = pc.binary_join_element_wise(role, "@", "box", box, "." + ROLE_DOMAIN, "")
    card = true_card(block, of.person, of.card["contact_id"].combine_chunks())
    card = rewritten(card, email=email, later_email=email)
    card = blanked(card, np.ones(count, bool), "phone", "birth_date")
    return ContactRecords(
        of.person,
        np.full(count, ROLE, np.int8),
        rng.uniform(of.created_day, block.world.calendar.observed_days),
        np.full(count, np.inf),
        card,
    )


def _tests(rng: np.random.Generator, block: Block, count: int) -> ContactRecords:
    """Return contacts that the company's own people typed in to try things."""
    card = true_card(block, np.zeros(count, np.int64), pa.array([""] * count, pa.string()))
    email = pa.array(TEST_EMAILS).take(pa.array(rng.integers(0, len(TEST_EMAILS), count)))
    name = pa.array(["Test"] * count, pa.string())
    phone = pa.array([TEST_PHONE] * count, pa.string())
    card = rewritten(card, first_name=name, last_name=name, phone=phone)
    card = rewritten(card, email=email, later_email=email)
    return ContactRecords(
        np.full(count, NOBODY),
        np.full(count, TEST, np.int8),
        rng.uniform(0, block.world.calendar.observed_days, count),
        np.full(count, np.inf),
        blanked(card, np.ones(count, bool), "birth_date", "gender", *ADDRESS, *LATER_ADDRESS),
    )
