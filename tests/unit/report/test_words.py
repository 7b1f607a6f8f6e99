"""What the page says is computed from the rows, and true whichever way they go."""

from datetime import datetime

import pytest

from tessera.report.sections import (
    changed_checks,
    changes,
    choice,
    landscape,
    migrations,
    overview,
    quality,
    scorecards,
    segment_money,
    segment_table,
)
from tessera.report.segments import segments_of

NEW_YEAR = datetime(2026, 1, 1)  # noqa: DTZ001 - as DuckDB returns it


def segment(segment_id="s1", name="Champions", customers=10, revenue=100.0, churn=0.1):
    return {
        "segment_id": segment_id,
        "segment_name": name,
        "customers": customers,
        "share": 0.5,
        "revenue": revenue,
        "churn_rate": churn,
    }


def plain(text):
    return text.replace("\u202f", " ").replace("\u2212", "-")


@pytest.mark.parametrize(
    ("revenues", "said"),
    [
        ((90.0, 10.0), "Champions are 50 % of customers and bring 90 % of the revenue"),
        ((52.0, 48.0), "Champions are 50 % of customers and bring about as much of the revenue"),
        ((0.0, None), "No segment has brought revenue in the last 365 days"),
    ],
)
def test_who_brings_the_revenue(answers, revenues, said):
    rows = [segment("s1", revenue=revenues[0]), segment("s2", "Dormant", revenue=revenues[1])]
    words = overview.concentration(segments_of(answers(segments=rows)))
    assert plain(words).startswith(said)


def test_the_headline_counts_customers_and_segments(answers):
    rows = [segment("s1"), segment("s2", "Dormant", customers=1990)]
    assert overview.title(answers(segments=rows)) == "2,000 customers in two segments"
    assert overview.title(answers(segments=rows[:1])) == "10 customers in one segment"
    assert overview.title(answers()) == "No customers yet"


def moved(before, now, customers):
    return {
        "from_segment_id": before,
        "from_segment_name": before,
        "to_segment_id": now,
        "to_segment_name": now,
        "customers": customers,
    }


def test_changes_count_those_known_at_both_releases(answers):
    rows = (
        moved("s1", "s1", 90),
        moved("s1", "s2", 10),
        moved(None, "s1", 5),
        moved("s2", None, 2),
    )
    assert changes.stayed_and_moved(rows) == (90, 10)
    section = changes.section(
        answers(
            moved=rows,
            segments=[segment("s1"), segment("s2", "Dormant")],
            previous_release=[{"as_of": NEW_YEAR, "scored_at": NEW_YEAR, "broken": 0}],
        )
    )
    assert plain(section.lead) == (
        "Since the release that looked from 1 January 2026, 10 of 100 customers known at both "
        "(10 %) stand in another segment; 5 customers are new."
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([moved("s1", "s1", 90)], "all 90 customers known at both stand where they stood"),
        ([moved(None, "s1", 5), moved("s1", None, 7)], "No customer of this release was in"),
    ],
)
def test_changes_say_when_nothing_moved_and_when_nothing_can_be_compared(answers, rows, said):
    previous = [{"as_of": NEW_YEAR, "scored_at": NEW_YEAR, "broken": 0}]
    given = answers(moved=rows, segments=[segment("s1")], previous_release=previous)
    assert said in changes.section(given).lead


def score(metric, value, rival, low=None, high=None):
    return {
        "metric": metric,
        "value": value,
        "low": low,
        "high": high,
        "baseline_value": rival,
        "task": "propensity",
        "target": "churn_30d",
    }


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (score("roc_auc", 0.86, 0.78, 0.85, 0.87), "better"),
        (score("roc_auc", 0.77, 0.78, 0.76, 0.775), "worse"),
        (score("roc_auc", 0.77, 0.78, 0.75, 0.79), "even"),
        (score("expected_calibration_error", 0.02, 0.01, 0.015, 0.03), "worse"),
        (score("expected_calibration_error", 0.005, 0.01, 0.004, 0.006), "better"),
        (score("silhouette", 0.2, 0.1), "better"),
        (score("roc_auc", None, 0.78), ""),
        (score("roc_auc", 0.8, None), ""),
    ],
)
def test_a_figure_stands_better_worse_or_even_to_its_rival(row, said):
    assert scorecards.verdict(row) == said


def explained(name, share, segments=6):
    return {"segmentation": name, "explained_share": share, "segments": segments}


def test_the_comparison_names_whoever_explains_most():
    rows = [explained("tessera", 0.49), explained("rfm_quintiles", 0.43)]
    assert plain(choice.comparison_words("spend", rows)) == (
        "Tessera explains most of the spend: 49 %, RFM quintiles 43 %"
    )
    rows.append(explained("spend_ranking", 0.53))
    assert plain(choice.comparison_words("spend", rows)) == (
        "Ranking by spend explains most of the spend: 53 %; Tessera 49 %"
    )


def migration(before, now, customers, at=NEW_YEAR):
    return moved(before, now, customers) | {"snapshot_at": at, "share": 0.1}


def test_migrations_without_any_move_are_told_as_such(answers):
    section = migrations.section(
        answers(
            segments=[segment("s1")],
            migrations=[migration("s1", "s1", 9), migration(None, "s1", 1)],
            monthly_moves=[{"snapshot_at": NEW_YEAR, "customers": 9, "share": 0.0}],
        )
    )
    titles = [block.title for block in section.blocks if hasattr(block, "title")]
    assert titles[0] == "Nobody moved before 1 Jan 2026"


def test_neighbours_on_the_map_are_named():
    middles = [
        {"segment": name, "x": x, "y": 0.0} for name, x in (("near", 0), ("by", 1), ("far", 9))
    ]
    assert landscape.nearest_words(middles) == (
        "near and by lie nearest to each other, near and far farthest apart"
    )
    assert landscape.nearest_words(middles[:1]) == "All customers shown are of one segment"


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ([], "all held"),
        (["warning"], "no critical one failed, 1 warning"),
        (["critical", "warning"], "1 critical one failed, 1 warning"),
    ],
)
def test_the_quality_lead_counts_what_did_not_hold(answers, broken, said):
    rows = [gate(True, "critical"), *(gate(False, severity) for severity in broken)]
    assert said in quality.section(answers(gates=rows)).lead


def gate(has_passed, severity):
    return {
        "gate": "gate_core",
        "relation": "orders",
        "expectation_id": "orders.id.unique",
        "severity": severity,
        "has_passed": has_passed,
        "observed_value": None,
        "expected": None,
        "unexpected_count": None,
        "description": None,
    }


def test_a_trend_goes_up_down_or_nowhere(answers):
    rows = [
        {"segment_id": "s1", "snapshot_at": at, "customers": 9, "share": share}
        for at, share in ((datetime(2025, 6, 1), 0.2), (NEW_YEAR, 0.25))  # noqa: DTZ001
    ]
    given = answers(segments=[segment("s1")], trend=rows)
    grid = segment_table.section(given).blocks[-1]
    assert grid.blocks[0].title == "Champions: up 5.0 points since June 2025"


def account(segment_id, contribution):
    amounts = ("revenue", "discounts", "returns", "shipping", "cost_of_goods", "margin")
    return {
        "segment_id": segment_id,
        "segment_name": segment_id,
        "cost_to_serve": 1.0,
        "contribution": contribution,
        **dict.fromkeys(amounts, 100.0),
    }


def test_accounts_add_up_and_name_who_costs_more_than_they_bring(answers):
    rows = [account("s1", 50.0), account("s2", -5.0), account(None, None)]
    given = answers(segments=[segment("s1"), segment("s2", "Dormant")], economics=rows)
    (table,) = segment_money.tables(given, segments_of(given))
    assert (
        table.title
        == "Champions leave most after all costs: 50; Dormant cost 5 more than they bring"
    )
    assert table.rows[-1][:2] == ("All", "300")
    assert table.rows[-1][-1] == "45"


def test_a_segment_that_was_renamed_is_told_by_both_names(answers):
    given = answers(
        segments=[segment("s1", "Loyal regulars")],
        previous_segments=[segment("s1", "Light shoppers")],
        moved=[moved("s1", "s1", 10)],
    )
    (sizes,) = [b for b in changes.section(given).blocks if getattr(b, "columns", ())][:1]
    assert sizes.rows[0][0].text == "Loyal regulars (was Light shoppers)"


def test_checks_that_are_new_are_counted_apart_from_those_that_came_out_otherwise(answers):
    def check(held_before, holds_now):
        return {
            "expectation_id": "orders.id.unique",
            "description": None,
            "held_before": held_before,
            "holds_now": holds_now,
            "found_before": None,
            "found_now": None,
        }

    rows = [check(None, True), check(None, True), check(True, None), check(True, False)]
    (table,) = changed_checks.tables(answers(checks_changed=rows)["checks_changed"])
    assert (table.title, table.note) == (
        "1 check came out otherwise",
        "2 checks are new, 1 no longer made.",
    )
    assert len(table.rows) == 1
