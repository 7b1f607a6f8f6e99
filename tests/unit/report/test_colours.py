"""Colours of segments: always the same, and told apart by everybody."""

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from tessera.report import page
from tessera.report.colours import SLOTS, segment_colours

STYLE = (Path(page.__file__).parent / "page.css").read_text()
DEUTERANOPIA = np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]])
PROTANOPIA = np.array([[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]])
"""Linear RGB as seen without green, or red, receptors (Machado, Oliveira and Fernandes, 2009)."""


def colours(theme):
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", STYLE)
    place = {"light": 0, "dark": 1}[theme]
    return {name: linear((light, dark)[place]) for name, light, dark in pairs}


def linear(text):
    sign = np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(sign <= 0.04045, sign / 12.92, ((sign + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    weights = np.array([0.2126, 0.7152, 0.0722])
    low, high = sorted([one @ weights, other @ weights])
    return (high + 0.05) / (low + 0.05)


def lab(rgb):
    """Return CIE L*a*b* under D65."""
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    x, y, z = np.cbrt(to_xyz @ np.clip(rgb, 0, 1) / [0.9505, 1.0, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_a_segment_keeps_its_colour_when_others_come_and_go():
    assert segment_colours(["s1", "s2", "s5"])["s5"] == segment_colours(["s5", "s9"])["s5"]


def test_two_segments_do_not_share_a_colour_while_there_are_enough():
    many = [f"s{n}" for n in (1, 13, 25, 2, 14, 3)]
    assert len(set(segment_colours(many).values())) == len(many)


def test_more_segments_than_colours_are_coloured_all_the_same():
    assert len(segment_colours([f"s{n}" for n in range(1, 31)])) == 30


def test_the_style_sheet_has_every_colour():
    assert {f"segment-{slot}" for slot in range(1, SLOTS + 1)} <= set(colours("light"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_segment_stands_out_from_the_surface_and_bears_its_label(theme):
    known = colours(theme)
    for slot in range(1, SLOTS + 1):
        assert contrast(known[f"segment-{slot}"], known["surface"]) >= 4.5
        assert contrast(known[f"segment-{slot}"], known["on-segment"]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sight", [np.eye(3), DEUTERANOPIA, PROTANOPIA])
@pytest.mark.parametrize(("slots", "least"), [(7, 15), (SLOTS, 8)])
def test_segments_are_told_apart_by_everybody(theme, sight, slots, least):
    known = colours(theme)
    seen = [lab(sight @ known[f"segment-{slot}"]) for slot in range(1, slots + 1)]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > least
