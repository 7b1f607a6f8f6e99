"""Slips of the finger: letters swapped, dropped, doubled, or hit one key too far.

Only ASCII letters slip, and only behind another: people get the beginning of a word right, and a
word of one letter cannot vanish. The bytes stay valid UTF-8. All strings are changed at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.words.pieces import string_bytes, strings_from_bytes

if TYPE_CHECKING:
    from numpy.typing import NDArray

KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
"""Rows of keys, each shifted by about half a key against the one above."""
SWAP, DROP, DOUBLE, NEIGHBOUR = range(4)
SLIP_SHARES = (0.3, 0.27, 0.13, 0.3)
"""Of swaps, drops, doubles and neighbours. Chosen so that no kind is rare; people differ."""


def misspell(rng: np.random.Generator, strings: pa.Array, share: float) -> pa.Array:
    """Return the strings with exactly one typo planted in about ``share`` of them.

    NULLs stay. A string in which no ASCII letter follows another cannot slip and stays, too.
    """
    slips = (rng.random(len(strings)) < share).astype(np.int64)
    return plant_typos(rng, strings, slips)


def plant_typos(rng: np.random.Generator, strings: pa.Array, slips: NDArray[np.int64]) -> pa.Array:
    """Return the strings with up to ``slips[i]`` typos in string ``i``; two may hit one letter."""
    strings = strings.combine_chunks() if isinstance(strings, pa.ChunkedArray) else strings
    filled = pc.fill_null(strings.cast(pa.string()), "")
    data, offsets = string_bytes(filled)
    may_slip = _may_slip(data, offsets)
    before = np.concatenate([[0], may_slip.cumsum(dtype=np.int64)])[offsets]
    first_letter, letter_count = before[:-1], np.diff(before)
    slips = np.where(letter_count > 0, slips, 0)
    count, start = np.repeat(letter_count, slips), np.repeat(first_letter, slips)
    hits = np.flatnonzero(may_slip)[start + (rng.random(len(count)) * count).astype(np.int64)]
    changed, repeats = _slip(rng, data, may_slip, hits)
    ends = np.concatenate([[0], repeats.cumsum(dtype=np.int64)])
    spelt = strings_from_bytes(np.repeat(changed, repeats), ends[offsets])
    return pc.if_else(pc.is_valid(strings), spelt, None) if strings.null_count else spelt


def _may_slip(data: NDArray[np.uint8], offsets: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which bytes are ASCII letters that follow another within their string."""
    is_letter: NDArray[np.bool_] = _IS_LETTER[data]
    may_slip = is_letter.copy()
    may_slip[1:] &= is_letter[:-1]
    firsts = offsets[:-1]
    may_slip[firsts[firsts < len(data)]] = False
    return may_slip


def _slip(
    rng: np.random.Generator,
    data: NDArray[np.uint8],
    may_slip: NDArray[np.bool_],
    hits: NDArray[np.int64],
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the bytes after swaps and wrong keys, and how often each byte is to be written."""
    changed, repeats = data.copy(), np.ones(len(data), dtype=np.uint8)
    kinds = rng.choice(len(SLIP_SHARES), size=len(hits), p=SLIP_SHARES)
    # Swapping two equal letters would change nothing: one is dropped instead.
    can_swap = may_slip[hits - 1] & (data[hits - 1] != data[hits])
    swaps = hits[(kinds == SWAP) & can_swap]
    changed[swaps], changed[swaps - 1] = data[swaps - 1], data[swaps]
    repeats[hits[(kinds == DROP) | ((kinds == SWAP) & ~can_swap)]] = 0
    repeats[hits[kinds == DOUBLE]] = 2
    wrong = hits[kinds == NEIGHBOUR]
    choice = (rng.random(len(wrong)) * _NEIGHBOUR_COUNT[data[wrong]]).astype(np.int64)
    changed[wrong] = _NEIGHBOURS[data[wrong], choice]
    return changed, repeats


def _neighbours() -> dict[str, str]:
    """Return the keys beside, above and below each key."""
    at = {
        key: (column + 0.5 * row, row)
        for row, keys in enumerate(KEYBOARD)
        for column, key in enumerate(keys)
    }
    return {
        key: "".join(
            other
            for other, (across, down) in at.items()
            if other != key and abs(across - x) <= 1 and abs(down - y) <= 1
        )
        for key, (x, y) in at.items()
    }


def _neighbour_table() -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return the neighbours of each byte, in its own case, and how many they are."""
    table, counts = np.zeros((256, 8), dtype=np.uint8), np.zeros(256, dtype=np.int64)
    for key, others in _neighbours().items():
        for spelt, spelt_others in ((key, others), (key.upper(), others.upper())):
            table[ord(spelt), : len(others)] = np.frombuffer(spelt_others.encode(), dtype=np.uint8)
            counts[ord(spelt)] = len(others)
    return table, counts


_NEIGHBOURS, _NEIGHBOUR_COUNT = _neighbour_table()
_IS_LETTER: NDArray[np.bool_] = _NEIGHBOUR_COUNT > 0
