"""Ids that tell nothing: rows are numbered, and the numbers scrambled one to one."""

from __future__ import annotations

import zlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

ROWS_PER_BLOCK = 2**23
"""Room for the rows of one kind in one block of people."""

SPACE = 2**43
_ODD = 0x5851F42D4C9
"""Multiplication by an odd number modulo a power of two is a permutation."""


def spell_ids(prefix: str, block: int, count: int, first: int = 0) -> pa.StringArray:
    """Return ids of the rows ``first`` to ``first + count`` of a block, unique over all blocks.

    Each prefix is scrambled in its own way: the ids of one person have nothing in common.

    Examples
    --------
    >>> spell_ids("O", 0, 3).to_pylist()
    ['O1825957220876', 'O7897028120045', 'O5172005997006']
    """
    own = zlib.crc32(prefix.encode())
    rows = np.arange(first, first + count, dtype=np.uint64) + np.uint64(block * ROWS_PER_BLOCK)
    odd = np.uint64(_ODD + 2 * own)
    scrambled = ((rows + np.uint64(own)) * odd) % np.uint64(SPACE)
    numbers = pc.cast(pa.array(scrambled), pa.string())
    return pc.binary_join_element_wise(pa.scalar(prefix), numbers, "")
