"""The feeds campaigns, campaign_assignments and campaign_outcomes, and the truth about effects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tessera.simulate.campaigns import WINDOW_DAYS
from tessera.simulate.fulfilment import CANCELLED
from tessera.simulate.responses import GROUPS, true_responses
from tessera.simulate.rows import repeated, times, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.assignments import Assignments
    from tessera.simulate.orders import Receipts
    from tessera.simulate.world import Block, World

REDEMPTION_SHARE = 0.5
"""Share of treated buyers who use the code they were sent."""


def campaigns(world: World) -> pa.Table:
    """Return the campaigns feed."""
    starts = np.array([each.starts_day(world.calendar) for each in world.campaigns])
    ends = np.array([each.ends_day(world.calendar) for each in world.campaigns])
    columns = ("campaign_id", "name", "channel", "objective", "cost_amount")
    told = {name: [getattr(each, name) for each in world.campaigns] for name in columns}
    return pa.table(
        told
        | {
            "started_at": times(world.calendar, starts),
            "ended_at": times(world.calendar, ends),
            "recorded_at": times(world.calendar, starts),
        }
    )


def campaign_assignments(block: Block) -> pa.Table:
    """Return the campaign_assignments feed: one row per person and campaign."""
    return pa.concat_tables([_assigned(block, each) for each in block.assignments])


def campaign_outcomes(block: Block, receipts: Receipts) -> pa.Table:
    """Return the campaign_outcomes feed: the first order in the window, and codes redeemed."""
    rng = block.stream("outcomes")
    return pa.concat_tables([_outcomes(rng, block, receipts, each) for each in block.assignments])


def effect_truth(block: Block) -> pa.Table:
    """Return what each campaign really does to each assigned person: one row per both."""
    tables = []
    for each in block.assignments:
        truth = true_responses(block.people, block.lifetimes, block.world.seasons, each)
        treated, control = truth.probability_if_treated, truth.probability_if_control
        is_null = max(each.campaign.strengths) == 0
        tables.append(
            pa.table(
                {
                    "campaign_id": repeated(each.campaign.campaign_id, len(each.person)),
                    "person": block.people.number[each.person],
                    "arm": words(each.campaign.arms, each.arm).cast(pa.string()),
                    "response_group": words(GROUPS, truth.group).cast(pa.string()),
                    "probability_if_control": control,
                    "probability_if_treated": control if is_null else treated,
                    "effect": np.zeros(len(control)) if is_null else treated - control,
                    "probability_of_staying": truth.probability_of_staying,
                    "is_retained": each.is_retained,
                }
            )
        )
    return pa.concat_tables(tables)


def _assigned(block: Block, assignments: Assignments) -> pa.Table:
    campaign, person = assignments.campaign, assignments.person
    day = np.full(len(person), assignments.day)
    return pa.table(
        {
            "campaign_id": repeated(campaign.campaign_id, len(person)),
            "contact_id": block.identities.contact.take(pa.array(person)),
            "arm": words(campaign.arms, assignments.arm).cast(pa.string()),
            "assigned_at": times(block.world.calendar, day),
            "is_control": ~assignments.is_sent,
            "recorded_at": times(block.world.calendar, day),
        }
    )


def _outcomes(
    rng: np.random.Generator, block: Block, receipts: Receipts, assignments: Assignments
) -> pa.Table:
    place, order = _first_orders(block, assignments)
    treated = assignments.strength[place] > 0
    redeems = treated & (rng.random(len(place)) < REDEMPTION_SHARE)
    kind = np.concatenate([np.zeros(len(place), int), np.ones(int(redeems.sum()), int)])
    place, order = (np.concatenate([each, each[redeems]]) for each in (place, order))
    day = times(block.world.calendar, block.baskets.day[order])
    return pa.table(
        {
            "campaign_id": repeated(assignments.campaign.campaign_id, len(order)),
            "contact_id": block.identities.contact.take(pa.array(assignments.person[place])),
            "outcome": words(("purchase", "coupon_redemption"), kind).cast(pa.string()),
            "value": np.where(kind == 0, receipts.amount[order], 1.0),
            "occurred_at": day,
            "recorded_at": day,
        }
    )


def _first_orders(
    block: Block, assignments: Assignments
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return who of the assigned ordered in the window, and their first order in it."""
    baskets = block.baskets
    in_window = (baskets.day >= assignments.day) & (baskets.day < assignments.day + WINDOW_DAYS)
    in_window &= block.fulfilment.fate != CANCELLED
    order = np.flatnonzero(in_window)
    buyer, first = np.unique(baskets.person[order], return_index=True)
    is_assigned = np.isin(buyer, assignments.person)
    buyer, order = buyer[is_assigned], order[first[is_assigned]]
    return np.searchsorted(assignments.person, buyer), order
