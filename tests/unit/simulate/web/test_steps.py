import numpy as np

from tessera.simulate.web.steps import LOGIN, Steps, draw_gaps


def steps(times):
    count = len(times)
    kind = np.full(count, LOGIN, np.int8)
    return Steps(np.arange(count, dtype=np.int32), kind, np.full(count, -1, np.int32), times)


def test_steps_are_shown_from_the_first_instant_until_the_last_exclusive():
    assert steps(np.array([-1, 0, 9, 10])).until(10).time.tolist() == [0, 9]


def test_visits_of_others_are_counted_on():
    both = steps(np.array([5])).followed_by(steps(np.array([6, 7])), 1)
    assert both.visit.tolist() == [0, 1, 2]
    assert both.time.tolist() == [5, 6, 7]


def test_half_of_the_pauses_are_shorter_than_half_a_minute():
    gaps = draw_gaps(np.random.default_rng(1), 10_000)
    assert 25_000 < np.median(gaps) < 30_000
    assert gaps.min() >= 1_000
    assert gaps.max() <= 1_500_000
