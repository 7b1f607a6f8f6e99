"""A target's past as its trees were judged on it: who was scored at each origin, and by which fit.

The fits are those of the evaluation (:mod:`tessera.propensity.replays`): each has seen neither the
people it scores nor anything later than the origin. Nothing is fitted again to be asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from tessera import registry
from tessera.hashing import hashed_shares
from tessera.propensity.algorithms import BoostedTrees
from tessera.propensity.labelled import Labelled, labelled_rows
from tessera.propensity.protocol import choose_origins
from tessera.propensity.replays import load_replays

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from tessera.propensity import Target
    from tessera.propensity.encoded_model import EncodedModel
    from tessera.propensity.protocol import Origin
    from tessera.runs import Run

MOST_CUSTOMERS = 5_000
"""Customers looked at per origin. A mean over so many moves by 1 or 2 % from sample to sample;
origins differ by far more."""


@dataclass(frozen=True)
class PastFold:
    """People at an origin, and the fit that never saw them."""

    model: EncodedModel
    rows: Labelled


@dataclass(frozen=True)
class Past:
    """All that a target's trees were judged on.

    Attributes
    ----------
    target
        The target's name.
    model_id
        The candidate whose fits these are.
    known
        What the oldest origin could learn from: rows that precede every origin.
    origins
        By origin, oldest first, its folds.
    """

    target: str
    model_id: str
    known: Labelled
    origins: tuple[tuple[PastFold, ...], ...]

    @property
    def feature_names(self) -> list[str]:
        """The features of the mart, in their order."""
        return list(self.known.features.columns)


@dataclass(frozen=True)
class Replayed:
    """The models of a run and their fits at past origins, with what they were fitted on.

    Attributes
    ----------
    training_set
        A row per customer and past snapshot.
    targets
        What is predicted.
    models
        The registry of propensity models.
    replays
        ``propensity_replays``: a row per model, origin and fold.
    run
        The build.
    """

    training_set: pd.DataFrame
    targets: Sequence[Target]
    models: pd.DataFrame
    replays: pd.DataFrame
    run: Run

    @cached_property
    def trees(self) -> dict[str, str]:
        """The candidate trees of this run: target to model id. A target without any is left out."""
        is_tree = self.models["algorithm"] == BoostedTrees.name
        is_candidate = self.models["candidate_in_run_id"] == self.run.run_id
        chosen = self.models[is_tree & is_candidate]
        found = dict(zip(chosen["target"], chosen["model_id"], strict=True))
        return {
            target.name: str(found[target.name]) for target in self.targets if target.name in found
        }

    def pasts(self) -> Iterator[Past]:
        """Yield the past of each target that has trees, and an origin to judge them at.

        Raises
        ------
        RegistryError
            The replays lack a fit of one of the trees.
        """
        for target in self.targets:
            if target.name not in self.trees:
                continue
            rows = labelled_rows(self.training_set, target)
            origins = choose_origins(rows, target)
            if origins:
                yield self._past(target, rows, origins)

    def _past(self, target: Target, rows: Labelled, origins: list[Origin]) -> Past:
        model_id = self.trees[target.name]
        models = load_replays(self.replays, model_id, origins)
        is_looked_at = _is_looked_at(rows)
        past = np.logical_or.reduce([fold.training for fold in origins[0].folds])
        return Past(
            target=target.name,
            model_id=model_id,
            known=rows.where(past & is_looked_at),
            origins=tuple(
                tuple(
                    PastFold(model, rows.where(fold.scored & is_looked_at))
                    for fold, model in zip(origin.folds, of_origin, strict=True)
                )
                for origin, of_origin in zip(origins, models, strict=True)
            ),
        )


def inputs_fingerprint(
    recipe: int, replayed: Replayed, families: pd.DataFrame, **inputs: Any
) -> str:
    """Name what is measured by all that decides it.

    Parameters
    ----------
    recipe
        Of the one who measures: raised when the way of measuring changes.
    replayed
        Its trees are named by the rows they learnt from; its seed counts.
    families
        A row per feature, with ``feature_name`` and ``family``.
    **inputs
        Whatever else decides the outcome.
    """
    return registry.model_id(
        recipe=recipe,
        seed=replayed.run.seed,
        trees=replayed.trees,
        families=family_of(families),
        **inputs,
    )


def is_measured(remembered: pd.DataFrame, fingerprint: str) -> bool:
    """Say whether the table holds what was measured on these inputs."""
    return bool(len(remembered)) and bool((remembered["inputs_fingerprint"] == fingerprint).all())


def family_of(families: pd.DataFrame) -> dict[str, str]:
    """Return each feature's family, from a row per feature."""
    return dict(zip(families["feature_name"], families["family"], strict=True))


def _is_looked_at(rows: Labelled) -> np.ndarray:
    share = hashed_shares(rows.customer_ids, "feature values")
    distinct = np.unique(share)
    if len(distinct) <= MOST_CUSTOMERS:
        return np.ones(len(rows), dtype=np.bool_)
    return np.asarray(share < distinct[MOST_CUSTOMERS])
