"""Lead times: how many days before its customers' last purchase an alert of churn began.

Looked at are those whose last purchase lies between the first origin at which alerts are judged and
:data:`~tessera.track_record.alerts.FOLLOWED_DAYS` before the newest one: each could have been
alerted before, each was followed equally long, and after the newest origin a whole horizon has
closed without a purchase. The same is asked of days since the last purchase, alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tessera import frames, registry
from tessera.propensity import Target
from tessera.propensity.algorithms.rules import RECENCY_FEATURE
from tessera.track_record.alerts import FOLLOWED_DAYS, first_alerts, raise_alerts
from tessera.track_record.backtests import closed_before
from tessera.track_record.past_scores import past_scores
from tessera.track_record.schemas import LEAD_TIMES_ORDER, LEAD_TIMES_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tessera.bootstrap import Scored
    from tessera.propensity.protocol import Origin
    from tessera.runs import Run
    from tessera.track_record.alerts import Alerts
    from tessera.track_record.past_scores import PastScores

RECIPE = 1
"""Raise it when the way of measuring changes: everything is then measured anew."""
PRECISIONS = (0.6, 0.7)
"""Stated precisions: the bands of risk that are published."""
CHURN = "count(orders.order_id)=0"
"""The label of a churn target, without spaces: no purchase of any kind."""
QUARTILES = {
    "lead_days_first_quartile": 0.25,
    "lead_days_median": 0.5,
    "lead_days_third_quartile": 0.75,
}


def measure_lead_times(
    training_set: pd.DataFrame,
    last_purchases: pd.Series,
    champions: pd.DataFrame,
    replays: pd.DataFrame,
    remembered: pd.DataFrame,
    run: Run,
) -> pd.DataFrame:
    """Return how early alerts of each churn target began, at each stated precision.

    Parameters
    ----------
    training_set
        A row per customer and past snapshot, the one that the champions were fitted on.
    last_purchases
        Each customer's last purchase as of the build; see :func:`load_last_purchases`.
    champions
        A row per churn target: the champion's row of the registry; see :func:`churn_champions`.
    replays
        Fits of the champions at past origins: those of the evaluation, and the older ones.
    remembered
        The table as the last run left it; what was measured on the same inputs stands.
    run
        The build.

    Returns
    -------
    DataFrame
        Columns of ``LEAD_TIMES_SCHEMA``, ordered by ``LEAD_TIMES_ORDER``. A target none of whose
        origins has a past to choose a border on has no rows.
    """
    seen = registry.fingerprint(last_purchases.reset_index())
    inputs = {
        model_id: registry.model_id(recipe=RECIPE, model=model_id, last_purchases=seen)
        for model_id in champions["model_id"]
    }
    kept = remembered[remembered["inputs_fingerprint"].isin(list(inputs.values()))]
    fresh = champions[~champions["model_id"].isin(kept["model_id"])]
    horizons = zip(fresh["target"], fresh["horizon_days"], strict=True)
    targets = [Target(str(name), int(days)) for name, days in horizons]
    lines = [
        {**line, "inputs_fingerprint": inputs[line["model_id"]], "run_id": run.run_id}
        for past in past_scores(training_set, targets, fresh, replays)
        for line in _lead_times(past, days_since_last(training_set, past), last_purchases)
    ]
    told = registry.records(kept) + lines
    if not told:
        return frames.empty(LEAD_TIMES_SCHEMA)
    lead_times = pd.DataFrame(told, columns=LEAD_TIMES_SCHEMA.names)
    return lead_times.sort_values(list(LEAD_TIMES_ORDER), ignore_index=True)


def churn_champions(champions: pd.DataFrame, declared: pd.DataFrame) -> pd.DataFrame:
    """Return the champions whose target is that no purchase happens, whatever it is called.

    Parameters
    ----------
    champions
        A row per target.
    declared
        The relation ``prediction_targets``: a row per target, with the SQL of its label.
    """
    label = declared["label"].str.replace(r"\s", "", regex=True).str.lower()
    is_churn = (label == CHURN) & (declared["label_over"] == "orders")
    names = declared.loc[is_churn & declared["label_where"].isna(), "target"]
    return champions[champions["target"].isin(names)]


def load_last_purchases(scoring_set: Any) -> pd.Series:
    """Return the instant of each customer's last purchase, by customer.

    Parameters
    ----------
    scoring_set
        The relation of that name: a row per customer at the newest snapshot.
    """
    names = f"customer_id, snapshot_at, {RECENCY_FEATURE}"
    rows = frames.read(scoring_set.select(names), ["customer_id"])
    rows = rows[rows[RECENCY_FEATURE].notna()]
    ago = pd.to_timedelta(rows[RECENCY_FEATURE].to_numpy(dtype=np.float64), unit="D").round("us")
    return pd.Series(rows["snapshot_at"].to_numpy() - ago, index=rows["customer_id"], name="at")


def days_since_last(training_set: pd.DataFrame, past: PastScores) -> list[Scored]:
    """Return the same people at the same origins, scored by days since their last purchase."""
    days = training_set.set_index(["snapshot_at", "customer_id"])[RECENCY_FEATURE]
    pairs = zip(past.origins, past.scored, strict=True)
    return [
        replace(scored, probabilities=_days_at(days, origin, scored.customer_ids))
        for origin, scored in pairs
    ]


def stopped_customers(
    instants: Sequence[pd.Timestamp], scored: Sequence[Scored], last_purchases: pd.Series
) -> pd.Series:
    """Return the last purchases of those who stopped while alerts were judged.

    Parameters
    ----------
    instants, scored
        The origins at which alerts are judged, oldest first, and who was scored there. Whoever was
        scored at none (a customer outside the sample, or one never asked about) is not looked at.
    last_purchases
        Instants, by customer.
    """
    followed = pd.Timedelta(days=FOLLOWED_DAYS)
    is_stop = last_purchases.between(instants[0], instants[-1] - followed)
    known = np.unique(np.concatenate([each.customer_ids for each in scored]))
    return last_purchases[is_stop & last_purchases.index.isin(known)].sort_index()


def _lead_times(
    past: PastScores, by_days: list[Scored], last_purchases: pd.Series
) -> Iterator[dict[str, Any]]:
    """Yield a line per stated precision."""
    before = closed_before(past.origins, past.target)
    if not before:
        return
    instants = [origin.snapshot_at for origin in past.origins]
    judged = [instants[place] for place in before]
    scored = [past.scored[place] for place in before]
    stopped = stopped_customers(judged, scored, last_purchases)
    for precision in PRECISIONS:
        alerts = raise_alerts(instants, past.scored, before, precision)
        rule = raise_alerts(instants, by_days, before, precision)
        yield {
            "target": past.target.name,
            "stated_precision": precision,
            "algorithm": past.champion["algorithm"],
            "model_id": past.champion["model_id"],
            "first_origin_at": judged[0],
            "last_origin_at": judged[-1],
            "origins": len(judged),
            "base_rate": float(np.concatenate([each.labels for each in scored]).mean()),
            "customers_stopped": len(stopped),
            "customers_scored_before": _scored_before(judged, scored, stopped),
            **_told(alerts, stopped),
            **{f"baseline_{name}": value for name, value in _told(rule, stopped).items()},
            "baseline_days": rule.borders[-1] if np.isfinite(rule.borders[-1]) else np.nan,
        }


def lead_days(alerts: Alerts, ends: pd.Series) -> pd.Series:
    """Return by how many days each customer's alert began before the end; NaN: there was none.

    Parameters
    ----------
    alerts
        Who was alerted at which origin.
    ends
        Instants, by customer: the last purchases, or whatever else the alert is held against.
    """
    first = first_alerts(alerts, ends)
    days: pd.Series = (ends.dt.normalize() - first.dt.normalize()).dt.days
    return days


def _told(alerts: Alerts, stopped: pd.Series) -> dict[str, float]:
    """Return what alerts of one kind were worth."""
    labels = alerts.labels
    days = lead_days(alerts, stopped)
    alerted = days.dropna()
    return {
        "alerts": len(labels),
        "realised_precision": float(labels.mean()) if len(labels) else np.nan,
        "share_alerted": float(days.notna().mean()),
        "share_alerted_before": float((days >= 0).mean()),
        **{name: float(alerted.quantile(share)) for name, share in QUARTILES.items()},
    }


def _scored_before(
    judged: Sequence[pd.Timestamp], scored: Sequence[Scored], stopped: pd.Series
) -> int:
    """Count those who could have been alerted before their last purchase: scored before it."""
    is_scored = np.zeros(len(stopped), dtype=np.bool_)
    for origin, each in zip(judged, scored, strict=True):
        is_scored |= (stopped >= origin).to_numpy() & stopped.index.isin(each.customer_ids)
    return int(is_scored.sum())


def _days_at(days: pd.Series, origin: Origin, customer_ids: Any) -> Any:
    """Return days since the last purchase; -1, which never alerts, for who has bought nothing."""
    found = days.loc[origin.snapshot_at].reindex(customer_ids)
    return found.fillna(-1.0).to_numpy(dtype=np.float64)
