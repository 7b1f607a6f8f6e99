"""Who of CDNOW's customers buys again: 39 weeks held out, as the literature on customer bases does.

Everybody stands at the first of October 1997 with 39 weeks of history at most. Two questions are
told apart. *Trained on the past alone*: what a shop could have done that day, from answers that had
closed by then, of 30 days; the ranking is carried over to 39 weeks. *Trained on other people*: the
39 weeks of four fifths of the customers say what to expect of the last fifth, which no shop can
know and every rival here may. BG/NBD needs no answers: it is fitted to the orders themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import duckdb
import numpy as np
from rich.table import Table
from sklearn.linear_model import LogisticRegression

from benchmarks.bg_nbd import Histories, fit_bg_nbd
from benchmarks.dbt_process import require_success, started
from benchmarks.lead_time import ROC_AUC
from benchmarks.progress import nodes_shown, steps_shown
from tessera import frames
from tessera.bootstrap import Scored, compare, estimate_metric
from tessera.features import feature_columns, readable_features
from tessera.hashing import hashed_shares
from tessera.propensity import Target
from tessera.propensity.algorithms import BoostedTrees, LogisticModel, RecencyRule
from tessera.propensity.encoded_model import fit_encoded
from tessera.propensity.labelled import Labelled, labelled_rows
from tessera.propensity.protocol import FOLDS

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from numpy.typing import NDArray
    from rich.console import Console

    from benchmarks.workspace import Workspace
    from tessera.propensity.algorithms.algorithm import Algorithm

    Floats = NDArray[np.float64]

AS_OF, LAST_DAY = "1997-10-01", "1997-09-30"
WEEKS = 39
TAUGHT = Target("purchase_30d", 30)
SEED = 7

# Customers as BG/NBD sees them: days with a purchase after the first, and times in weeks.
HISTORIES = """
select
    customer_id,
    (count(distinct ordered_at::date) filter (where ordered_at < $as_of) - 1)::double as frequency,
    date_diff(
        'day', min(ordered_at::date), max(ordered_at::date) filter (where ordered_at < $as_of)
    ) / 7.0 as recency,
    date_diff('day', min(ordered_at::date), $last_day::date) / 7.0 as age,
    count(*) filter (where ordered_at >= $as_of) > 0 as buys_again
from core.orders
where is_purchase and ordered_at < $as_of::timestamp + to_weeks($weeks)
group by customer_id
having min(ordered_at) < $as_of
order by customer_id
"""


@dataclass(frozen=True)
class Shop:
    """What stands at the day: a row per customer in each, in one order."""

    training_set: pd.DataFrame
    standing: Labelled
    histories: Histories


def measure_cdnow(workspace: Workspace, console: Console) -> None:
    """Build CDNOW as of the day, and print who tells best who buys again."""
    shop = build_shop(workspace, console)
    with steps_shown(console, "judging", 3) as show:
        show("trained on the past alone")
        past = past_alone(shop)
        show("BG/NBD")
        past |= {"BG/NBD, fitted to orders": bg_nbd(shop)}
        show("trained on other people")
        others = other_people(shop)
    console.print(cdnow_table(shop, past, others))


def build_shop(workspace: Workspace, console: Console) -> Shop:
    """Build the features as of the day; the gate on volumes is told that one cohort is no fault.

    Raises
    ------
    DbtFailedError
        A model or a gate on the way failed.
    """
    chosen = ["--select", "+training_set", "+scoring_set"]
    tests = ["--exclude-resource-types", "test", "unit_test"]
    variables = {"as_of": AS_OF, "accept_volumes": True, "predict": [TAUGHT.name]}
    with (
        nodes_shown(console, "features") as show,
        started(workspace, "build", *chosen, *tests, variables=variables, on_node=show) as process,
    ):
        require_success(process)
    told = {"as_of": AS_OF, "last_day": LAST_DAY, "weeks": WEEKS}
    with duckdb.connect(str(workspace.database), read_only=True) as connection:
        training = frames.read(connection.table("features.training_set"), frames.SNAPSHOT_ORDER)
        scoring = frames.read(connection.table("features.scoring_set"), frames.SNAPSHOT_ORDER)
        seen = connection.execute(HISTORIES, told).df().set_index("customer_id")
    standing = scoring[scoring["customer_id"].isin(seen.index)].reset_index(drop=True)
    seen = seen.loc[standing["customer_id"]]
    features = readable_features(standing, feature_columns(training))
    rows = Labelled(
        features,
        seen["buys_again"].to_numpy(dtype=np.float64),
        standing["customer_id"],
        standing["snapshot_at"],
    )
    weeks = (seen[name].to_numpy(dtype=np.float64) for name in ("frequency", "recency", "age"))
    return Shop(training, rows, Histories(*weeks))


def past_alone(shop: Shop) -> dict[str, Floats]:
    """Return by algorithm the probabilities of buying in 30 days, learnt before the day."""
    taught = labelled_rows(shop.training_set, TAUGHT)
    told = {}
    for algorithm in (BoostedTrees, LogisticModel, RecencyRule):
        names = algorithm(SEED).features_used(list(taught.features.columns))
        model = fit_encoded(partial(algorithm, SEED), taught, names)
        told[algorithm.name] = model.predict_probability(shop.standing.features)
    return told


def bg_nbd(shop: Shop) -> Floats:
    """Return the purchases that BG/NBD expects in the weeks held out."""
    return fit_bg_nbd(shop.histories).expected_purchases(shop.histories, WEEKS)


def other_people(shop: Shop) -> dict[str, Floats]:
    """Return by rival what the 39 weeks of other people make it say of each customer."""
    names = list(shop.standing.features.columns)
    told = {
        algorithm.name: _by_folds(shop, _tessera(shop, algorithm, names))
        for algorithm in (BoostedTrees, LogisticModel)
    }
    return told | {"recency, frequency, age: logistic": _by_folds(shop, _regression(shop))}


def cdnow_table(shop: Shop, past: dict[str, Floats], others: dict[str, Floats]) -> Table:
    """Return AUCs, and each one's distance to BG/NBD on the same customers."""
    labels = shop.standing.labels
    ids = shop.standing.customer_ids.to_numpy(dtype=np.str_)
    table = Table(title=f"CDNOW: who buys again in {WEEKS} weeks, ROC AUC, 95 % intervals")
    for heading in ("learnt from", "who judges", "ROC AUC", "above BG/NBD"):
        table.add_column(heading)
    judged = {"the past alone": past, "other people's 39 weeks": others}
    (rival,) = (said for name, said in past.items() if name.startswith("BG/NBD"))
    base = [Scored(ids, labels, rival)]
    for learnt_from, rivals in judged.items():
        for name, said in rivals.items():
            scored = [Scored(ids, labels, said)]
            auc = estimate_metric(scored, ROC_AUC, SEED)
            gain = compare(scored, base, ROC_AUC, SEED)
            told = (f"{each.value:.3f} [{each.low:.3f}, {each.high:.3f}]" for each in (auc, gain))
            table.add_row(learnt_from, name, *told)
    table.caption = f"{len(labels):,} customers, of whom {labels.mean():.1%} buy again"
    return table


def _by_folds(shop: Shop, fit: Callable[[NDArray[np.bool_], NDArray[np.bool_]], Floats]) -> Floats:
    """Return what is said of each fold of people by a fit on the four others."""
    fold_of = (hashed_shares(shop.standing.customer_ids, "fold") * FOLDS).astype(np.int64)
    said = np.full(len(shop.standing), np.nan)
    for fold in range(FOLDS):
        said[fold_of == fold] = fit(fold_of != fold, fold_of == fold)
    return said


def _tessera(
    shop: Shop, algorithm: type[Algorithm], names: list[str]
) -> Callable[[NDArray[np.bool_], NDArray[np.bool_]], Floats]:
    def fit(learnt: NDArray[np.bool_], asked: NDArray[np.bool_]) -> Floats:
        model = fit_encoded(partial(algorithm, SEED), shop.standing.where(learnt), names)
        return model.predict_probability(shop.standing.features[asked])

    return fit


def _regression(shop: Shop) -> Callable[[NDArray[np.bool_], NDArray[np.bool_]], Floats]:
    seen = shop.histories
    columns = np.column_stack([np.log1p(seen.frequency), seen.recency, seen.age])

    def fit(learnt: NDArray[np.bool_], asked: NDArray[np.bool_]) -> Floats:
        fitted = LogisticRegression(max_iter=1000).fit(
            columns[learnt], shop.standing.labels[learnt]
        )
        return np.asarray(fitted.predict_proba(columns[asked])[:, 1])

    return fit
