"""What the audit asks for, what it prints, and what a pipeline is told."""

import io
from datetime import datetime

import pytest
from rich.console import Console

from tessera.commands import CommandError
from tessera.commands.audit_leaks import asked_snapshots, exit_code
from tessera.commands.audit_page import rules_page, snapshots_page
from tessera.leaks.comparison import Moved
from tessera.leaks.deliveries import Cut
from tessera.leaks.finding import Finding
from tessera.leaks.replay import Replay

MONTHS = [datetime(2025, month, 1) for month in (1, 2, 3, 4, 5)]  # noqa: DTZ001
BROKEN = Finding("clock", "features_own", "calendar_now", "features_own reads a clock.")


def replay(moved=(), **counts):
    told = {"corrected": 0, "absent": 0, "merged": 0, **counts}
    return Replay(
        MONTHS[0], 100, 400, tuple(moved), {"orders_count_30d": "features_orders"}, **told
    )


def printed(page):
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(page)
    return console.export_text()


def test_three_snapshots_are_spread_over_the_history():
    assert asked_snapshots([], MONTHS) == [MONTHS[0], MONTHS[2], MONTHS[4]]
    assert asked_snapshots([], MONTHS[:1]) == [MONTHS[0]]


@pytest.mark.parametrize(
    ("asked", "words"), [("2025-02-02", "has no snapshot 2025-02-02"), ("may", "must be a date")]
)
def test_a_snapshot_that_is_not_there_is_refused_in_words(asked, words):
    with pytest.raises(CommandError, match=words):
        asked_snapshots([asked], MONTHS)


def test_a_build_without_a_past_is_refused_in_words():
    with pytest.raises(CommandError, match="no past to look at"):
        asked_snapshots([], [])


@pytest.mark.parametrize(
    ("found", "replays", "is_strict", "code"),
    [
        ([], [replay()], True, 0),
        ([BROKEN], [replay()], False, 1),
        ([], [replay([Moved("orders_count_30d", 3)])], False, 1),
        ([], [replay(corrected=2)], False, 0),
        ([], [replay(corrected=2)], True, 3),
        ([], [replay(absent=2)], True, 3),
        ([], [replay(merged=2)], True, 0),
    ],
)
def test_a_pipeline_is_told(found, replays, is_strict, code):
    assert exit_code(found, replays, is_strict=is_strict) == code


def test_broken_rules_are_shown_with_their_feature():
    assert "calendar_now (clock)" in printed(rules_page([BROKEN]))


def test_moved_features_are_shown_with_family_and_customers():
    moved = replay([Moved("orders_count_30d", 3)])
    page = printed(snapshots_page([(moved, [Cut("orders", 10, 5, 0)])]))
    assert "features_orders" in page
    assert "3 of 100" in page
    assert "Leaks: 1 features: orders_count_30d" in page


def test_corrected_identities_are_shown_although_they_fail_nothing():
    page = printed(snapshots_page([(replay(corrected=2, merged=1), [Cut("orders", 10, 5, 0)])]))
    assert "2 of other identifiers now, 1 merged into others since" in page
    assert "No feature moved" in page
