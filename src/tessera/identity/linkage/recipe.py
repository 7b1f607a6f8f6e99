"""The recipe of a fit, and which remembered model still holds for this shop at this time."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import splink

from tessera import registry
from tessera.hashing import hashed_shares
from tessera.identity.linkage.blocking import BLOCKS
from tessera.identity.linkage.comparisons import comparisons_of
from tessera.identity.linkage.model import read_model
from tessera.identity.linkage.threshold import TARGET_PRECISION
from tessera.identity.linkage.training import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from tessera.runs import Run

VERSION = 1
"""Raised when training changes, so that models are fitted anew. What is compared and blocked
says for itself when it has changed."""

GROWTH = 10
"""A model holds until there are so many times the contacts it was fitted on. The odds that two of
them are one person's have then changed by about as much, three bits of some twenty."""

SKETCHED_CONTACTS = 64
"""Contacts that a model remembers (as hashes) to know its own shop again."""

SAME_SHOP = 0.5
"""Share of them that must still be there: another shop's contacts share none."""


@dataclass(frozen=True)
class Recipe:
    """What decides a fit beside the records."""

    columns: Sequence[str]
    seed: int

    @property
    def feature_names(self) -> str:
        """The columns as the registry writes them."""
        return json.dumps(list(self.columns))

    @property
    def settings(self) -> dict[str, Any]:
        """What two fits must share to be of one recipe."""
        compared = [asdict(comparison) for comparison in comparisons_of(self.columns)]
        return {
            "comparisons": registry.model_id(comparisons=compared, blocks=BLOCKS, rules=RULES),
            "recipe": VERSION,
            "seed": self.seed,
            "target_precision": TARGET_PRECISION,
        }

    @property
    def described_settings(self) -> str:
        """The settings as the registry writes them; a new Splink alone does not end a model."""
        return registry.canonical_json({**self.settings, "library": f"splink {splink.__version__}"})

    def is_of(self, row: dict[str, Any]) -> bool:
        """Tell whether a row of the registry was fitted by this recipe."""
        settings = json.loads(row["settings"])
        settings.pop("library", None)
        return bool(row["feature_names"] == self.feature_names and settings == self.settings)


def sketch_population(records: pa.Table) -> list[float]:
    """Return the lowest hashes of the contacts."""
    shares: list[float] = np.unique(_shares(records))[:SKETCHED_CONTACTS].tolist()
    return shares


def model_in_force(
    remembered: Sequence[dict[str, Any]], recipe: Recipe, records: pa.Table, contacts: int, run: Run
) -> dict[str, Any] | None:
    """Return the remembered row that links this run's contacts, or None when a fit is due.

    The newest fit of the recipe on this shop's contacts that looked from ``run.as_of`` or earlier
    (what was learnt later a replay may not know), unless the contacts have outgrown it.
    """
    people = _shares(records)
    held = [
        row
        for row in remembered
        if row["as_of"] <= run.as_of
        and recipe.is_of(row)
        and contacts < GROWTH * row["training_rows"]
        and np.isin(read_model(row["model_text"]).population, people).mean() >= SAME_SHOP
    ]
    newest = itemgetter("as_of", "trained_at", "model_id")
    return max(held, key=newest, default=None)


def _shares(records: pa.Table) -> Any:
    return hashed_shares(pd.Series(records["identifier_id"].to_pylist()), "linkage population")
