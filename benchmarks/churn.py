"""What churn predictions are worth: ROC AUC at 30, 60 and 90 days, by person and by time.

Measured by the functions and the protocol that every build uses (:mod:`tessera.propensity`), on the
training set that the project's own SQL makes; here only the horizons are declared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from benchmarks.churn_profiles import measure_profiles, profiles_table
from benchmarks.churn_tables import churn_table, origins_table, splits_table
from benchmarks.dbt_process import require_success, started
from benchmarks.leak import Splits, measure_splits
from benchmarks.progress import nodes_shown, steps_shown
from tessera import frames, propensity, runs
from tessera.fetch import complete_journey
from tessera.fetch.feed_files import is_complete
from tessera.propensity.algorithms import ALGORITHMS
from tessera.propensity.evaluation import ALL_ORIGINS
from tessera.propensity.protocol import FEWEST_ORIGINS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from rich.console import Console

    from benchmarks.workspace import Workspace
    from tessera.propensity import Target
    from tessera.runs import Run

HORIZONS_DAYS = (30, 60, 90)
METRIC = "roc_auc"
TESTS = ("test", "unit_test")
"""Left out of a build: a fresh workspace needs seeds, which ``dbt run`` does not know."""

REFERENCES = {
    "churn_30d": {"lightgbm": 0.859, "logistic_regression": 0.857, "recency_rule": 0.783},
    "churn_60d": {"lightgbm": 0.857, "logistic_regression": 0.861, "recency_rule": 0.786},
    "churn_90d": {"lightgbm": 0.868, "logistic_regression": 0.876, "recency_rule": 0.821},
}
"""ROC AUC to measure up to on Complete Journey: quick models on 80 order features, by the same
protocol, made before this project was. On other feeds there is nothing to measure up to."""


@dataclass(frozen=True)
class TrainingData:
    """What the project built: a row per customer and past snapshot, the targets, and the run."""

    training_set: pd.DataFrame
    targets: list[Target]
    run: Run


@dataclass(frozen=True)
class Fitted:
    """The candidates of one target, their fits at past origins, and what these are worth."""

    models: pd.DataFrame
    replays: pd.DataFrame
    evidence: pd.DataFrame


@dataclass(frozen=True)
class Result:
    """How well a model tells who churns.

    Attributes
    ----------
    target, algorithm
        Which model.
    reference
        The AUC to measure up to; None on feeds that have none.
    mean
        Evidence on the mean over origins: value, low, high, baseline_value, skill, rows, positives.
    origins
        The same of each origin, oldest first, with its date in ``split``.
    """

    target: str
    algorithm: str
    reference: float | None
    mean: Any
    origins: list[Any]


def measure_churn(workspace: Workspace, console: Console) -> None:
    """Build the training set for the three horizons, evaluate, and print."""
    data = build_training_data(workspace, console, churn_targets())
    references = REFERENCES if is_complete_journey(workspace) else {}
    results: list[Result] = []
    splits: list[Splits] = []
    fitted: list[Fitted] = []
    with steps_shown(console, "evaluating", 2 * len(data.targets) + 1) as show:
        for target in data.targets:
            show(f"{target.name}: three models, split by person and time")
            fitted.append(evaluate(data, target))
            results += results_of(fitted[-1].evidence, references.get(target.name, {}))
            show(f"{target.name}: lightgbm, split carelessly")
            splits.append(measure_splits(data.training_set, target, data.run.seed))
        show("fewer features")
        profiles = measure_profiles(data, fitted)
    if not results:
        console.print(
            f"There are no figures: fewer than {FEWEST_ORIGINS} past origins have closed."
        )
        return
    console.print(churn_table(results))
    console.print(origins_table(results))
    console.print(splits_table(splits, results))
    console.print(profiles_table(profiles))


def is_complete_journey(workspace: Workspace) -> bool:
    """Say whether the feeds are those that the references were measured on, all of them."""
    with duckdb.connect() as connection:
        folder = workspace.project_folder / workspace.feeds
        return is_complete(connection, folder, complete_journey.SOURCE)


def build_training_data(
    workspace: Workspace, console: Console, variables: Mapping[str, Any]
) -> TrainingData:
    """Build the labels of declared targets; in a workspace that is built, nothing else.

    Parameters
    ----------
    workspace
        Where to build.
    console
        Shows progress.
    variables
        The dbt vars: the targets, and what else differs from the project's own.

    Raises
    ------
    DbtFailedError
        A model or a gate on the way to the training set failed.
    """
    names = ["prediction_targets", "customer_labels", "training_set"]
    selected = names if workspace.release_link.exists() else ["prediction_targets", "+training_set"]
    arguments = ["build", "--exclude-resource-types", *TESTS, "--select", *selected]
    with (
        nodes_shown(console, "training set") as show,
        started(workspace, *arguments, variables=variables, on_node=show) as process,
    ):
        require_success(process)
    with duckdb.connect(str(workspace.database), read_only=True) as connection:
        declared = frames.read(connection.table("features.prediction_targets"), ["target"])
        training = frames.read(connection.table("features.training_set"), frames.SNAPSHOT_ORDER)
        run = runs.load_run(connection.table("registry.run_context"))
    return TrainingData(training, propensity.load_targets(declared), run)


def churn_targets() -> dict[str, Any]:
    """Return the dbt vars that declare churn at the three horizons."""
    targets = [
        {
            "name": f"churn_{days}d",
            "horizon_days": days,
            "description": f"No order in the next {days} days, among recent customers.",
            "eligible_when": "orders_count_90d > 0",
            "label": "count(orders.order_id) = 0",
        }
        for days in HORIZONS_DAYS
    ]
    return {"targets": targets, "predict": "all"}


def evaluate(data: TrainingData, target: Target) -> Fitted:
    """Fit a target's candidates, and evaluate them: a row per algorithm, split and metric."""
    known = frames.empty(propensity.PROPENSITY_MODELS_SCHEMA)
    proven = frames.empty(propensity.PROPENSITY_EVALUATIONS_SCHEMA)
    models = propensity.fit_candidates(data.training_set, [target], known, data.run)
    none = frames.empty(propensity.PROPENSITY_REPLAYS_SCHEMA)
    replays = propensity.fit_replays(data.training_set, [target], models, none, data.run)
    evidence = propensity.evaluate_candidates(
        data.training_set, [target], models, replays, proven, data.run
    )
    return Fitted(models, replays, evidence)


def results_of(evidence: pd.DataFrame, references: dict[str, float]) -> list[Result]:
    """Return what the evidence on one target says; with too few origins for a mean, nothing."""
    found = evidence[evidence["metric"] == METRIC].sort_values("split")
    results: list[Result] = []
    for algorithm in ALGORITHMS:
        lines = list(found[found["algorithm"] == algorithm].itertuples())
        origins = [line for line in lines if line.split != ALL_ORIGINS]
        results += [
            Result(line.target, algorithm, references.get(algorithm), line, origins)
            for line in lines
            if line.split == ALL_ORIGINS
        ]
    return results
