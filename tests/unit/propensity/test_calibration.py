"""A calibration says what probabilities mean, and is read back to the bit."""

import numpy as np
import pytest

from tessera.propensity.calibration import METHODS, UNCALIBRATED, Calibration

RANDOM = np.random.default_rng(5)
TRUE = RANDOM.beta(1.0, 3.0, 20_000)
LABELS = (RANDOM.random(20_000) < TRUE).astype(float)


def log_odds(probabilities):
    return np.log(probabilities / (1 - probabilities))


def boastful(probabilities):
    """Say everything twice as surely as it is, and a little too high."""
    return 1 / (1 + np.exp(-(2 * log_odds(probabilities) + 0.5)))


@pytest.mark.parametrize("method", ["platt", "isotonic"])
def test_what_was_said_too_surely_is_set_right(method):
    said = boastful(TRUE)
    meant = METHODS[method](said, LABELS).apply(said)
    assert np.abs(said - TRUE).mean() > 0.08
    assert np.abs(meant - TRUE).mean() < 0.02


def test_platt_finds_the_slope_and_shift_that_were_planted():
    ((slope, shift),) = METHODS["platt"](boastful(TRUE), LABELS).learnt
    assert slope == pytest.approx(0.5, abs=0.03)
    assert shift == pytest.approx(-0.25, abs=0.05)


@pytest.mark.parametrize("method", METHODS)
def test_order_is_kept_and_text_gives_the_same_bits(method):
    fitted = METHODS[method](boastful(TRUE), LABELS)
    asked = np.linspace(0, 1, 1001)
    meant = fitted.apply(asked)
    assert (np.diff(meant) >= 0).all()
    assert ((meant >= 0) & (meant <= 1)).all()
    assert Calibration.from_text(fitted.to_text()).apply(asked).tobytes() == meant.tobytes()


def test_no_step_promises_never_or_always():
    fitted = METHODS["isotonic"](np.array([0.1, 0.2, 0.8, 0.9]), np.array([0.0, 0.0, 1.0, 1.0]))
    assert fitted.apply(np.array([0.0, 1.0])).tolist() == pytest.approx([1 / 6, 5 / 6])


def test_a_model_that_ranks_the_wrong_way_round_is_not_turned():
    assert METHODS["platt"](1 - TRUE, LABELS) == UNCALIBRATED


def test_one_class_teaches_nothing():
    assert METHODS["platt"](TRUE, np.ones(len(TRUE))) == UNCALIBRATED


def test_an_unknown_method_is_refused_beside_those_there_are():
    with pytest.raises(ValueError, match="unknown calibration 'beta'; known are"):
        Calibration.from_text('{"method": "beta", "learnt": []}')
