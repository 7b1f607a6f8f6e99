from __future__ import annotations

import numpy as np
import pytest

from tessera.segmentation.features import SegmentationError
from tessera.segmentation.over_time.damping import (
    UNDAMPED,
    Damping,
    clearness,
    least_clearness,
    typical_clearness,
)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"recent_days": 0}, "recent_days is 0"),
        ({"recent_weight": 1.1}, "recent_weight is 1.1; expected 0 to 1"),
        ({"clearness": -0.1}, "clearness is -0.1"),
        ({"clearness": float("nan")}, "clearness is nan"),
    ],
)
def test_settings_that_mean_nothing_are_refused(wrong, said):
    with pytest.raises(SegmentationError, match=said):
        Damping(**wrong)


def test_a_rule_reads_back_as_it_was_written():
    rule = Damping(60, 0.25, 0.5)
    assert Damping.from_plain(rule.as_plain()) == rule


def test_undamped_moves_everybody_who_is_nearer_elsewhere():
    assert UNDAMPED.moves(np.array([0.0, 0.01]), np.array([-5.0, 0.0])).all()


def test_a_unit_is_the_typical_member_whatever_the_scale_of_distances():
    apart = np.array([[0.0, 4.0], [1.0, 5.0], [4.0, 0.0]])
    for scale in (1.0, 100.0):
        typical = typical_clearness(apart * scale)
        told = clearness(apart * scale, np.array([0, 0, 0]), np.array([1, 1, 1]), typical)
        assert told.tolist() == [1.0, 1.0, -1.0]


def test_a_segment_that_nobody_is_nearest_to_borrows_what_is_typical():
    typical = typical_clearness(np.array([[0.0, 2.0, 9.0], [2.0, 0.0, 9.0]]))
    assert typical[2].tolist() == [5.5, 5.5, 1.0]
    assert (typical > 0).all()


def test_a_lone_segment_has_no_rival():
    apart = np.array([[3.0], [0.0]])
    assert typical_clearness(apart).tolist() == [[1.0]]
    assert least_clearness(apart, np.array([0, 0]), np.ones((1, 1))).tolist() == [1.0, 1.0]
