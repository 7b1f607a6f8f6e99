"""Other ways to write what is on a card: slips, short streets, local phones, second addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.crm.records import rewritten
from tessera.simulate.words.typos import misspell

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tessera.simulate.world import Block

EMAILS = {"plus_tag": 0.3, "later": 0.15, "none": 0.2, "mistyped": 0.08, "same": 0.27}
PLUS_TAGS = ("+shop", "+news", "+order", "+promo")


def with_slips(rng: np.random.Generator, card: pa.Table, share: float) -> pa.Table:
    """Return the cards with one slip in about a share of them."""
    names = ("first_name", "last_name", "street")
    return rewritten(
        card, **{name: misspell(rng, card[name].combine_chunks(), share / 3) for name in names}
    )


def with_short_streets(
    block: Block, person: NDArray[np.int64], card: pa.Table, mask: NDArray[np.bool_]
) -> pa.Table:
    """Return the cards with abbreviated streets where the mask, shape (cards,), says so."""
    is_short = pa.array(mask)
    short = block.profiles.addresses["short_street"]
    first, later = (short.take(pa.array(person + shift)) for shift in (0, len(block.people)))
    return rewritten(
        card,
        street=pc.if_else(is_short, first, card["street"]),
        later_street=pc.if_else(is_short, later, card["later_street"]),
    )


def with_local_phones(
    block: Block, person: NDArray[np.int64], card: pa.Table, mask: NDArray[np.bool_]
) -> pa.Table:
    """Return the cards with phones as people write them where the mask, shape (cards,), says so."""
    local = block.profiles.local_phone.take(pa.array(person))
    return rewritten(card, phone=pc.if_else(pa.array(mask), local, card["phone"]))


def second_emails(rng: np.random.Generator, card: pa.Table, mistyped: pa.StringArray) -> pa.Array:
    """Return the e-mail addresses of duplicates, in one of the ways of ``EMAILS``."""
    count = len(card)
    way = rng.choice(len(EMAILS), count, p=list(EMAILS.values()))
    local, domain = _split(card["email"])
    tag = pa.array(PLUS_TAGS).take(pa.array(rng.integers(0, len(PLUS_TAGS), count)))
    tagged = pc.binary_join_element_wise(local, tag, domain, "")
    nothing = pa.nulls(count, pa.string())
    return pc.choose(pa.array(way), tagged, card["later_email"], nothing, mistyped, card["email"])


def _split(email: pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    """Return the part before the @, and the rest with it."""
    at = pc.split_pattern(email, "@", max_splits=1)
    return pc.list_element(at, 0), pc.binary_join_element_wise("@", pc.list_element(at, 1), "")
