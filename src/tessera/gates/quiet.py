"""Great Expectations, imported late, one user at a time, and silent.

Its import costs five to eighteen seconds, so nothing in Tessera imports it before a gate needs it.
It also reports usage, draws progress bars and logs tracebacks of failures that a gate turns into
rows: all off, here, so that nobody has to set anything.
"""

from __future__ import annotations

import logging
import os
import threading
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

# Great Expectations keeps one current context per process, and dbt may run two gates in two
# threads: they take turns. Re-entrant, because loading a suite happens inside a validation's turn.
_ONE_AT_A_TIME = threading.RLock()

_SILENCE = logging.NullHandler()
_LOGGERS = ("great_expectations", "sqlalchemy", "duckdb_sqlalchemy")


@contextmanager
def library() -> Iterator[Any]:
    """Lend the module ``great_expectations``: nothing printed, sent or warned meanwhile."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        did_propagate = [logger.propagate for logger in loggers]
        try:
            for logger in loggers:  # not by level: their children set levels of their own
                logger.propagate = False
                logger.addHandler(_SILENCE)
            import great_expectations as gx  # noqa: PLC0415 - seconds, paid only by a gate

            yield gx
        finally:
            for logger, propagate in zip(loggers, did_propagate, strict=True):
                logger.propagate = propagate
                if propagate:
                    logger.removeHandler(_SILENCE)


def quiet_context(gx: Any) -> Any:
    """Return a context of Great Expectations that lives in memory, reports and draws nothing."""
    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(enable=False)
    context.variables.progress_bars = {"globally": False}
    return context
