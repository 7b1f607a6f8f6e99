from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation.comparison import SEGMENT_COMPARISONS_SCHEMA, compare_segmentations


@pytest.fixture
def compared(a_past, champions, nobody, run):
    return compare_segmentations(a_past(), champions, nobody, nobody, run)


def of(compared: pd.DataFrame, segmentation: str, outcome: str, segments: int = 3) -> pd.Series:
    keys = ["segmentation", "outcome", "segments"]
    return compared.set_index(keys).loc[(segmentation, outcome, segments)]


def test_each_segmentation_is_told_for_each_outcome_at_equal_number(compared):
    assert set(compared["segmentation"]) == {
        "tessera",
        "rfm_quintiles",
        "rfm_kmeans",
        "spend_ranking",
    }
    assert set(compared["segments"]) == {3}
    assert compared.groupby("outcome").size().tolist() == [4, 4, 4]
    assert frames.typed(compared, SEGMENT_COMPARISONS_SCHEMA).num_rows == 12


def test_kinds_that_go_on_as_they_are_explain_all_of_the_spend(compared):
    ours = of(compared, "tessera", "amount_90d")
    assert ours["explained_share"] == pytest.approx(1.0)
    assert ours["low"] == pytest.approx(1.0)
    assert np.isnan(ours["difference"])
    assert (ours["origins"], ours["evaluated_rows"]) == (3, 3 * 60)


def test_churn_is_asked_of_those_who_came_lately_only(compared):
    """Nobody of `gone` has an order in the 90 days before; of the others one stays away."""
    ours = of(compared, "tessera", "churn_90d")
    assert ours["evaluated_rows"] == 3 * 40
    assert ours["lift_top_segment"] == pytest.approx((1 / 20) / (1 / 40))
    assert ours["top_segment_share"] == pytest.approx(0.5)


def test_the_difference_is_ours_less_theirs_on_the_same_people(compared):
    rival = of(compared, "spend_ranking", "amount_90d")
    ours = of(compared, "tessera", "amount_90d")
    difference = ours["explained_share"] - rival["explained_share"]
    assert rival["difference"] == pytest.approx(difference)
    assert rival["difference_low"] <= difference <= rival["difference_high"]


def test_exactly_one_is_best_of_each_outcome(compared):
    assert compared.groupby("outcome")["is_best"].sum().tolist() == [1, 1, 1]


def test_a_rival_that_wins_is_printed_as_the_winner(a_past, champions, nobody, run):
    """What was spent lately decides what comes, and no segment looks at it."""
    past = a_past()
    lately = np.random.default_rng(1).choice([1.0, 1_000.0, 1e6], len(past))
    past["orders_amount_sum_90d"] = past["outcome_amount_90d"] = lately
    compared = compare_segmentations(past, champions, nobody, nobody, run)
    winner = of(compared, "spend_ranking", "amount_90d")
    assert winner["is_best"]
    assert winner["difference_high"] < 0
    assert winner["reason"].startswith("explains most: ")
    assert winner["reason"].endswith("more than tessera")
    told = of(compared, "tessera", "amount_90d")
    assert (told["is_best"], told["reason"].split()[0]) == (False, "spend_ranking")


def test_own_rules_are_compared_at_their_own_number_of_groups(a_past, champions, nobody, run):
    past = a_past()
    is_vip = past["customer_id"].str.startswith("heavy")
    rules = past[is_vip].assign(segment_name="VIP")
    compared = compare_segmentations(past, champions, rules, nobody, run)
    at_two = compared[compared["segments"] == 2]
    assert set(at_two["segmentation"]) == {
        "tessera",
        "rfm_quintiles",
        "rfm_kmeans",
        "spend_ranking",
        "rule_segments",
    }
    assert not (compared[compared["segments"] == 3]["segmentation"] == "rule_segments").any()


def test_own_rules_that_named_nobody_at_some_past_are_not_compared(a_past, champions, nobody, run):
    past = a_past()
    newest = past["snapshot_at"] == past["snapshot_at"].max()
    rules = past[newest].assign(segment_name=past["customer_id"].str[:1])
    compared = compare_segmentations(past, champions, rules, nobody, run)
    assert "rule_segments" not in set(compared["segmentation"])


def test_segments_as_they_were_told_stand_beside_the_refit(a_past, champions, nobody, run):
    past = a_past()
    told = past.assign(segment_id=past["customer_id"].str.rstrip("0123456789"))
    compared = compare_segmentations(past, champions, nobody, told, run)
    published = of(compared, "tessera_published", "amount_90d")
    assert published["explained_share"] == pytest.approx(1.0)


def test_what_came_later_does_not_change_who_is_grouped_how(a_past, champions, nobody, run):
    """Segments at an origin are fitted before it: outcomes turned round change no group."""
    past = a_past()
    turned = past.assign(outcome_orders_90d=8 - past["outcome_orders_90d"])
    before, after = (
        compare_segmentations(each, champions, nobody, nobody, run) for each in (past, turned)
    )
    told = [of(each, "tessera", "orders_90d")["top_segment_share"] for each in (before, after)]
    assert told[0] == told[1]


def test_a_young_shop_has_rows_without_figures_that_say_why(a_past, champions, nobody, run):
    compared = compare_segmentations(a_past(3), champions, nobody, nobody, run)
    assert compared["explained_share"].isna().all()
    assert not compared["is_best"].any()
    assert compared["reason"].str.contains("the past holds 2 snapshots").all()


def test_without_a_champion_nothing_is_compared(a_past, no_champions, nobody, run):
    compared = compare_segmentations(a_past(), no_champions, nobody, nobody, run)
    assert compared.empty
    frames.typed(compared, SEGMENT_COMPARISONS_SCHEMA)


def test_a_rival_whose_features_are_not_there_is_left_out(a_past, champions, nobody, run):
    bare = a_past().drop(columns="orders_amount_sum_90d")
    compared = compare_segmentations(bare, champions, nobody, nobody, run)
    assert "spend_ranking" not in set(compared["segmentation"])
    assert of(compared, "tessera", "amount_90d")["explained_share"] == pytest.approx(1.0)


def test_an_outcome_that_never_varies_has_no_winner(a_past, champions, nobody, run):
    past = a_past().assign(outcome_orders_90d=1)
    compared = compare_segmentations(past, champions, nobody, nobody, run)
    orders = compared[compared["outcome"] == "orders_90d"]
    assert orders["explained_share"].isna().all()
    assert not orders["is_best"].any()


def test_the_same_past_gives_the_same_figures(a_past, champions, nobody, run, compared):
    shuffled = a_past().sample(frac=1.0, random_state=1)
    again = compare_segmentations(shuffled, champions, nobody, nobody, run)
    pd.testing.assert_frame_equal(compared, again)
