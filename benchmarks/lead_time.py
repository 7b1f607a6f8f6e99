"""How early alerts of churn are, held against the moment at which interest truly was gone.

On a simulated shop, whose people's lives are known. Each of the four early signals is then taken
from the features, and the same trees are fitted again on the same people, origins and folds: what
is lost is what the signal is worth, to the order of customers and to the lead.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np

from benchmarks.churn import build_training_data, churn_targets
from benchmarks.lead_time_tables import ablation_table, leads_table, truth_table
from benchmarks.progress import steps_shown
from benchmarks.workspace import temporary_workspace
from tessera.bootstrap import Estimate, compare, estimate_metric
from tessera.metrics import METRICS
from tessera.propensity.algorithms import BoostedTrees
from tessera.propensity.labelled import labelled_rows
from tessera.propensity.protocol import choose_origins, fit_origin, score_origin
from tessera.simulate.settings import Settings
from tessera.simulate.shop import simulate_shop
from tessera.track_record.alerts import Alerts, raise_alerts
from tessera.track_record.backtests import closed_before
from tessera.track_record.lead_times import days_since_last, lead_days, stopped_customers
from tessera.track_record.past_scores import PastScores, most_origins

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from rich.console import Console

    from benchmarks.churn import TrainingData
    from benchmarks.workspace import Workspace
    from tessera.bootstrap import Scored
    from tessera.propensity import Target

PRECISIONS = (0.6, 0.7, 0.8)
ABLATED_AT = 0.7
"""Stated precision at which the lead without a signal is compared."""
DRAWS = 500
ROC_AUC = next(metric for metric in METRICS if metric.name == "roc_auc")
EVERYTHING = "all features"

SIGNALS = {
    "message opens": r"(messages|email|sms|push)_.*(opened|clicked)",
    "visits": r"(sessions|web_events|devices)_",
    # sums of money and numbers of things grow with the number of orders, and would speak for it
    "purchase frequency": (
        r"orders_(count|amount_sum|discount_sum|cancelled_count|gap_days|overdue_ratio)_"
        r"|order_lines_count_|(products|categories|stores|costs)_"
    ),
    "tickets": r"tickets_",
}
"""What the features of each early signal are called."""

LAST_PURCHASES = """
select customer_id, max(ordered_at) as at from core.orders where is_purchase group by customer_id
"""
# a customer whose identifiers are those of one person, whom no other customer's are
PEOPLE = """
with told as (
    select identifier_type, lower(trim(identifier_value)) as value, any_value(person) as person
    from read_parquet($identifiers)
    group by all
    having not bool_or(is_shared) and count(distinct person) = 1
),
known as (
    select customers.customer_id, told.person
    from pii.customer_identifiers as customers
    inner join told
        on told.identifier_type = customers.identifier_type
        and told.value = lower(trim(customers.identifier_value))
),
whole as (
    select customer_id, any_value(person) as person
    from known group by customer_id having count(distinct person) = 1
),
alone as (
    select person from whole group by person having count(*) = 1
)
select whole.customer_id, whole.person, people.interest_fades_at, people.churned_at
from whole
inner join alone using (person)
inner join read_parquet($people) as people using (person)
"""


@dataclass(frozen=True)
class History:
    """What truly happened, instants by customer.

    Attributes
    ----------
    last_purchases
        Of every customer.
    faded_at, churned_at
        When interest began to fade and when it was gone, of those who can be told to be one person
        and whose interest ended.
    """

    last_purchases: pd.Series
    faded_at: pd.Series
    churned_at: pd.Series


@dataclass(frozen=True)
class Judged:
    """The trees on some features at all past origins, with alerts at each stated precision.

    Attributes
    ----------
    scored
        By origin, oldest first.
    alerts
        By stated precision.
    dropped
        Features that were taken away.
    """

    scored: list[Scored]
    alerts: dict[float, Alerts]
    dropped: int


def measure_lead_time(customers: int, horizon_days: int, console: Console) -> None:
    """Simulate a shop, build its training set, and print leads and what each signal adds."""
    with tempfile.TemporaryDirectory(prefix="tessera-benchmark-") as name:
        feeds = Path(name).resolve() / "shop"
        simulate_shop(Settings(customers=customers), feeds, lambda *_: None)
        with temporary_workspace(feeds) as workspace:
            data = build_training_data(workspace, console, churn_targets())
            history = read_history(workspace, feeds)
    target = next(each for each in data.targets if each.horizon_days == horizon_days)
    judged, rule = judge_signals(data, target, console)
    alerts, by_days = judged[EVERYTHING].alerts, rule.alerts
    some = alerts[PRECISIONS[0]]
    stopped = stopped_customers(some.origins, some.scored, history.last_purchases)
    churned = stopped_customers(some.origins, some.scored, history.churned_at)
    console.print(truth_table(history, stopped, churned))
    told = {"lightgbm": alerts, "days since last purchase": by_days}
    console.print(leads_table(target, told, stopped, churned))
    changes = ablations(judged, churned, data.run.seed)
    console.print(ablation_table(target, ABLATED_AT, changes))


def read_history(workspace: Workspace, feeds: Path) -> History:
    """Read last purchases from the build, and lives from the truth beside the feeds."""
    files = {name: str(feeds / f"truth/{name}/*.parquet") for name in ("identifiers", "people")}
    with duckdb.connect(str(workspace.database), read_only=True) as connection:
        purchases = connection.execute(LAST_PURCHASES).df().set_index("customer_id")["at"]
        people = connection.execute(PEOPLE, files).df().set_index("customer_id")
    ended = people[people["churned_at"].notna()].sort_index()
    return History(purchases.sort_index(), ended["interest_fades_at"], ended["churned_at"])


def judge_signals(
    data: TrainingData, target: Target, console: Console
) -> tuple[dict[str, Judged], Judged]:
    """Judge the trees with all features, without each signal and without all; and the naive rule.

    Returns
    -------
    tuple
        By what is taken away what the trees are then worth; and days since the last purchase.
    """
    rows = labelled_rows(data.training_set, target)
    origins = choose_origins(rows, target, most_origins(target))
    names = list(rows.features.columns)
    taken = {EVERYTHING: "(?!)", **SIGNALS, "all four": "|".join(SIGNALS.values())}
    judged: dict[str, Judged] = {}
    with steps_shown(console, "fitting", len(taken)) as show:
        for what, pattern in taken.items():
            show(what)
            kept = [name for name in names if not re.match(pattern, name)]
            fits = [
                fit_origin(rows, at, lambda: BoostedTrees(data.run.seed), kept) for at in origins
            ]
            scored = [score_origin(rows, *each) for each in zip(origins, fits, strict=True)]
            past = PastScores(target, {}, origins, scored)
            judged[what] = _judged(past, scored, len(names) - len(kept))
    by_days = days_since_last(data.training_set, past)
    return judged, _judged(past, by_days, len(names) - 1)


def ablations(
    judged: dict[str, Judged], churned: pd.Series, seed: int
) -> dict[str, tuple[int, Estimate, Estimate, Estimate, Estimate]]:
    """Return what is lost without each signal, in pairs over the same people.

    Returns
    -------
    dict
        By what is taken away: the features; the AUC without them; with all minus without, of the
        AUC, of the share of ``churned`` alerted before the end, and of the median lead in days.
    """
    everything = judged[EVERYTHING]
    days = lead_days(everything.alerts[ABLATED_AT], churned).to_numpy()
    told = {}
    for what, without in judged.items():
        others = lead_days(without.alerts[ABLATED_AT], churned).to_numpy()
        told[what] = (
            without.dropped,
            estimate_metric(without.scored, ROC_AUC, seed),
            compare(everything.scored, without.scored, ROC_AUC, seed),
            paired(lambda led: float((led >= 0).mean()), days, others, seed),
            paired(lambda led: float(np.nanmedian(led)), days, others, seed),
        )
    return told


def paired(
    measure: Callable[[np.ndarray], float], days: np.ndarray, others: np.ndarray, seed: int
) -> Estimate:
    """Return a measure of some leads minus that of others, of the same customers, with interval.

    Percentile bootstrap that draws customers, each with both of their leads.
    """
    random = np.random.default_rng(seed)
    drawn = random.integers(len(days), size=(DRAWS, len(days)))
    draws = [measure(days[each]) - measure(others[each]) for each in drawn]
    low, high = np.nanquantile(draws, (0.025, 0.975))
    return Estimate(measure(days) - measure(others), float(low), float(high))


def _judged(past: PastScores, scored: list[Scored], dropped: int) -> Judged:
    instants = [origin.snapshot_at for origin in past.origins]
    before = closed_before(past.origins, past.target)
    alerts = {each: raise_alerts(instants, scored, before, each) for each in PRECISIONS}
    return Judged(scored, alerts, dropped)
