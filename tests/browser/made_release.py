"""A small release with every table that the report reads, drawn from a seed: no build is needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

PLANTED = ("jane.doe@example.com", "+49 30 23125 017", "max@mustermann.de")
"""Personal data that careless feeds write into free text."""

NAMES = {
    "s1": "Champions",
    "s2": "Slipping away",
    "s3": "Dormant",
    "s5": "Small-basket frequent",
    "s6": "Light shoppers",
    "s7": "Big-basket occasional",
}
SPEND = {"s1": 4100, "s2": 690, "s3": 170, "s5": 810, "s6": 163, "s7": 2100}
CHURN = {"s1": 0.01, "s2": 0.26, "s3": 0.44, "s5": 0.06, "s6": 0.30, "s7": 0.06}
TARGETS = ("churn_30d", "purchase_30d")
FEATURES = ("orders_count_90d", "orders_amount_sum_365d", "orders_days_since_last")


@dataclass
class Shop:
    """What a release is drawn from."""

    run_id: str = "made-2"
    as_of: datetime = datetime(2026, 1, 1)  # noqa: DTZ001 - as DuckDB returns it
    built_on: datetime = datetime(2026, 1, 2, 3)  # noqa: DTZ001
    customers: int = 600
    snapshots: int = 9
    features: int = 420
    seed: int = 7
    names: dict[str, str] = field(default_factory=lambda: dict(NAMES))
    extra_text: str = ""
    without: tuple[str, ...] = ()

    @property
    def ids(self) -> list[str]:
        return list(self.names)


def write_release(folder: Path, shop: Shop) -> Path:
    """Write the release file, let the link show it, and return the link."""
    (folder / "releases").mkdir(parents=True, exist_ok=True)
    path = folder / "releases" / f"{shop.run_id}.duckdb"
    tables = _tables(shop)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        for name, frame in tables.items():
            if name not in shop.without:
                stamped = frame.assign(
                    run_id=shop.run_id, as_of=shop.as_of, scored_at=shop.built_on
                )
                connection.register("stamped", stamped)
                connection.execute(f"create table marts.{name} as select * from stamped")
                connection.unregister("stamped")
    link = folder / "tessera.duckdb"
    link.unlink(missing_ok=True)
    link.symlink_to(f"releases/{path.name}")
    return link


def _tables(shop: Shop) -> dict[str, pd.DataFrame]:
    rng = np.random.default_rng(shop.seed)
    history = _history(shop, rng)
    newest = history[history["snapshot_at"] == history["snapshot_at"].max()]
    return {
        "customer_segments": _segments(newest),
        "customer_segment_history": history,
        "segment_migrations": _migrations(history, shop),
        **_segment_tables(shop, newest),
        **_choice_tables(shop),
        **_propensity_tables(shop, newest, rng),
        **_quality_tables(shop),
        "segment_map": _map(shop, newest, rng),
        **_feature_tables(shop),
    }


def _history(shop: Shop, rng: np.random.Generator) -> pd.DataFrame:
    share = np.linspace(3, 1, len(shop.ids))
    place = rng.choice(len(shop.ids), shop.customers, p=share / share.sum())
    frames = []
    for age in reversed(range(shop.snapshots)):
        moves = rng.random(shop.customers) < 0.06
        place = np.where(moves, rng.integers(0, len(shop.ids), shop.customers), place)
        known = np.arange(shop.customers) < shop.customers - 12 * age
        frames.append(
            pd.DataFrame(
                {
                    "customer_id": [f"c{n:06d}" for n in range(shop.customers)],
                    "snapshot_at": _months_before(shop.as_of, age),
                    "segment_id": [shop.ids[p] for p in place],
                }
            )[known]
        )
    history = pd.concat(frames, ignore_index=True)
    return history.assign(segment_name=history["segment_id"].map(shop.names))


def _months_before(as_of: datetime, months: int) -> datetime:
    return (pd.Timestamp(as_of) - pd.DateOffset(months=months)).to_pydatetime()


def _segments(newest: pd.DataFrame) -> pd.DataFrame:
    number = np.arange(len(newest))
    return newest.assign(
        membership_score=0.8,
        is_between_segments=number % 9 == 0,
        is_holdout=number % 10 == 0,
        model_id="m1",
    )


def _migrations(history: pd.DataFrame, shop: Shop) -> pd.DataFrame:
    dates = sorted(history["snapshot_at"].unique())
    frames = []
    for before, now in pairwise(dates):
        pair = history[history["snapshot_at"] == before].merge(
            history[history["snapshot_at"] == now], "outer", "customer_id", suffixes=("_f", "_t")
        )
        flows = pair.groupby(["segment_id_f", "segment_id_t"], dropna=False).size()
        flows = flows.rename("customers").reset_index()
        frames.append(flows.assign(snapshot_at=now))
    if not frames:
        return pd.DataFrame({name: [] for name in _MIGRATION_COLUMNS})
    flows = pd.concat(frames, ignore_index=True).rename(
        columns={"segment_id_f": "from_segment_id", "segment_id_t": "to_segment_id"}
    )
    return flows.assign(
        from_segment_name=flows["from_segment_id"].map(shop.names),
        to_segment_name=flows["to_segment_id"].map(shop.names),
        share=flows["customers"] / flows.groupby("snapshot_at")["customers"].transform("sum"),
    )


_MIGRATION_COLUMNS = (
    *("snapshot_at", "from_segment_id", "from_segment_name", "to_segment_id", "to_segment_name"),
    *("customers", "share"),
)


def _segment_tables(shop: Shop, newest: pd.DataFrame) -> dict[str, pd.DataFrame]:
    sizes = newest.groupby("segment_id").size().to_dict()
    present = [key for key in shop.ids if sizes.get(key)]
    named = [{"segment_id": key, "segment_name": shop.names[key]} for key in present]
    total = sum(sizes.values()) or 1
    profiles = [
        row
        | {
            "customers": sizes[row["segment_id"]],
            "share": sizes[row["segment_id"]] / total,
            "description": f"Buy as {row['segment_name']} do. {shop.extra_text}",
            "strategy": "Thank them, and leave discounts out.",
            "kpi": "Share that stays.",
            "predicate_sql": f"orders_count_90d >= 7 and country <> '{shop.extra_text}'",
            "predicate_fidelity": 0.9,
            "revenue": sizes[row["segment_id"]] * float(SPEND[row["segment_id"]]),
            "predicted_value": None,
            "churn_rate": CHURN[row["segment_id"]],
            "cost_to_serve": None,
            "macro_segment_name": "Active",
            "holdout_customers": sizes[row["segment_id"]] // 10,
            "owner": "crm",
            "valid_from": shop.as_of,
            "valid_to": None,
            "monthly_change": 0.06,
        }
        for row in named
    ]
    return {
        "segment_profiles": _frame(profiles, predicted_value=float, valid_to="datetime64[us]"),
        "segment_drivers": _drivers(named, shop),
        "segment_members": _members(named, shop),
        "segment_economics": _economics(profiles),
        "segment_lineage": _lineage(named, shop),
        "segment_contracts": _contracts(named, shop),
        "segment_hierarchy": _hierarchy(profiles),
    }


def _drivers(named: list[dict[str, Any]], shop: Shop) -> pd.DataFrame:
    return _frame(
        [
            row
            | {
                "rank": rank,
                "feature_name": f"orders_count_{rank * 30}d",
                "description": f"Number of orders in the {rank * 30} days before the snapshot.",
                "direction": "higher" if rank % 3 else "lower",
                "segment_value": 2.0 * rank if rank % 3 else 0.4,
                "population_value": 1.0 * rank,
                "importance": 0.3 / rank,
                "stability": 1 - rank / 20,
            }
            for row in named
            for rank in range(1, 11)
        ]
    )


def _members(named: list[dict[str, Any]], shop: Shop) -> pd.DataFrame:
    return _frame(
        [
            row
            | {
                "kind": kind,
                "feature_name": name,
                "value": 3.0 if kind == "typical" else 11.0,
                "segment_median": 3.0,
                "population_median": 2.0,
            }
            for row in named
            for kind in ("typical", "atypical")
            for name in FEATURES
        ]
    )


def _economics(profiles: list[dict[str, Any]]) -> pd.DataFrame:
    return _frame(
        [
            {
                "segment_id": row["segment_id"],
                "segment_name": row["segment_name"],
                "customers": row["customers"],
                "orders": row["customers"] * 8,
                "revenue": row["revenue"],
                "discounts": row["revenue"] * 0.05,
                "returns": row["revenue"] * 0.04,
                "shipping": row["customers"] * 12.0,
                "cost_of_goods": row["revenue"] * 0.6,
                "margin": row["revenue"] * 0.36,
                "cost_to_serve": row["customers"] * 80.0,
                "contribution": row["revenue"] * 0.36 - row["customers"] * 68.0,
                "churn_rate": row["churn_rate"],
                "predicted_value": None,
            }
            for row in profiles
        ],
        predicted_value=float,
    )


def _lineage(named: list[dict[str, Any]], shop: Shop) -> pd.DataFrame:
    return _frame(
        [
            {
                "reigns_from": _months_before(shop.as_of, 3),
                "model_id": "m1",
                "previous_model_id": "m0",
                "event": "kept" if place else "born",
                "from_segment_id": row["segment_id"] if place else None,
                "from_segment_name": row["segment_name"] if place else None,
                "to_segment_id": row["segment_id"],
                "to_segment_name": row["segment_name"],
                "customers": 50,
                "share": 0.9,
            }
            for place, row in enumerate(named)
        ]
    )


def _contracts(named: list[dict[str, Any]], shop: Shop) -> pd.DataFrame:
    clauses = [
        {"segment_id": None, "clause": "stability", "value": 0.81, "bound": 0.6},
        {"segment_id": None, "clause": "coverage", "value": 1.0, "bound": 0.99},
        *(
            {"segment_id": r["segment_id"], "clause": "size", "value": 50, "bound": 40}
            for r in named
        ),
    ]
    return _frame(
        [
            row
            | {
                "is_kept": place != 2,
                "severity": "warning",
                "owner": "crm",
                "valid_from": None,
                "valid_to": None,
                "reason": "kept" if place != 2 else "smaller than agreed",
            }
            for place, row in enumerate(clauses)
        ],
        valid_from="datetime64[us]",
        valid_to="datetime64[us]",
    )


def _hierarchy(profiles: list[dict[str, Any]]) -> pd.DataFrame:
    customers = sum(row["customers"] for row in profiles)
    rows = [
        {"node_id": "a", "level": "macro", "node_name": "Active", "parent_id": None}
        | {"customers": customers, "share": 1.0, "description": "Those who buy."}
    ]
    rows += [
        {"node_id": row["segment_id"], "level": "segment", "node_name": row["segment_name"]}
        | {"parent_id": "a", "customers": row["customers"], "share": row["share"]}
        | {"description": row["description"]}
        for row in profiles
    ]
    return _frame(rows)


def _choice_tables(shop: Shop) -> dict[str, pd.DataFrame]:
    candidates = [
        {
            "model_id": f"{algorithm}-{k}",
            "algorithm": algorithm,
            "segments": k,
            "fitted_at": shop.as_of,
            "is_eligible": k < 9,
            "is_chosen": (algorithm, k) == ("kmeans", 6),
            "score": 0.5 + 0.04 * k - 0.003 * k * k - 0.02 * place,
            "stability": 0.8,
            "stability_low": 0.7,
            "stability_high": 0.9,
            "smallest_segment_customers": 60,
            "size_floor": 40,
            "readability": 0.92,
            "silhouette": 0.2,
            "silhouette_shuffled": 0.1,
            "explained_amount_90d": 0.48,
            "explained_amount_90d_low": 0.45,
            "explained_amount_90d_high": 0.5,
            "explained_churn_90d": 0.2,
            "monthly_change": 0.07,
            "reason": "highest score" if (algorithm, k) == ("kmeans", 6) else "lower score",
        }
        for place, algorithm in enumerate(("kmeans", "gaussian_mixture", "ward", "hdbscan"))
        for k in range(3, 13)
    ]
    comparison = [
        {
            "segmentation": name,
            "segments": 6,
            "outcome": outcome,
            "explained_share": value,
            "low": value - 0.03,
            "high": value + 0.03,
            "lift_top_segment": 2.0,
            "origins": 4,
            "evaluated_rows": 2000,
            "is_best": False,
            "reason": "measured",
        }
        for outcome, own in (("amount_90d", 0.49), ("churn_90d", 0.2))
        for name, value in (
            ("tessera", own),
            ("rfm_quintiles", own - 0.06),
            ("spend_ranking", own + 0.02),
            ("rule_segments", own - 0.2),
        )
    ]
    return {"segment_candidates": _frame(candidates), "segment_comparison": _frame(comparison)}


def _propensity_tables(
    shop: Shop, newest: pd.DataFrame, rng: np.random.Generator
) -> dict[str, pd.DataFrame]:
    ids = newest["customer_id"].tolist()
    scores = pd.concat(
        [
            pd.DataFrame(
                {
                    "customer_id": ids,
                    "target": target,
                    "probability": rng.beta(1, 4, len(ids)),
                    "risk_band": np.where(rng.random(len(ids)) < 0.8, "low", None),
                    "reason_1_feature": rng.choice(FEATURES, len(ids)),
                    "reason_1_contribution": 0.3,
                }
            )
            for target in TARGETS
        ]
    )
    return {
        "customer_propensities": scores,
        "segment_deciles": _deciles(shop),
        "segment_calibrations": _calibrations(shop),
        "model_scorecards": _scorecards(),
        "propensity_backtests": _backtests(shop),
        "lead_times": _lead_times(),
        "label_supply": _labels(),
    }


def _deciles(shop: Shop) -> pd.DataFrame:
    return _frame(
        [
            {
                "target": target,
                "segment_id": key,
                "segment_name": shop.names[key],
                "decile": decile,
                "customers": 60,
                "mean_probability": 0.5 / decile,
                "evaluated_rows": 200,
                "is_small": key == "s3",
                "promised_rate": 0.5 / decile,
                "realised_rate": 0.48 / decile,
            }
            for target in TARGETS
            for key in shop.ids
            for decile in range(1, 11)
        ]
    )


def _calibrations(shop: Shop) -> pd.DataFrame:
    return _frame(
        [
            {
                "target": target,
                "segment_id": key,
                "segment_name": shop.names[key],
                "customers": 100,
                "evaluated_rows": 300,
                "is_small": False,
                "promised_rate": CHURN[key],
                "realised_rate": CHURN[key] + 0.01,
                "gap": 0.01,
                "gap_low": -0.02,
                "gap_high": 0.04,
            }
            for target in TARGETS
            for key in shop.ids
        ]
    )


def _scorecards() -> pd.DataFrame:
    measured = (
        *((target, "roc_auc", 0.86, 0.78) for target in TARGETS),
        *((target, "lift_top_10pct", 3.8, 3.4) for target in TARGETS),
        *((target, "expected_calibration_error", 0.02, 0.01) for target in TARGETS),
        (None, "stability", 0.81, 0.0),
        (None, "explained_amount_90d", 0.49, 0.53),
    )
    return _frame(
        [
            {
                "model_id": "p1",
                "task": "propensity" if target else "segmentation",
                "target": target,
                "algorithm": algorithm,
                "segments": None if target else 6,
                "is_champion": algorithm in ("lightgbm", "kmeans"),
                "champion_reason": "highest",
                "split": "all_origins",
                "metric": metric,
                "value": value - worse,
                "low": value - worse - 0.005,
                "high": value - worse + 0.005,
                "baseline_name": "recency_rule",
                "baseline_value": rival,
                "skill": 0.3,
                "promised_value": 0.87 if metric == "roc_auc" else None,
                "realised_value": 0.85 if metric == "roc_auc" else None,
                "gap": -0.02 if metric == "roc_auc" else None,
            }
            for target, metric, value, rival in measured
            for algorithm, worse in (
                (("lightgbm", 0.0), ("recency_rule", 0.08)) if target else (("kmeans", 0.0),)
            )
        ]
    )


def _backtests(shop: Shop) -> pd.DataFrame:
    return _frame(
        [
            {
                "target": target,
                "origin_at": _months_before(shop.as_of, age),
                "metric": "roc_auc",
                "promised_value": 0.86,
                "realised_value": 0.86 - 0.004 * age,
                "realised_low": 0.84 - 0.004 * age,
                "realised_high": 0.88 - 0.004 * age,
                "gap": -0.004 * age,
                "mean_absolute_gap": 0.01,
                "customers": 500,
            }
            for target in TARGETS
            for age in range(6, 0, -1)
        ]
    )


def _lead_times() -> pd.DataFrame:
    return _frame(
        [
            {
                "target": "churn_30d",
                "stated_precision": 0.6,
                "realised_precision": 0.56,
                "share_alerted": 0.8,
                "share_alerted_before": 0.06,
                "lead_days_median": -54.5,
                "customers_stopped": 66,
            }
        ]
    )


def _labels() -> pd.DataFrame:
    return _frame(
        [
            {
                "target": target,
                "answers": 5000,
                "positives": 900,
                "negatives": 4100,
                "snapshots": 9,
                "grade": grade,
                "reason": reason,
            }
            for target, grade, reason in (
                *((target, "full", "enough of both answers") for target in TARGETS),
                ("upgrade_90d", "refuse", "fewer than 100 answers of yes"),
            )
        ]
    )


def _quality_tables(shop: Shop) -> dict[str, pd.DataFrame]:
    gates = [
        {
            "gate": f"gate_{'core' if n % 2 else 'scores'}",
            "relation": "orders",
            "expectation": "unexpected_rows_expectation",
            "expectation_id": f"orders.check_{n}.holds",
            "column_name": None,
            "severity": "warning" if n < 3 else "critical",
            "has_passed": n > 0,
            "observed_value": f"{n} rows {shop.extra_text}",
            "expected": "no such rows",
            "unexpected_count": 0 if n else 6,
            "description": f"Check number {n} holds.",
        }
        for n in range(40)
    ]
    gates += [
        gates[1]
        | {"gate": "gate_core", "relation": "orders", "observed_value": "4100"}
        | {"expectation": "expect_table_row_count_to_be_between", "expectation_id": "orders.rows"},
        gates[1]
        | {"gate": "gate_core", "relation": "feed_accounting", "expectation_id": "feeds.rejected"}
        | {"description": "Hardly any row was set aside."},
    ]
    identity = [
        {"section": "sizes", "measure": "customers", "value": 600.0, "detail": None},
        {"section": "merges", "measure": "merges", "value": 3.0, "detail": shop.extra_text or None},
    ]
    return {"gate_results": _frame(gates), "identity_report": _frame(identity)}


def _map(shop: Shop, newest: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    place = newest["segment_id"].map({key: n for n, key in enumerate(shop.ids)}).to_numpy(float)
    return newest[["customer_id", "segment_id", "segment_name"]].assign(
        x=np.cos(place) * 3 + rng.normal(size=len(newest)),
        y=np.sin(place) * 3 + rng.normal(size=len(newest)),
        x_axis="spends more (orders_amount_sum_365d)",
        y_axis="bought lately (orders_days_since_last)",
    )


def _feature_tables(shop: Shop) -> dict[str, pd.DataFrame]:
    names = [*FEATURES, *(f"web_pages_{n:03d}_count_30d" for n in range(shop.features - 3))]
    catalogue = [
        {
            "feature_name": name,
            "family": f"features_{name.split('_', maxsplit=1)[0]}",
            "description": f"What {name} says. {shop.extra_text if name == FEATURES[0] else ''}",
            "data_type": "bigint",
            "null_policy": "zero",
            "source_columns": "core.orders.amount",
            "definition_sql": "COUNT(*)",
            "is_own": False,
            "null_share": 0.25,
            "drift_psi": 0.02,
        }
        for name in names
    ]
    values = [{"target": "churn_30d", "feature_name": name, "value": 0.1} for name in FEATURES]
    return {"feature_catalog": _frame(catalogue), "feature_values": _frame(values)}


def _frame(rows: list[dict[str, Any]], **types: Any) -> pd.DataFrame:
    return pd.DataFrame(rows).astype(types) if rows else pd.DataFrame()


def earlier(shop: Shop) -> Shop:
    """Return the shop of the release before: the same people, a month earlier."""
    return Shop(
        run_id="made-1",
        as_of=_months_before(shop.as_of, 1),
        built_on=shop.built_on - timedelta(days=31),
        customers=shop.customers,
        snapshots=shop.snapshots - 1,
        seed=shop.seed,
        names=shop.names,
    )
