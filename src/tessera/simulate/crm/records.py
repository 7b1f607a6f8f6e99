"""Which contacts the CRM keeps, and what was typed into each: one a person, or what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.people import COUNTRIES
from tessera.simulate.profiles import GENDERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.world import Block

KINDS = ("main", "duplicate", "merged", "role", "test")
MAIN, DUPLICATE, MERGED, ROLE, TEST = range(5)
NOBODY = -1
"""The person of a test contact."""

ADDRESS = ("street", "postcode", "city")
LATER_ADDRESS = ("later_street", "later_postcode", "later_city")


@dataclass(frozen=True)
class ContactRecords:
    """Contacts that exist before as_of, arrays of shape (contacts,). Times are days; inf is never.

    Attributes
    ----------
    person
        Index into the people, or NOBODY.
    kind
        Index of ``KINDS``.
    created_day, merged_day
        When it was created, and when it was merged into the person's main contact.
    card
        What is written on it: contact_id, first_name, last_name, gender, birth_date, phone,
        country; email and later_email, street and later_street and so on: what it says before
        and after the CRM learned of a change.
    """

    person: NDArray[np.int64]
    kind: NDArray[np.int8]
    created_day: NDArray[np.float64]
    merged_day: NDArray[np.float64]
    card: pa.Table

    def __len__(self) -> int:
        """Count the contacts."""
        return len(self.person)

    def where(self, mask: NDArray[np.bool_]) -> ContactRecords:
        """Return the contacts that a mask, shape (contacts,), keeps."""
        return ContactRecords(
            self.person[mask],
            self.kind[mask],
            self.created_day[mask],
            self.merged_day[mask],
            self.card.filter(pa.array(mask)),
        )


def together(parts: list[ContactRecords]) -> ContactRecords:
    """Return the contacts of all parts, one part after the other."""
    return ContactRecords(
        np.concatenate([part.person for part in parts]),
        np.concatenate([part.kind for part in parts]),
        np.concatenate([part.created_day for part in parts]),
        np.concatenate([part.merged_day for part in parts]),
        pa.concat_tables([part.card for part in parts]).combine_chunks(),
    )


def main_records(block: Block) -> ContactRecords:
    """Return the contact of each person who has one by as_of, with what is true of them."""
    created = block.identities.contact_day
    person = np.flatnonzero(created < block.world.calendar.observed_days)
    ids = block.identities.contact.take(pa.array(person))
    return ContactRecords(
        person,
        np.full(len(person), MAIN, np.int8),
        created[person],
        np.full(len(person), np.inf),
        true_card(block, person, ids),
    )


def true_card(block: Block, person: NDArray[np.int64], ids: pa.StringArray) -> pa.Table:
    """Return cards on which everything is right, shape (person,)."""
    profiles, count = block.profiles, len(block.people)
    rows = pa.array(person)
    first, later = profiles.addresses.take(rows), profiles.addresses.take(pa.array(person + count))
    owner = pa.array(block.identities.email_owner[person])
    return pa.table(
        {
            "contact_id": ids,
            "first_name": profiles.first_name.take(rows),
            "last_name": profiles.last_name.take(rows),
            "gender": pa.array(GENDERS).take(pa.array(profiles.gender[person])),
            "birth_date": pa.array(profiles.birth_date[person], pa.date32()),
            "country": pa.array(COUNTRIES).take(pa.array(block.people.country[person])),
            "phone": profiles.phone.take(rows),
            "email": profiles.emails.take(owner),
            "later_email": profiles.emails.take(pa.array(person + count)),
            **{name: first[name] for name in ADDRESS},
            **{name: later[name.removeprefix("later_")] for name in LATER_ADDRESS},
        }
    )


def rewritten(card: pa.Table, **columns: pa.Array) -> pa.Table:
    """Return the cards with some columns written anew."""
    for name, values in columns.items():
        card = card.set_column(card.column_names.index(name), name, values)
    return card


def blanked(card: pa.Table, mask: NDArray[np.bool_], *names: str) -> pa.Table:
    """Return the cards with some columns left empty where the mask, shape (cards,), says so."""
    keeps = pa.array(~mask)
    return rewritten(card, **{name: pc.if_else(keeps, card[name], None) for name in names})
