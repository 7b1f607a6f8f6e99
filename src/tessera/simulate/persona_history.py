"""The truth about personas over time: what each person was, from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tessera.simulate.people import RECOVERABLE_CAUSES
from tessera.simulate.personas import NEW_DAYS, PERSONAS, PROMISING_PER_YEAR, STATES
from tessera.simulate.rows import times, words

if TYPE_CHECKING:
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
    """Return when each kind of change happens and what people then are, shape (people, 5).

    The changes: joining, being new no longer, moving to another persona, fading, going. inf: never.
    """
    people, lives = block.people, block.lifetimes
    joined, moves = people.joined_day, people.moves_day
    decline, churn = lives.decline_day, lives.churn_day
    promises = (people.rate * 365 >= PROMISING_PER_YEAR) & ~people.is_prospect
    settles = np.where(promises, joined + NEW_DAYS, -np.inf)
    at_risk = is_worth_keeping(block)
    buys = ~people.is_prospect
    risky_from = np.where(at_risk, decline, churn)
    starts = [
        joined,
        np.where(promises & (settles < risky_from), settles, np.inf),
        np.where(
            buys & (moves > np.maximum(settles, joined)) & (moves < risky_from), moves, np.inf
        ),
        np.where(at_risk, decline, np.inf),
        np.where(buys, churn, np.inf),
    ]
    first = np.where(buys, np.where(promises, NEW, people.persona), PROSPECT)
    settled = np.where(moves <= settles, people.later_persona, people.persona)
    constant = [np.full(len(people), code) for code in (AT_RISK, DORMANT)]
    codes = [first, settled, people.later_persona, *constant]
    return np.stack(starts, axis=1), np.stack(codes, axis=1).astype(np.int64)
