"""A champion's past: whom its algorithm would have scored at each origin, and how.

The evaluation of candidates stops at four origins, since it fits each of them. A track record wants
more, of the champion alone: its algorithm is fitted at the older origins too, by the same protocol.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from tessera import registry
from tessera.propensity.labelled import labelled_rows
from tessera.propensity.protocol import MOST_ORIGINS, Origin, choose_origins, score_origin
from tessera.propensity.replays import fit_replays, load_replays

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from tessera.bootstrap import Scored
    from tessera.propensity.labelled import Labelled
    from tessera.propensity.targets import Target
    from tessera.runs import Run

BACKTESTS = 6
"""Origins that are held against a promise, at least, where the past reaches so far."""
SHORTEST_MONTH = 28
"""Days: so often, at most, does a horizon reach past the snapshots of the months after it."""


@dataclass(frozen=True)
class PastScores:
    """What a champion's algorithm would have said of everybody at past origins, oldest first."""

    target: Target
    champion: dict[str, Any]
    origins: list[Origin]
    scored: list[Scored]


def fit_older_replays(
    training_set: pd.DataFrame,
    targets: Sequence[Target],
    champions: pd.DataFrame,
    remembered: pd.DataFrame,
    run: Run,
) -> pd.DataFrame:
    """Return the champions' fits at origins older than those of ``propensity_replays``.

    Parameters
    ----------
    training_set
        A row per customer and past snapshot, the one that the champions were fitted on.
    targets
        What is predicted.
    champions
        A row per target: the champion's row of the registry.
    remembered
        The table as the last run left it; columns of ``PROPENSITY_REPLAYS_SCHEMA``.
    run
        The build.

    Returns
    -------
    DataFrame
        As of :func:`tessera.propensity.fit_replays`; those of models that are champions no more
        are let go.
    """
    chosen = champions.assign(candidate_in_run_id=run.run_id)
    return fit_replays(training_set, targets, chosen, remembered, run, _older_origins)


def past_scores(
    training_set: pd.DataFrame,
    targets: Sequence[Target],
    champions: pd.DataFrame,
    replays: pd.DataFrame,
) -> Iterator[PastScores]:
    """Yield each champion's past; ``replays`` are those of the evaluation and the older ones.

    Raises
    ------
    RegistryError
        An origin lacks a fit of a champion.
    """
    by_target = {champion["target"]: champion for champion in registry.records(champions)}
    for target in targets:
        if target.name in by_target:
            champion = by_target[target.name]
            rows = labelled_rows(training_set, target)
            origins = choose_origins(rows, target, most_origins(target))
            fits = load_replays(replays, champion["model_id"], origins)
            pairs = zip(origins, fits, strict=True)
            scored = [score_origin(rows, origin, models) for origin, models in pairs]
            yield PastScores(target, champion, origins, scored)


def most_origins(target: Target) -> int:
    """Return how many origins are looked at: the first ones have none that had closed by then.

    Examples
    --------
    >>> from tessera.propensity import Target
    >>> most_origins(Target("churn_30d", 30)), most_origins(Target("churn_90d", 90))
    (8, 10)
    """
    return BACKTESTS + ceil(target.horizon_days / SHORTEST_MONTH)


def _older_origins(rows: Labelled, target: Target) -> list[Origin]:
    return choose_origins(rows, target, most_origins(target))[:-MOST_ORIGINS]
