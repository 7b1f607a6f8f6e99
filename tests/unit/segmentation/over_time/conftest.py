"""Three segments on a line, seven apart: thrifty at 0, steady at 7, lavish at 14 orders."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from tessera.segmentation.over_time.damping import UNDAMPED, Damping
from tessera.segmentation.over_time.reigns import Reign

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CENTRES = (0.0, 7.0, 14.0)
LONG, SHORT = "orders_count_180d", "orders_count_90d"


class Line:
    """A model that reads one number and lies on a line."""

    segments = len(CENTRES)

    class _Feature:
        name = LONG

    features = (_Feature(),)

    def distances(self, frame: pd.DataFrame) -> np.ndarray:
        values = frame[LONG].to_numpy(dtype=np.float64)
        return np.abs(values[:, None] - np.array(CENTRES))


@pytest.fixture
def reign() -> Reign:
    """Typical members are as clear as 7, the distance of two centres."""
    return Reign(
        model_id="line",
        model=Line(),  # type: ignore[arg-type]
        reigns_from=pd.Timestamp("2024-01-01"),
        began_at=pd.Timestamp("2024-01-01"),
        segment_ids=("s1", "s2", "s3"),
        segment_names=("Thrifty", "Steady", "Lavish"),
        archetypes=("", "", ""),
        typical=np.full((3, 3), 7.0),
        damping=Damping(90, 0.5, 0.6),
        playbook_fingerprint="book",
    )


@pytest.fixture
def undamped(reign: Reign) -> Reign:
    return replace(reign, damping=UNDAMPED)


@pytest.fixture
def orders() -> Callable[..., pd.DataFrame]:
    """Orders of 180 and 90 days by customer; everybody is known for a year."""

    def told(at: str, **by_customer: tuple[float, float]) -> pd.DataFrame:
        rows: list[Mapping[str, object]] = [
            {
                "customer_id": name,
                "snapshot_at": pd.Timestamp(at),
                LONG: long,
                SHORT: short,
                "orders_days_since_first": 365.0,
            }
            for name, (long, short) in by_customer.items()
        ]
        return pd.DataFrame(rows)

    return told
