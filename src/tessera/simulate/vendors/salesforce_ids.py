"""Salesforce's record ids: fifteen characters, and three that make them safe for any case.

The last three say which of each five characters are capitals: "Record IDs", Salesforce developer
documentation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from numpy.typing import NDArray

CONTACT, CAMPAIGN = "003", "701"
"""Prefixes by which Salesforce tells kinds of records apart."""

_DIGITS = np.frombuffer(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", np.uint8)
_CHECKS = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", np.uint8)
_PLACES = 12


def salesforce_ids(prefix: str, numbers: NDArray[np.integer]) -> pa.StringArray:
    """Return the record ids of 18 characters of so many numbers, one to one.

    Examples
    --------
    >>> salesforce_ids(CONTACT, np.array([0, 61, 62])).to_pylist()
    ['003000000000000AAA', '00300000000000zAAA', '003000000000010AAA']
    """
    left = numbers.astype(np.uint64)
    spelled = np.empty((len(left), len(prefix) + _PLACES), np.uint8)
    spelled[:, : len(prefix)] = np.frombuffer(prefix.encode(), np.uint8)
    for place in range(spelled.shape[1] - 1, len(prefix) - 1, -1):
        left, digit = np.divmod(left, np.uint64(len(_DIGITS)))
        spelled[:, place] = _DIGITS[digit]
    whole = np.concatenate([spelled, _checked(spelled)], axis=1)
    return pa.array(np.ascontiguousarray(whole).view(f"S{whole.shape[1]}").ravel()).cast(
        pa.string()
    )


def _checked(spelled: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the three last characters of ids, shape (ids, 3)."""
    is_capital = (spelled >= ord("A")) & (spelled <= ord("Z"))
    fives = is_capital.reshape(len(spelled), spelled.shape[1] // 5, 5)
    return np.asarray(_CHECKS[fives @ (1 << np.arange(5))])
