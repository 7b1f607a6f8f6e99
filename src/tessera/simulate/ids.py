"""Ids that tell nothing: rows are numbered, and the numbers scrambled one to one."""

from __future__ import annotations

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

    Examples
    --------
    >>> spell_ids("O", 0, 3).to_pylist()
    ['O0', 'O6069313262793', 'O3342533503378']
    """
    rows = np.arange(first, first + count, dtype=np.uint64) + np.uint64(block * ROWS_PER_BLOCK)
    scrambled = (rows * np.uint64(_ODD)) % np.uint64(SPACE)
    numbers = pc.cast(pa.array(scrambled), pa.string())
    return pc.binary_join_element_wise(pa.scalar(prefix), numbers, "")
