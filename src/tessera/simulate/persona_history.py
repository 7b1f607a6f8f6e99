"""The truth about personas over time: what each person was, from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tessera.simulate.people import RECOVERABLE_CAUSES
from tessera.simulate.personas import NEW_DAYS, PERSONAS, PROMISING_PER_YEAR, STATES
from tessera.simulate.rows import times, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tessera.simulate.world import Block

NAMES = (*(persona.name for persona in PERSONAS), *STATES, "prospect")
NEW, AT_RISK, DORMANT, PROSPECT = range(len(PERSONAS), len(NAMES))


def persona_history(block: Block) -> pa.Table:
    """Return one row per person and stay in a persona that began before as_of.

    ``valid_to`` is NULL while the stay lasts at as_of.
    """
    calendar = block.world.calendar
    starts, codes = _changes(block)
    shown = np.isfinite(starts) & (starts < calendar.observed_days)
    person, change = np.nonzero(shown)
    order = np.lexsort((starts[person, change], person))
    person, change = person[order], change[order]
    begins = starts[person, change]
    is_last = np.append(person[1:] != person[:-1], np.ones(min(1, len(person)), bool))
    ends = np.where(is_last, np.inf, np.append(begins[1:], np.inf)[: len(begins)])
    return pa.table(
        {
            "person": block.people.number[person],
            "persona": words(NAMES, codes[person, change]).cast(pa.string()),
            "valid_from": times(calendar, begins),
            "valid_to": times(calendar, ends),
        }
    )


def is_worth_keeping(block: Block) -> NDArray[np.bool_]:
    """Return who buys often as interest fades, and leaves for a reason that can be answered."""
    everybody, fades = np.arange(len(block.people)), block.lifetimes.decline_day
    often = block.people.of("rate", everybody, fades) * 365 >= PROMISING_PER_YEAR
    return often & (block.people.cause < RECOVERABLE_CAUSES) & ~block.people.is_prospect


def _changes(block: Block) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return when each kind of change happens and what people then are, shape (people, 7).

    The changes: joining, being new no longer, moving to another persona, fading, being won back,
    fading for the last time, going. inf: never.
    """
    people, lives = block.people, block.lifetimes
    joined, moves, buys = people.joined_day, people.moves_day, ~people.is_prospect
    promises = (people.rate * 365 >= PROMISING_PER_YEAR) & buys
    settles = np.where(promises, joined + NEW_DAYS, -np.inf)
    at_risk = is_worth_keeping(block)
    warned, declines = (
        np.where(at_risk, day, np.inf) for day in (lives.warned_day, lives.decline_day)
    )
    renewed = np.where(at_risk, lives.renewed_day, np.inf)
    is_calm = _is_calm(warned, renewed, np.minimum(declines, lives.churn_day))
    starts = [
        joined,
        np.where(promises & is_calm(settles), settles, np.inf),
        np.where(buys & (moves > np.maximum(settles, joined)) & is_calm(moves), moves, np.inf),
        warned,
        renewed,
        declines,
        np.where(buys, lives.churn_day, np.inf),
    ]
    first = np.where(buys, np.where(promises, NEW, people.persona), PROSPECT)
    settled = np.where(moves <= settles, people.later_persona, people.persona)
    back = np.where(moves <= renewed, people.later_persona, people.persona)
    risk, gone = (np.full(len(people), code) for code in (AT_RISK, DORMANT))
    codes = [first, settled, people.later_persona, risk, back, risk, gone]
    return np.stack(starts, axis=1), np.stack(codes, axis=1).astype(np.int64)


def _is_calm(
    warned: NDArray[np.float64], renewed: NDArray[np.float64], end: NDArray[np.float64]
) -> Callable[[NDArray[np.float64]], NDArray[np.bool_]]:
    """Return a test of times: neither at risk then nor gone, so that a persona shows."""
    return lambda day: (day < end) & ~((day >= warned) & (day < renewed))
