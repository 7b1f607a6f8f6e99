"""What the leak gate stops, whom it names and what it stops wrongly, beside the usual thresholds.

A rival is the strongest single number that people use: the correlation of a feature with the label,
or the AUC of the feature alone. It stops a case when any feature exceeds its cut, and names the
features that do. It is asked on the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from rich.table import Table

from benchmarks.leak_zoo import held_out, lawful, leaks
from benchmarks.leak_zoo.shops import evidence_of, lawful_shop
from tessera.propensity.leakage import leaks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import Console

    from benchmarks.leak_zoo.shops import Specimen
    from tessera.propensity.leakage import Evidence

    Named = set[str]
    Detector = Callable[[Evidence], Named]

SEEDS = (101, 102, 103, 104, 105)
"""Shops; none of them was looked at while thresholds were set."""
CORRELATIONS = (0.3, 0.5, 0.7, 0.9)
AUCS = (0.7, 0.8, 0.9, 0.95)


@dataclass
class Tally:
    """Cases of a detector: how many leaks it stopped and named, how many lawful ones it stopped."""

    stopped: int = 0
    named: int = 0
    alarms: int = 0


def gate(evidence: Evidence) -> Named:
    """Return the culprits, or the rules where none is to blame, of what stops the build."""
    critical = [leak for leak in leaks_of(evidence) if leak.severity == "critical"]
    return {leak.feature_name or leak.rule for leak in critical}


def correlation_above(cut: float) -> Detector:
    """Stop features whose absolute correlation with the label exceeds the cut, level by level."""

    def detect(evidence: Evidence) -> Named:
        found = set()
        for name, values in evidence.rows.features.items():
            columns = (
                values.to_frame()
                if values.dtype == np.float64
                else pd.get_dummies(values.astype(object), dtype=float)
            )
            told = columns.corrwith(pd.Series(evidence.rows.labels, index=columns.index)).abs()
            if (told > cut).any():
                found.add(str(name))
        return found

    return detect


def auc_above(cut: float) -> Detector:
    """Stop features that alone have an AUC above the cut, measured as the gate measures it."""

    def detect(evidence: Evidence) -> Named:
        measures = evidence.measures
        return {n for n, auc in zip(measures.names, measures.alone, strict=True) if auc > cut}

    return detect


def measure_leak_zoo(console: Console) -> None:
    """Print the table over all seeds, of the zoo and of what was held out."""
    detectors: dict[str, Detector] = {"leak gate": gate}
    detectors |= {f"correlation > {cut}": correlation_above(cut) for cut in CORRELATIONS}
    detectors |= {f"AUC alone > {cut}": auc_above(cut) for cut in AUCS}
    _print("the zoo", (*leaks.LEAKS, *leaks.ESCAPED), lawful.LAWFUL, detectors, console)
    _print("held out", held_out.LEAKS, held_out.LAWFUL, detectors, console)


def _print(
    title: str,
    planted: Sequence[Specimen],
    innocent: Sequence[Specimen],
    detectors: dict[str, Detector],
    console: Console,
) -> None:
    tallies = {name: Tally() for name in detectors}
    for seed in SEEDS:
        for specimen in (*planted, *innocent):
            shop = lawful_shop(seed)
            specimen.plant(shop)
            evidence = evidence_of(shop)
            is_leak = specimen in planted
            for name, detect in detectors.items():
                found = detect(evidence)
                is_named = (specimen.culprit or specimen.rule) in found
                tallies[name].stopped += is_leak and bool(found)
                tallies[name].named += is_leak and is_named
                tallies[name].alarms += not is_leak and bool(found)
            wrong = gate(evidence)
            if ((specimen.culprit or specimen.rule) not in wrong) if is_leak else wrong:
                console.print(f"seed {seed}, {specimen.name}: {sorted(wrong) or 'nothing'}")
    table = Table("detector", "stopped", "culprit named", "false alarms", title=title)
    of_leaks, of_lawful = len(SEEDS) * len(planted), len(SEEDS) * len(innocent)
    for name, tally in tallies.items():
        table.add_row(
            name,
            f"{tally.stopped} of {of_leaks}",
            f"{tally.named} of {of_leaks}",
            f"{tally.alarms} of {of_lawful}",
        )
    console.print(table)
