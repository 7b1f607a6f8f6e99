"""Identifiers and versions: features that name a row or a moment instead of describing a person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera.propensity.leakage.derivation import rank_correlation
from tessera.propensity.leakage.finding import ModelLeak

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tessera.propensity.leakage.evidence import Evidence

UNIQUE = 0.95
"""Distinct values per customer. 1,000 birthdays over fifty years reach .97: hence the next two."""
FEWEST_CUSTOMERS = 100
"""With fewer, nearly everything is unique."""
MATTERS = 0.05
"""Share of a model's importance from which a name of a row is more than ballast."""
WEIGHTY = 0.3
"""Share of importance for a version or a clock: the true story had .7; a tenth may be a class of
device, or the season in a shop's first year."""
WITH_TIME = 0.98
"""Rank correlation with the snapshot's time over all rows: people differ less than months do."""
TOLD_BY_ALONE = 0.6
"""AUC, low end, of an identifier: one that was drawn says nothing."""
VERSIONED = re.compile(r"\d+\.\d+")
NAMED_VERSION = re.compile(r"(^|_)(version|build|user_agent|browser|firmware|release)(_|$)")


def naming_features(evidence: Evidence) -> Iterator[ModelLeak]:
    """Yield identifiers that foretell, clocks that matter, and versions that a model leans on."""
    shares = evidence.importance
    low = dict(zip(evidence.measures.names, evidence.measures.alone_low, strict=True))
    for name in evidence.measures.names:
        values, share = evidence.rows.features[name], shares.get(name, 0.0)
        # asked first, since it is cheaper than to count values
        may_tell = share >= MATTERS or low[name] >= TOLD_BY_ALONE
        if may_tell and is_identifier(values, evidence.rows.customer_ids):
            yield _leak("identifier_as_feature", name, share, MATTERS, "names a customer")
        elif share >= WEIGHTY and _is_clock(evidence, values):
            yield _leak("clock_as_feature", name, share, WEIGHTY, "tells the time of the row")
        elif is_version(name, values) and share >= WEIGHTY:
            yield _leak("version_as_feature", name, share, WEIGHTY, "is the version of a program")


def is_identifier(values: pd.Series, customer_ids: pd.Series) -> bool:
    """Say whether a feature is whole numbers or texts, one per customer and hardly ever shared."""
    known = values.notna().to_numpy()
    people = customer_ids[known].nunique()
    if people < FEWEST_CUSTOMERS:
        return False
    if values.dtype == np.float64 and not (values[known] % 1 == 0).all():
        return False
    pairs = pd.DataFrame(
        {"value": values[known].to_numpy(), "customer": customer_ids[known].to_numpy()}
    )
    is_constant = len(pairs.drop_duplicates()) == people
    return bool(is_constant and pairs["value"].nunique() >= UNIQUE * people)


def is_version(name: str, values: pd.Series) -> bool:
    """Say whether a feature is a program's version: by its levels, or by its name."""
    if NAMED_VERSION.search(name):
        return True
    if values.dtype == np.float64:
        return False
    levels = pd.Series(values.dropna().astype(str).unique())
    return bool(len(levels) > 1 and levels.str.contains(VERSIONED).mean() > 0.5)  # noqa: PLR2004


def _is_clock(evidence: Evidence, values: pd.Series) -> bool:
    if values.dtype != np.float64 or evidence.rows.snapshot_at.nunique() < 3:  # noqa: PLR2004
        return False
    time = evidence.rows.snapshot_at.astype("int64").to_numpy(dtype=np.float64)
    return rank_correlation(values.to_numpy(), time) >= WITH_TIME


def _leak(rule: str, name: str, share: float, threshold: float, what: str) -> ModelLeak:
    return ModelLeak(
        rule,
        name,
        observed=share,
        threshold=threshold,
        words=(
            f"'{name}' {what} and carries {share:.0%} of the importance: it will mean something "
            "else tomorrow. Leave it out, or keep the group it belongs to."
        ),
    )
