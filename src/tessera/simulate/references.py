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
    number = block.people.number[block.identities.email_owner[person]]
    is_later = day >= block.identities.later_email_day[person]
    local = pc.cast(pa.array(number), pa.string())
    return pc.binary_join_element_wise(
        pa.scalar("p"), local, pa.array(np.where(is_later, "b@example.org", "a@example.org")), ""
    )


def phones(block: Block, person: NDArray[np.int64]) -> pa.StringArray:
    """Return each person's phone number, NULL where none is known, shape (rows,)."""
    spelled = pc.cast(pa.array(block.people.number[person] + 10_000_000), pa.string())
    return pc.if_else(pa.array(block.identities.has_phone[person]), spelled, None)


def accounts(block: Block, person: NDArray[np.int64], day: NDArray[np.float64]) -> pa.StringArray:
    """Return each person's shop account at a time, NULL before it was opened, shape (rows,)."""
    has_account = day >= block.identities.account_day[person]
    return pc.if_else(pa.array(has_account), block.identities.account.take(pa.array(person)), None)
