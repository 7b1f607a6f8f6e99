"""Recomputation: what the audit of features found of the features that a model reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.leaks import NOTHING_TO_DELETE
from tessera.propensity.leakage.finding import ModelLeak

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from tessera.propensity.leakage.evidence import Evidence


def audited_features(evidence: Evidence, audited: pd.DataFrame) -> Iterator[ModelLeak]:
    """Yield the features read of which ``features.leak_findings`` says that they know the future.

    Parameters
    ----------
    evidence
        A target's rows and models.
    audited
        The audit's findings: ``rule``, ``feature_name``, ``customers_moved``.
    """
    read = set(evidence.measures.names)
    broken = audited[audited["feature_name"].isin(read) & (audited["rule"] != NOTHING_TO_DELETE)]
    for name, of_feature in broken.groupby("feature_name", sort=True):
        rules = ", ".join(sorted(set(of_feature["rule"])))
        moved = of_feature["customers_moved"].astype("Float64").max()
        yield ModelLeak(
            "recomputation",
            str(name),
            observed=0.0 if moved is None or moved != moved else float(moved),  # noqa: PLR0124 - NaN
            threshold=0.0,
            words=f"'{name}' knows the future ({rules}): features.leak_findings says where.",
        )
