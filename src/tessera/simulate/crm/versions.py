"""When each contact changes: creation, a new address, consent, a stage, a merge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.crm.dirt import contact_records
from tessera.simulate.crm.enrichment import draw_enrichment
from tessera.simulate.crm.lifecycle import Lifecycle
from tessera.simulate.crm.records import DUPLICATE, MAIN, MERGED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.crm.enrichment import Enrichment
    from tessera.simulate.crm.records import ContactRecords
    from tessera.simulate.world import Block

SECONDS = 86_400


@dataclass(frozen=True)
class ContactVersions:
    """Versions of contacts that the feeds show, by contact and time, arrays of shape (versions,).

    Attributes
    ----------
    records
        The contacts.
    lifecycle, enrichment
        Where stages and attributes come from.
    record
        Index into ``records``.
    day
        From when the version holds, to the second.
    """

    records: ContactRecords
    lifecycle: Lifecycle
    enrichment: Enrichment
    record: NDArray[np.int64]
    day: NDArray[np.float64]

    def __len__(self) -> int:
        """Count the versions."""
        return len(self.record)

    @property
    def person(self) -> NDArray[np.int64]:
        """Index into the people, or NOBODY."""
        return self.records.person[self.record]

    @property
    def kind(self) -> NDArray[np.int8]:
        """Index of ``records.KINDS``."""
        return self.records.kind[self.record]


def contact_versions(block: Block) -> ContactVersions:
    """Return what the feeds show: everything since the first day, and what held when it began."""
    records = contact_records(block)
    lifecycle = Lifecycle.of(block)
    enrichment = draw_enrichment(block.stream("enrichment"), block)
    main = np.flatnonzero(records.kind == MAIN)
    record, day = lifecycle.changes(records.person[main], records.created_day[main])
    changes = [(main[record], day), *_changes(block, records, enrichment)]
    record = np.concatenate([record for record, _ in changes])
    day = next_second(np.concatenate([day for _, day in changes]))
    record, day = _in_order(block, records, record, day)
    return ContactVersions(records, lifecycle, enrichment, record, day)


def _changes(
    block: Block, records: ContactRecords, enrichment: Enrichment
) -> list[tuple[NDArray[np.int64], NDArray[np.float64]]]:
    """Return the changes of each kind but those of stages: contacts and times, inf for never."""
    identities, profiles, person = block.identities, block.profiles, records.person
    everybody = np.arange(len(records))
    main = np.flatnonzero(records.kind == MAIN)
    personal = np.flatnonzero((records.kind == MAIN) | _is_second(records))
    merged = np.flatnonzero(records.kind == MERGED)
    main_of = np.full(len(block.people), -1)
    main_of[person[main]] = main
    return [
        (everybody, records.created_day),
        (main, profiles.email_known_day[person[main]]),
        (main, profiles.address_known_day[person[main]]),
        (main, enrichment.known_day[person[main]]),
        (personal, identities.email_withdrawn_day[person[personal]]),
        (personal, identities.sms_withdrawn_day[person[personal]]),
        (merged, records.merged_day[merged]),
        (main_of[person[merged]], records.merged_day[merged]),
    ]


def _is_second(records: ContactRecords) -> NDArray[np.bool_]:
    return np.isin(records.kind, (DUPLICATE, MERGED))


def _in_order(
    block: Block, records: ContactRecords, record: NDArray[np.int64], day: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Sort by contact and time, once a second; leave out what is not shown."""
    is_alive = (day >= next_second(records.created_day)[record]) & (
        day <= next_second(records.merged_day)[record]
    )
    is_shown = is_alive & (day < block.world.calendar.observed_days)
    record, day = record[is_shown], day[is_shown]
    order = np.lexsort((day, record))
    record, day = record[order], day[order]
    follows = np.append(record[1:] == record[:-1], False)
    next_day = np.append(day[1:], np.inf)
    is_old = follows & ((next_day < 0) | (next_day == day))
    return record[~is_old], day[~is_old]


def next_second(day: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round up to a whole second, so that what has changed is known when the version begins.

    A quarter of a second is added: a second divided into days and back may come out smaller.
    """
    return (np.ceil(day * SECONDS) + 0.25) / SECONDS
