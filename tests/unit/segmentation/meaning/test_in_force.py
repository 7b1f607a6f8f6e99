from __future__ import annotations

import pandas as pd
import pytest

from tessera.segmentation.meaning import Named, named_segments


@pytest.fixture
def reigns():
    """Two reigns of this run's shop, one that begins later, and one of another shop."""
    rows = [
        ("a", "2024-01-01", 0, "s1", "Champions", "first"),
        ("b", "2024-03-01", 1, "s2", "Dormant", "first"),
        ("b", "2024-03-01", 0, "s1", "Champions", "first"),
        ("b", "2024-09-01", 0, "s5", "Night owls", "first"),
        ("c", "2024-03-15", 0, "s7", "Elsewhere", "another"),
    ]
    named = ["model_id", "reigns_from", "place", "segment_id", "segment_name", "told_in_run_id"]
    frame = pd.DataFrame(rows, columns=named).assign(archetype="")
    frame["reigns_from"] = pd.to_datetime(frame["reigns_from"])
    return frame.assign(began_at=frame["reigns_from"])


def test_the_newest_reign_that_has_begun_is_in_force(reigns, run):
    assert named_segments(reigns, run) == [
        Named(0, "s1", "Champions", ""),
        Named(1, "s2", "Dormant", ""),
    ]


def test_of_two_reigns_from_one_day_the_later_decision_counts(reigns, run):
    again = reigns[reigns["reigns_from"] == pd.Timestamp("2024-03-01")].assign(
        began_at=pd.Timestamp("2024-03-02"), segment_name="Renamed"
    )
    told = named_segments(pd.concat([again, reigns]), run)
    assert [segment.segment_name for segment in told] == ["Renamed", "Renamed"]


def test_before_any_reign_there_are_no_segments(reigns, run):
    assert named_segments(reigns.iloc[:0], run) == []
