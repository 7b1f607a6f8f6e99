import logging
import warnings

from tessera.gates import quiet


def test_the_library_is_silent_while_it_is_lent(capsys, caplog, recwarn):
    with quiet.library():
        child = logging.getLogger("great_expectations.anything")
        child.setLevel(logging.INFO)
        child.error("never read")
        warnings.warn("never read", stacklevel=1)
    assert capsys.readouterr() == ("", "")
    assert not caplog.records
    assert not recwarn.list


def test_loggers_speak_again_afterwards():
    logger = logging.getLogger("great_expectations")
    with quiet.library(), quiet.library():
        assert not logger.propagate
    assert logger.propagate
    assert quiet._SILENCE not in logger.handlers


def test_a_context_sends_and_draws_nothing():
    with quiet.library() as gx:
        context = quiet.quiet_context(gx)
    assert context.config.analytics_enabled is False
    assert not context.progress_bars["globally"]
