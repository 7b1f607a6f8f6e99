"""Who is who: the person behind every contact, e-mail address, phone and account of the feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.crm.contacts import filed_contact_emails
from tessera.simulate.crm.dirt import contact_records
from tessera.simulate.crm.records import KINDS, NOBODY
from tessera.simulate.crm.versions import contact_versions
from tessera.simulate.references import accounts, emails, phones
from tessera.simulate.rows import times, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.world import Block

CONTACTS, SHOP = "contacts", "shop"
"""Where an identifier comes from: the contacts feed, or what people say of themselves in orders,
visits, tickets and feedback."""


def contact_truth(block: Block) -> pa.Table:
    """Return one row per contact: contact_id, person (NULL for tests) and kind."""
    records = contact_records(block)
    return pa.table(
        {
            "contact_id": records.card["contact_id"],
            "person": _numbers(block, records.person),
            "kind": words(KINDS, records.kind),
        }
    ).combine_chunks()


def identifier_truth(block: Block) -> pa.Table:
    """Return one row per person, source and identifier that can be met before as_of.

    Returns
    -------
    pa.Table
        person (NULL for test contacts), source (CONTACTS or SHOP), identifier_type,
        identifier_value, valid_from, is_shared: whether several people go by it.
    """
    found = pa.concat_tables([*_in_contacts(block), *_in_shop(block)])
    keys = ["person", "source", "identifier_type", "identifier_value"]
    first = found.group_by(keys, use_threads=False).aggregate([("day", "min")])
    valid_from = times(block.world.calendar, first["day_min"].to_numpy())
    table = first.select(keys).append_column("valid_from", valid_from)
    return table.append_column("is_shared", pa.array(_is_shared(table))).combine_chunks()


def _in_contacts(block: Block) -> list[pa.Table]:
    versions = contact_versions(block)
    records, record = versions.records, pa.array(versions.record)
    phone = records.card["phone"].take(record).combine_chunks()
    email = filed_contact_emails(block, versions)
    ids = records.card["contact_id"].combine_chunks()
    return [
        _found(block, CONTACTS, "contact_id", ids, records.person, records.created_day),
        _found(block, CONTACTS, "email", email, versions.person, versions.day),
        _found(block, CONTACTS, "phone", phone, versions.person, versions.day),
    ]


def _in_shop(block: Block) -> list[pa.Table]:
    person, shown = np.arange(len(block.people)), block.world.calendar.observed_days
    joined, later = block.people.joined_day, block.identities.later_email_day
    opened = block.identities.account_day
    renamed, members = np.flatnonzero(later < shown), np.flatnonzero(opened < shown)
    first = np.flatnonzero(joined < later)
    account = accounts(block, members, opened[members])
    return [
        _found(block, SHOP, "email", emails(block, first, joined[first]), first, joined[first]),
        _found(
            block, SHOP, "email", emails(block, renamed, later[renamed]), renamed, later[renamed]
        ),
        _found(block, SHOP, "phone", phones(block, person), person, joined),
        _found(block, SHOP, "customer_ref", account, members, opened[members]),
        _found(block, SHOP, "user_ref", account, members, opened[members]),
    ]


def _found(
    block: Block,
    source: str,
    identifier_type: str,
    value: pa.Array,
    person: NDArray[np.int64],
    day: NDArray[np.float64],
) -> pa.Table:
    """Return identifiers found on rows, NULLs left out."""
    count = len(person)
    table = pa.table(
        {
            "person": _numbers(block, person),
            "source": pa.repeat(source, count),
            "identifier_type": pa.repeat(identifier_type, count),
            "identifier_value": value,
            "day": pa.array(day),
        }
    )
    return table.filter(pc.is_valid(value))


def _numbers(block: Block, person: NDArray[np.int64]) -> pa.Array:
    """Return the numbers of persons over the whole shop, NULL for nobody."""
    number = block.people.number[np.maximum(person, 0)]
    return pa.array(number, mask=person == NOBODY)


def _is_shared(table: pa.Table) -> NDArray[np.bool_]:
    """Return which identifiers stand for several people, or for nobody, shape (rows,)."""
    spelled = pc.binary_join_element_wise(table["identifier_type"], table["identifier_value"], " ")
    code = pc.dictionary_encode(spelled.combine_chunks()).indices.to_numpy().astype(np.int64)
    person = pc.fill_null(table["person"], NOBODY).to_numpy() + 1
    pairs = np.unique(np.stack([code, person], axis=1), axis=0)
    people = np.bincount(pairs[:, 0], minlength=1)
    return np.asarray((people[code] > 1) | (person == 0))
