"""How a person's names are spelled: the e-mail, phone and account a row carries at its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.world import Block


def emails(block: Block, person: NDArray[np.int64], day: NDArray[np.float64]) -> pa.StringArray:
    """Return the e-mail address each person uses at a time, shape (rows,)."""
    is_later = day >= block.identities.later_email_day[person]
    return block.profiles.emails.take(pa.array(_places(block, person, is_later)))


def filed_emails(
    block: Block, person: NDArray[np.int64], day: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return the address that the CRM has of each person at a time: it learns of changes late.

    Returns
    -------
    Places in ``profiles.emails``, shape (rows,).
    """
    return _places(block, person, day >= block.profiles.email_known_day[person])


def phones(block: Block, person: NDArray[np.int64]) -> pa.StringArray:
    """Return each person's phone number, international, NULL where none is known, shape (rows,)."""
    return block.profiles.phone.take(pa.array(person))


def accounts(block: Block, person: NDArray[np.int64], day: NDArray[np.float64]) -> pa.StringArray:
    """Return each person's shop account at a time, NULL before it was opened, shape (rows,)."""
    has_account = day >= block.identities.account_day[person]
    return pc.if_else(pa.array(has_account), block.identities.account.take(pa.array(person)), None)


def _places(
    block: Block, person: NDArray[np.int64], is_later: NDArray[np.bool_]
) -> NDArray[np.int64]:
    return np.where(is_later, person + len(block.people), block.identities.email_owner[person])
