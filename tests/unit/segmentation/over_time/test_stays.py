from __future__ import annotations

import pandas as pd

from tessera.segmentation.over_time.placing import place_customers
from tessera.segmentation.over_time.stays import no_state, state_after, stay_or_move

JANUARY, FEBRUARY, MARCH = (pd.Timestamp(f"2024-0{month}-01") for month in (1, 2, 3))


def follow(reign, *snapshots):
    """Return the stays at the last snapshot, by customer."""
    state = no_state()
    for instant, customers in snapshots:
        stays = stay_or_move(place_customers(customers, instant, reign.model, 90), reign, state)
        state = state_after(state, stays)
    return stays.set_index("customer_id")


def test_a_newcomer_goes_where_she_is_nearest(reign, orders):
    stays = follow(reign, (JANUARY, orders("2024-01-01", ada=(6, 3))))
    assert stays.loc["ada", "segment_id"] == "s2"
    assert stays.loc["ada", "entered_at"] == JANUARY
    assert pd.isna(stays.loc["ada", "previous_segment_id"])


def test_just_across_the_border_she_stays(reign, orders):
    # 4 orders are nearer to 7 than to 0, and her last quarter went at the same rate
    stays = follow(
        reign,
        (JANUARY, orders("2024-01-01", ada=(3, 1.5))),
        (FEBRUARY, orders("2024-02-01", ada=(4, 2))),
    )
    assert stays.loc["ada", "segment_id"] == "s1"
    assert stays.loc["ada", "nearest_segment_id"] == "s2"
    assert stays.loc["ada", "entered_at"] == JANUARY


def test_what_falls_out_of_the_window_is_no_news_and_what_comes_in_is(reign, orders):
    # both fall from 11 to 9 orders. Ada goes on as before; Ben has three of the nine of late
    before = orders("2024-01-01", ada=(11, 5.5), ben=(11, 5.5))
    after = orders("2024-02-01", ada=(9, 4.5), ben=(9, 3))
    stays = follow(reign, (JANUARY, before), (FEBRUARY, after))
    assert stays["segment_id"].tolist() == ["s3", "s2"]


def test_a_decisive_move_goes_through_in_the_month_it_happens(reign, undamped, orders):
    moves = (
        (JANUARY, orders("2024-01-01", ada=(14, 7), ben=(0, 0), cem=(7, 3.5))),
        (FEBRUARY, orders("2024-02-01", ada=(1, 0), ben=(13, 12), cem=(7, 3.5))),
    )
    damped = follow(reign, *moves)
    assert damped["segment_id"].tolist() == ["s1", "s3", "s2"]
    assert damped["segment_id"].tolist() == follow(undamped, *moves)["segment_id"].tolist()
    assert damped["previous_segment_id"].fillna("none").tolist() == ["s3", "s1", "none"]
    assert damped["entered_at"].tolist() == [FEBRUARY, FEBRUARY, JANUARY]


def test_who_comes_back_entered_anew(reign, orders):
    stays = follow(
        reign,
        (JANUARY, orders("2024-01-01", ada=(14, 7))),
        (FEBRUARY, orders("2024-02-01", ada=(0, 0))),
        (MARCH, orders("2024-03-01", ada=(14, 14))),
    )
    assert stays.loc["ada", ["segment_id", "previous_segment_id"]].tolist() == ["s3", "s1"]
    assert stays.loc["ada", "entered_at"] == MARCH


def test_who_is_not_there_for_a_month_keeps_what_was_known(reign, orders):
    stays = follow(
        reign,
        (JANUARY, orders("2024-01-01", ada=(3, 1.5), ben=(7, 3))),
        (FEBRUARY, orders("2024-02-01", ben=(7, 3))),
        (MARCH, orders("2024-03-01", ada=(4, 2), ben=(7, 3))),
    )
    assert stays.loc["ada", "segment_id"] == "s1"
    assert stays.loc["ada", "entered_at"] == JANUARY


def test_a_segment_that_the_reign_does_not_have_is_left_for_the_nearest(reign, orders):
    state = no_state()
    state.loc["ada"] = ["s9", None, JANUARY]
    placed = place_customers(orders("2024-02-01", ada=(4, 2)), FEBRUARY, reign.model, 90)
    stays = stay_or_move(placed, reign, state)
    assert stays.loc[0, ["segment_id", "previous_segment_id"]].tolist() == ["s2", "s9"]


def test_nobody_gives_no_rows(reign, orders):
    nobody = orders("2024-01-01", ada=(1, 1)).iloc[:0]
    placed = place_customers(nobody, JANUARY, reign.model, 90)
    assert stay_or_move(placed, reign, no_state()).empty


def test_how_clear_is_told_against_the_strongest_rival(reign, orders):
    stays = follow(reign, (JANUARY, orders("2024-01-01", ada=(7, 3.5), ben=(3.5, 1.75))))
    assert stays["clearness"].tolist() == [1.0, 0.0]
