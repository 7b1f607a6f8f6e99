from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from tessera.segmentation.features import SegmentFeature
from tessera.segmentation.levels import MOST_LEVELS, Levels, fit_levels
from tessera.segmentation.scaling import fit_scaling

COUNTRY = SegmentFeature("country", "", 0.8, kind="categorical")


def frame(*values):
    return pd.DataFrame({"country": pd.Series(values, dtype=object)})


def test_who_differs_in_the_level_lies_as_far_apart_as_the_weight_says():
    people = frame("AT", "AT", "DE", "DE", "IT")
    points = fit_levels(people, COUNTRY).points(people)
    assert np.linalg.norm(points[0] - points[2]) == pytest.approx(0.8)
    assert np.linalg.norm(points[0] - points[4]) == pytest.approx(0.8)
    assert np.array_equal(points[0], points[1])


def test_rare_levels_are_one_and_levels_are_frozen():
    """Of a hundred two come from islands of their own; later somebody comes from a third."""
    levels = fit_levels(frame(*["AT"] * 60, *["DE"] * 38, "FO", "GL"), COUNTRY)
    assert levels.levels == ("AT", "DE")
    assert levels.columns == ("country = AT", "country = DE", "country = other")
    later = levels.indicators(frame("FO", "IS", "AT"))
    assert later.tolist() == [[0, 0, 1], [0, 0, 1], [1, 0, 0]]


def test_an_empty_cell_lies_in_the_middle_of_all():
    levels = fit_levels(frame("AT", "AT", "DE", None), COUNTRY)
    assert levels.points(frame(None)).ravel().tolist() == pytest.approx([0.0, 0.0, 0.0])


def test_there_are_few_levels_however_many_there_are():
    many = frame(*(f"c{n:02d}" for n in range(12) for _ in range(4)))
    assert len(fit_levels(many, COUNTRY).levels) == MOST_LEVELS


def test_levels_read_back_exactly_from_json():
    people = frame("AT", "AT", "DE")
    levels = fit_levels(people, COUNTRY)
    again = Levels.from_plain(json.loads(json.dumps(levels.as_plain())))
    assert np.array_equal(levels.points(people), again.points(people))


def test_levels_stand_beside_numbers_and_are_readable_by_name():
    people = frame("AT", "DE", "DE").assign(spend=[1.0, 2.0, 3.0])
    scaling = fit_scaling(people, [SegmentFeature("spend", "value", 1.0), COUNTRY])
    assert scaling.names == ("spend",)
    assert scaling.filled(people).shape == (3, 1)
    assert scaling.points(people).shape == (3, 4)
    assert scaling.readable(people)["country = DE"].tolist() == [0.0, 1.0, 1.0]
