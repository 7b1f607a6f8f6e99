"""What really drove the feeds: written beside them, and read by no model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tessera.simulate.baskets import expected_order_value
from tessera.simulate.calendar import FUTURE_DAYS
from tessera.simulate.fulfilment import CANCELLED, CANCELLED_SHARE
from tessera.simulate.outlook import outlooks
from tessera.simulate.people import CAUSES, COUNTRIES, RECOVERABLE_CAUSES
from tessera.simulate.persona_history import is_worth_keeping
from tessera.simulate.personas import PERSONAS
from tessera.simulate.rows import times, words

if TYPE_CHECKING:
    from tessera.simulate.calendar import Calendar
    from tessera.simulate.orders import Receipts
    from tessera.simulate.outlook import Outlook
    from tessera.simulate.world import Block

QUIET_DAYS = 365
"""So many days before the drift nothing changes."""


def people_truth(block: Block) -> pa.Table:
    """Return one row per person: their tendencies, and when and why they leave.

    ``interest_fades_at`` and ``churned_at`` may lie after as_of; NULL: later than the simulation.
    ``lead_days`` is the time between the two: the most a warning can be ahead. Whom a campaign
    won back has faded once before, from ``first_faded_at`` to ``won_back_at``.
    """
    people, lives, calendar = block.people, block.lifetimes, block.world.calendar
    names = [persona.name for persona in PERSONAS]
    fades = np.where(lives.decline_day < calendar.last_day, lives.decline_day, np.inf)
    gone = np.where(lives.churn_day < calendar.last_day, lives.churn_day, np.inf)
    never = people.is_prospect
    as_of = calendar.observed_days
    everybody = np.arange(len(people))
    is_fading = lives.is_fading(everybody, float(as_of)) & (lives.churn_day > as_of)
    partner = block.identities.partner
    year = np.arange(as_of, calendar.last_day, dtype=np.float64)
    has_moved = (people.moves_day < lives.churn_day) & ~never
    later = np.where(has_moved, people.later_persona, people.persona)
    return pa.table(
        {
            "person": people.number,
            "persona": words(names, people.persona).cast(pa.string()),
            "later_persona": words(names, later).cast(pa.string()),
            "moved_at": times(calendar, np.where(has_moved, people.moves_day, np.inf)),
            "joined_at": times(calendar, people.joined_day),
            "is_prospect": never,
            "country": words(COUNTRIES, people.country).cast(pa.string()),
            "orders_per_year": people.rate * 365,
            "rhythm_regularity": people.regularity,
            "expected_order_value": expected_order_value(block.world, people.at(as_of), year),
            "interest_fades_at": times(calendar, np.where(never, np.inf, fades)),
            "churned_at": times(calendar, np.where(never, np.inf, gone)),
            "first_faded_at": times(calendar, lives.warned_day),
            "won_back_at": times(calendar, lives.renewed_day),
            "lead_days": pa.array(lives.churn_day - lives.decline_day, mask=never),
            "churn_cause": words(CAUSES, np.where(never, -1, people.cause)).cast(pa.string()),
            "is_recoverable": (people.cause < RECOVERABLE_CAUSES) & ~never,
            "is_at_risk_but_recoverable": is_fading & is_worth_keeping(block),
            "household_partner": pa.array(people.number[np.maximum(partner, 0)], mask=partner < 0),
        }
    )


def outlook_truth(block: Block, receipts: Receipts) -> pa.Table:
    """Return one row per person and horizon: what was to be expected at as_of, and what happened.

    ``order_probability`` and the orders count every order placed, values (euro) only those that
    were not cancelled.
    """
    as_of = block.world.calendar.observed_days
    expected = outlooks(block.people, block.lifetimes, block.ticks, block.world.seasons, as_of)
    return pa.concat_tables([_outlook(block, receipts, each) for each in expected])


def changes_truth(calendar: Calendar) -> pa.Table:
    """Return one row per thing that changes in the shop as a whole, with its dates."""
    drift, launch = float(calendar.drift_day), float(calendar.launch_day)
    quiet_from = max(0.0, drift - QUIET_DAYS)
    starts = np.array([quiet_from, drift, launch, float(calendar.observed_days)])
    ends = np.array([drift, np.inf, np.inf, float(calendar.observed_days + FUTURE_DAYS)])
    return pa.table(
        {
            "change": ["quiet_months", "drift", "product_launch", "future"],
            "description": [
                "Nothing but the seasons changes.",
                "Newcomers, buying rates, discounts and devices shift for good.",
                "A new category goes on sale.",
                "Simulated, and not in the feeds: see outlooks.",
            ],
            "starts_at": times(calendar, starts),
            "ends_at": times(calendar, ends),
        }
    )


def _outlook(block: Block, receipts: Receipts, outlook: Outlook) -> pa.Table:
    as_of, count = block.world.calendar.observed_days, len(block.people)
    baskets = block.baskets
    ahead = (baskets.day >= as_of) & (baskets.day < as_of + outlook.horizon_days)
    kept = ahead & (block.fulfilment.fate != CANCELLED)
    days = np.arange(as_of, as_of + outlook.horizon_days, dtype=np.float64)
    value = expected_order_value(block.world, block.people.at(as_of), days) * (1 - CANCELLED_SHARE)
    spent = np.bincount(baskets.person[kept], receipts.euros[kept], count)
    return pa.table(
        {
            "person": block.people.number,
            "horizon_days": np.full(count, outlook.horizon_days),
            "order_probability": outlook.order_probability,
            "churn_probability": outlook.churn_probability,
            "expected_orders": outlook.expected_orders,
            "expected_value": outlook.expected_orders * value,
            "realised_orders": np.bincount(baskets.person[ahead], minlength=count),
            "realised_value": spent.astype(np.float64),
        }
    )
