"""The contacts feed: one row per contact and version, as the CRM would export its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tessera.simulate.crm.lifecycle import LEAD, MERGED, STAGES, SUBSCRIBER, last_reviews
from tessera.simulate.crm.records import ADDRESS, MAIN, ROLE, TEST
from tessera.simulate.crm.versions import SECONDS, contact_versions, next_second
from tessera.simulate.rows import times, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.crm.versions import ContactVersions
    from tessera.simulate.world import Block

LOADED_WITHIN_DAYS = 2 / 24
"""The export is written every two hours."""


def contacts(block: Block) -> pa.Table:
    """Return the versions of every contact that begin before as_of, by contact and time."""
    versions = contact_versions(block)
    record = pa.array(versions.record)
    calendar, card = block.world.calendar, versions.records.card
    lag = block.stream("contacts").uniform(0, LOADED_WITHIN_DAYS, len(versions))
    loaded = np.minimum(versions.day + lag, calendar.observed_days - 0.5 / SECONDS)
    created = next_second(versions.records.created_day[versions.record])
    return pa.table(
        {
            "contact_id": card["contact_id"].take(record),
            **_reached_at(block, versions),
            **{name: card[name].take(record) for name in ("first_name", "last_name")},
            **_address(block, versions),
            **{name: card[name].take(record) for name in ("country", "birth_date", "gender")},
            "lifecycle_stage": words(STAGES, stages(block, versions)),
            "created_at": times(calendar, created),
            "updated_at": times(calendar, versions.day),
            **_consents(block, versions),
            **_attributes(versions),
            "recorded_at": times(calendar, loaded),
        }
    ).combine_chunks()


def stages(block: Block, versions: ContactVersions) -> NDArray[np.int8]:
    """Return the stage that each version tells: an index of ``lifecycle.STAGES``."""
    created = versions.records.created_day[versions.record]
    seen = np.maximum(last_reviews(block.world.calendar, versions.day), created)
    person = np.maximum(versions.person, 0)
    by_orders = versions.lifecycle.stages(person, seen)
    is_merged = versions.day >= versions.records.merged_day[versions.record]
    return np.select(
        [versions.kind == MAIN, is_merged, versions.kind == ROLE],
        [by_orders, MERGED, SUBSCRIBER],
        LEAD,
    ).astype(np.int8)


def filed_contact_emails(block: Block, versions: ContactVersions) -> pa.Array:
    """Return the e-mail address that each version has on its card."""
    return _written(block.profiles.email_known_day, versions, "email")


def _reached_at(block: Block, versions: ContactVersions) -> dict[str, pa.Array]:
    return {
        "email": filed_contact_emails(block, versions),
        "phone": versions.records.card["phone"].take(pa.array(versions.record)),
    }


def _address(block: Block, versions: ContactVersions) -> dict[str, pa.Array]:
    known_day = block.profiles.address_known_day
    return {name: _written(known_day, versions, name) for name in ADDRESS}


def _written(known_day: NDArray[np.float64], versions: ContactVersions, name: str) -> pa.Array:
    """Return a column of the card as it reads before or after a change is known."""
    is_later = versions.day >= known_day[np.maximum(versions.person, 0)]
    card = versions.records.card
    both = pa.concat_arrays([card[column].combine_chunks() for column in (name, f"later_{name}")])
    return both.take(pa.array(versions.record + is_later * len(versions.records)))


def _consents(block: Block, versions: ContactVersions) -> dict[str, pa.Array]:
    """Return the consents in force; shared boxes have none, nobody asked the test contacts."""
    identities, day = block.identities, versions.day
    person = np.maximum(versions.person, 0)
    is_personal = (versions.kind != ROLE) & (versions.kind != TEST)
    email = (day >= identities.email_consent_day[person]) & (
        day < identities.email_withdrawn_day[person]
    )
    sms = (day >= identities.sms_consent_day[person]) & (day < identities.sms_withdrawn_day[person])
    return {
        "email_consent": pa.array(email & is_personal),
        "sms_consent": pa.array(sms & is_personal),
    }


def _attributes(versions: ContactVersions) -> dict[str, pa.Array]:
    """Return what the vendor says, on main contacts, from the day it was loaded."""
    person = np.maximum(versions.person, 0)
    is_known = (versions.day >= versions.enrichment.known_day[person]) & (versions.kind == MAIN)
    place = pa.array(np.where(is_known, person, 0), mask=~is_known)
    table = versions.enrichment.table
    return {name: table[name].take(place) for name in table.column_names}
