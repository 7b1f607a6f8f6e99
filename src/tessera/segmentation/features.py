"""Which features tell customers apart, how much each counts, and why: the seed people edit.

``seeds/segment_features.csv`` has a row per feature. It is short on purpose: every segment has to
be told in words, and distance loses its meaning in many dimensions. Feature tables hold hundreds
of columns; most say the same thing over another window.
"""

from __future__ import annotations

import difflib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SEED = "seeds/segment_features.csv"

GROUPS = ("behaviour", "value", "taste", "channel", "service")
"""What a feature tells about."""

KINDS = ("numeric", "categorical", "text")
"""How its column is read: as a number, as one of a few levels, as words."""

DRIVERS = ("value", "frequency", "basket", "recency", "trend", "discount", "variety", "tenure")
"""The playbook's columns of positions. A feature without one counts in the distance alone."""

FLAGS = {"true": True, "false": False, "1": True, "0": False, "": False}
"""How the seed writes yes and no; empty is no."""

COLUMNS = (
    "feature_name",
    "feature_group",
    "driver",
    "kind",
    "weight",
    "is_skewed",
    "is_reversed",
    "reason",
)


class SegmentationError(ValueError):
    """Customers cannot be segmented with what was given."""


@dataclass(frozen=True)
class SegmentFeature:
    """One feature in which customers differ.

    Attributes
    ----------
    name
        The feature's column in the mart.
    driver
        The playbook's word for it (``value``, ``recency``, …); empty for none.
    weight
        How far one robust standard deviation reaches, relative to the others.
    reason
        Why it is here.
    is_skewed
        Whether it is read on a signed logarithmic scale (amounts, counts, days).
    is_reversed
        Whether a *small* number is a high position on the driver (days since the last order).
    feature_group
        One of :data:`GROUPS`.
    kind
        One of :data:`KINDS`.
    """

    name: str
    driver: str
    weight: float
    reason: str = ""
    is_skewed: bool = True
    is_reversed: bool = False
    feature_group: str = "behaviour"
    kind: str = "numeric"

    def as_plain(self) -> dict[str, Any]:
        """Return what decides points and names, ready for JSON; the reason is for readers."""
        return {name: value for name, value in asdict(self).items() if name != "reason"}


def read_features(seed: pd.DataFrame) -> tuple[SegmentFeature, ...]:
    """Validate the seed and return its features, the weightiest first.

    Parameters
    ----------
    seed
        ``segment_features``: a row per feature, every column a text as it stands in the file.

    Raises
    ------
    SegmentationError
        A column is missing, a name is empty or stands twice, a group, kind or driver is not known,
        a weight is not a number above 0, or a flag is neither true nor false.
    """
    missing = [name for name in COLUMNS if name not in seed.columns]
    if missing:
        raise SegmentationError(f"{SEED} lacks the column '{missing[0]}'; it has {list(COLUMNS)}")
    texts = seed[list(COLUMNS)].fillna("").astype(str).apply(lambda column: column.str.strip())
    _require_unique_names(texts)
    found = [_feature(row) for row in texts.to_dict("records")]
    if not found:
        raise SegmentationError(f"{SEED} has no row; segments need at least one feature")
    return tuple(sorted(found, key=lambda feature: (-feature.weight, feature.name)))


def available_features(
    frame: pd.DataFrame, declared: Sequence[SegmentFeature]
) -> tuple[SegmentFeature, ...]:
    """Return the declared features that ``frame`` has with at least one value.

    A feed that was never delivered leaves its features out; the others still tell customers apart.

    Raises
    ------
    SegmentationError
        None of the declared features is there.
    """
    found = tuple(
        feature
        for feature in declared
        if feature.name in frame.columns and frame[feature.name].notna().any()
    )
    if not found:
        raise SegmentationError(
            "none of the features that segments are built from has a value; expected at least one "
            f"of {[feature.name for feature in declared]} ({SEED})"
        )
    return found


def _feature(row: dict[str, str]) -> SegmentFeature:
    name = row["feature_name"]
    return SegmentFeature(
        name=name,
        driver=_known(name, "driver", row["driver"], ("", *DRIVERS)),
        weight=_weight(name, row["weight"]),
        reason=row["reason"],
        is_skewed=FLAGS[_known(name, "is_skewed", row["is_skewed"].lower(), FLAGS)],
        is_reversed=FLAGS[_known(name, "is_reversed", row["is_reversed"].lower(), FLAGS)],
        feature_group=_known(name, "feature_group", row["feature_group"], GROUPS),
        kind=_known(name, "kind", row["kind"], KINDS),
    )


def _known(name: str, column: str, given: str, known: Iterable[str]) -> str:
    """Return ``given``, or refuse it and name what was probably meant."""
    words = list(known)
    if given in words:
        return given
    close = difflib.get_close_matches(given, words, n=1)
    hint = f"did you mean '{close[0]}'?" if close else f"expected one of {[w for w in words if w]}"
    raise SegmentationError(f"{SEED}: unknown {column} '{given}' of '{name}'; {hint}")


def _weight(name: str, given: str) -> float:
    number = float(pd.to_numeric(pd.Series([given]), errors="coerce").iloc[0])
    if not (np.isfinite(number) and number > 0):
        raise SegmentationError(
            f"{SEED}: weight of '{name}' is '{given}'; expected a number above 0 (1 is one robust "
            "deviation). Delete the row to leave the feature out"
        )
    return number


def _require_unique_names(texts: pd.DataFrame) -> None:
    names = texts["feature_name"]
    nameless = texts[names == ""]
    if len(nameless):
        told = ", ".join(
            f"{column} '{nameless.iloc[0][column]}'" for column in ("weight", "reason")
        )
        raise SegmentationError(f"{SEED}: a row has no feature_name ({told}); name a feature")
    twice = sorted(set(names[names.duplicated()]))
    if twice:
        raise SegmentationError(f"{SEED}: '{twice[0]}' stands more than once; keep one of the rows")
