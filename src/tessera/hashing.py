"""Chance without a clock or a generator: numbers in [0, 1) drawn from the name of a customer.

The same customer draws the same number in every run, process and machine, whoever else is there.
So a person stays in her fold, her sample and her holdout, and no shuffling has to be remembered.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray


SHARE_DIGITS = 13
"""Hexadecimal digits of the hash that make the number: 52 bits, exact in a double."""


def hashed_shares(customer_ids: pd.Series, purpose: str) -> NDArray[np.float64]:
    """Return a number in [0, 1) for each row, equal for equal customers, spread evenly.

    Parameters
    ----------
    customer_ids
        A customer per row; customers may repeat.
    purpose
        What the number is for ("fold", "sample"). Two purposes are independent of each other.

    Examples
    --------
    >>> hashed_shares(pd.Series(["ann", "bob", "ann"]), "fold").round(3).tolist()
    [0.997, 0.46, 0.997]
    """
    codes, people = pd.factorize(customer_ids)
    shares = np.array([_share(f"{purpose}:{person}") for person in people], dtype=np.float64)
    return shares[codes] if len(codes) else shares


def _share(name: str) -> float:
    # Spreading, not secrecy: md5 is quick, and DuckDB has it as well.
    digest = hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()
    return int(digest[:SHARE_DIGITS], 16) / float(16**SHARE_DIGITS)
