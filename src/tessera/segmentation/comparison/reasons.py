"""Who explains most, and in words by how much: also where it is not us."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from tessera.segmentation.comparison.groupings import TESSERA

if TYPE_CHECKING:
    from collections.abc import Sequence


def with_reasons(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows with ``is_best`` and ``reason``, among those of one outcome at equal number.

    Of equal shares the segments are best, then the first by name. Where nothing varies nobody is.
    """
    best: dict[tuple[int, str], dict[str, Any]] = {}
    for row in rows:
        if not math.isnan(row["explained_share"]):
            key, known = _key(row), best.get(_key(row))
            if known is None or _rank(row) < _rank(known):
                best[key] = row
    return [
        {**row, "is_best": best.get(_key(row)) is row, "reason": _reason(row, best.get(_key(row)))}
        for row in rows
    ]


def _key(row: dict[str, Any]) -> tuple[int, str]:
    return row["segments"], row["outcome"]


def _rank(row: dict[str, Any]) -> tuple[float, bool, str]:
    return -row["explained_share"], row["segmentation"] != TESSERA, row["segmentation"]


def _reason(row: dict[str, Any], best: dict[str, Any] | None) -> str:
    if best is None or math.isnan(row["explained_share"]):
        return "the outcome is the same for everybody: there is nothing to explain"
    if row["segmentation"] == TESSERA:
        if best is row:
            return "explains most"
        return f"{best['segmentation']} explains {_less(-best['difference'])}{_certainty(best)}"
    word = "explains most: " if best is row else "explains "
    return f"{word}{_less(-row['difference'])} than tessera{_certainty(row)}"


def _less(difference: float) -> str:
    """Tell a difference of shares.

    >>> _less(0.0214), _less(-0.05)
    ('0.021 more', '0.050 less')
    """
    return f"{abs(difference):.3f} {'less' if difference < 0 else 'more'}"


def _certainty(row: dict[str, Any]) -> str:
    is_open = row["difference_low"] <= 0 <= row["difference_high"]
    return ", which the interval does not tell from nothing" if is_open else ""
