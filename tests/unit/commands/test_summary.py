"""The page after a good build says who the customers are and how far the models can be trusted."""

from pathlib import Path

import pandas as pd
from rich.console import Console

from tessera.commands.outcomes import BuildOutcome, NodeOutcome
from tessera.commands.summary import ReleaseFrames, build_summary

FRAMES = ReleaseFrames(
    segments=pd.DataFrame(
        {
            "segment_name": ["[Regulars]", "Newcomers"],
            "customers": [1200, 50],
            "share": [0.96, 0.04],
            "revenue": [123456.78, None],
            "churn_rate": [0.125, None],
        }
    ),
    choice=pd.DataFrame(
        {"algorithm": ["ward"], "segments": [2], "reason": ["chosen: highest score of 3 eligible"]}
    ),
    champions=pd.DataFrame(
        {
            "task": ["propensity", "propensity", "propensity", "segmentation"],
            "target": ["churn_30d", "churn_30d", "churn_30d", None],
            "algorithm": ["lightgbm", "lightgbm", "lightgbm", "kmeans"],
            "metric": ["log_loss", "roc_auc", "lift_top_10pct", "stability"],
            "value": [0.4, 0.861, 3.2, 0.9],
            "low": [None, 0.85, None, None],
            "high": [None, 0.872, None, None],
            "baseline_name": [None, "recency_rule", None, None],
            "baseline_value": [None, 0.783, None, None],
        }
    ),
    gates=pd.DataFrame(
        {"gate": ["gate_core"], "expectations": [12], "failures": [0], "warnings": [1]}
    ),
    warnings=pd.DataFrame(
        {
            "gate": ["gate_core"],
            "expectation_id": ["orders.volume"],
            "severity": ["warning"],
            "description": ["About as many as last time."],
            "observed_value": ["0.4"],
            "expected": ["at least 0.5"],
            "unexpected_count": [None],
        }
    ),
    unpredicted=pd.DataFrame({"target": ["upgrade_90d"], "reason": ["not predicted: why"]}),
    feeds=pd.DataFrame(
        {
            "feed": ["orders"],
            "rows_in": [1657],
            "rows_kept": [1650],
            "rows_duplicate": [3],
            "rows_rejected": [4],
        }
    ),
)
NODES = (
    NodeOutcome("unique_orders", "test", "tests", "pass", 0.25),
    NodeOutcome("orders", "model", "core", "success", 1.5),
    NodeOutcome("stg_feeds__orders", "model", "staging", "success", 1.0),
    NodeOutcome("not_null_orders", "test", "tests", "pass", 0.25),
)
OUTCOME = BuildOutcome("run", has_succeeded=True, nodes=NODES)


def shown(frames: ReleaseFrames) -> str:
    console = Console(record=True, width=110)
    console.print(build_summary(frames, OUTCOME, Path("warehouse/tessera.duckdb")))
    return console.export_text()


def line_with(text: str, word: str) -> str:
    return next(line for line in text.splitlines() if word in line)


def test_a_segment_shows_its_name_as_it_is_its_size_share_revenue_and_churn():
    line = line_with(shown(FRAMES), "[Regulars]")
    assert line.split() == ["[Regulars]", "1,200", "96.0%", "123,457", "12.5%"]


def test_it_is_said_why_these_are_the_segments():
    assert "ward with 2 segments, chosen: highest score of 3 eligible" in shown(FRAMES)


def test_what_is_not_known_is_blank():
    assert line_with(shown(FRAMES), "Newcomers").split() == ["Newcomers", "50", "4.0%"]


def test_a_champion_stands_beside_its_naive_rival_with_an_interval():
    text = shown(FRAMES)
    for word in ("churn_30d", "0.861 [0.850, 0.872]", "0.783 recency_rule"):
        assert word in line_with(text, "roc auc")
    assert "by lightgbm" in text


def test_the_headline_metric_comes_first_and_minor_ones_stay_in_the_table():
    text = shown(FRAMES)
    assert text.index("roc auc") < text.index("lift, top 10 %")
    assert "log" not in text


def test_warnings_of_gates_and_rejected_rows_are_not_hidden():
    text = shown(FRAMES)
    assert "1 checked, 12 expectations, 0 failed, 1 warning" in text
    assert "orders.volume" in text
    assert "staging.rejected_rows" in text


def test_seconds_are_added_up_per_stage_in_the_order_data_flow():
    assert "staging 1.0, core 1.5, tests 0.5" in shown(FRAMES)


def test_a_release_without_these_tables_still_says_where_it_is():
    nothing = ReleaseFrames(*(pd.DataFrame() for _ in ReleaseFrames._fields))
    text = shown(nothing)
    assert "warehouse/tessera.duckdb" in text
    assert "Segments" not in text


def test_a_target_without_a_model_is_not_passed_over():
    assert "upgrade_90d: not predicted: why" in shown(FRAMES)
