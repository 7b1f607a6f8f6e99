"""What people do because of a campaign, and what they would have done without it.

Four kinds of people (the quadrants of uplift modelling, Radcliffe 2007, "Using control groups to
target on predicted lift"): the persuadable buy because they were asked; the sure would have bought
anyway; the lost buy in no case; those not to be disturbed would have bought, had they not been
asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.assignments import is_annoyed, is_persuadable
from tessera.simulate.campaigns import WINDOW_DAYS
from tessera.simulate.lifetimes import FADING_RATE
from tessera.simulate.purchases import Purchases, sorted_purchases

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.assignments import Assignments
    from tessera.simulate.lifetimes import Lifetimes
    from tessera.simulate.people import People
    from tessera.simulate.seasons import Seasons

GROUPS = ("persuadable", "sure", "lost", "do_not_disturb")
SURE_FROM = 0.3
"""Who would order in the window with this chance anyway counts as sure."""

ENGAGED, FADING, GONE = 1.0, 0.6, 0.0
"""How much of a campaign's strength reaches people by the state of their interest."""


@dataclass(frozen=True)
class Responses:
    """The truth about the people of one campaign, arrays of shape (assigned,).

    Attributes
    ----------
    group
        Index of ``GROUPS``.
    probability_if_control, probability_if_treated
        Chance of an order in the window, given the state of their interest as it begins, but not
        the time since their last order. "Treated" is their own arm; for the control group it is
        the strongest arm.
    probability_of_staying
        Chance that a treated person whose interest is fading is won back.
    """

    group: NDArray[np.int8]
    probability_if_control: NDArray[np.float64]
    probability_if_treated: NDArray[np.float64]
    probability_of_staying: NDArray[np.float64]


def true_responses(
    people: People, lifetimes: Lifetimes, seasons: Seasons, assignments: Assignments
) -> Responses:
    """Return what each assigned person would do, treated and not."""
    person, day = assignments.person, assignments.day
    is_fading = lifetimes.is_fading(person, day)
    if_control = _organic_chance(people, lifetimes, seasons, assignments, is_fading)
    if_whole = _organic_chance(people, lifetimes, seasons, assignments, np.zeros_like(is_fading))
    staying = np.where(assignments.could_stay, assignments.campaign.retention, 0.0)
    undisturbed = if_control + staying * (if_whole - if_control)
    effect = _effect(lifetimes, assignments)
    persuadable = is_persuadable(people, person, day)
    annoyed = is_annoyed(people, person, day)
    group = np.select([effect == 0, persuadable, annoyed, if_control >= SURE_FROM], [2, 0, 3, 1], 2)
    if_treated = np.select(
        [persuadable, annoyed],
        [undisturbed + (1 - undisturbed) * effect, if_control * (1 - effect)],
        if_control,
    )
    return Responses(group.astype(np.int8), if_control, if_treated, staying)


def with_responses(
    rng: np.random.Generator,
    people: People,
    lifetimes: Lifetimes,
    assignments: Assignments,
    purchases: Purchases,
) -> Purchases:
    """Return the orders with those that a campaign brought, without those that it cost."""
    is_treated = assignments.strength > 0
    acts = is_treated & (rng.random(len(is_treated)) < _effect(lifetimes, assignments))
    starts, ends = assignments.day, assignments.day + WINDOW_DAYS
    in_window = (purchases.day >= starts) & (purchases.day < ends)
    orders_anyway = np.zeros(len(people), bool)
    orders_anyway[purchases.person[in_window]] = True
    won = (
        acts
        & is_persuadable(people, assignments.person, starts)
        & ~orders_anyway[assignments.person]
    )
    put_off = np.zeros(len(people), bool)
    put_off[assignments.person[acts & is_annoyed(people, assignments.person, starts)]] = True
    stays = ~(in_window & put_off[purchases.person])
    extra = starts + rng.beta(1.2, 3.0, int(won.sum())) * (ends - starts)
    return sorted_purchases(
        np.concatenate([purchases.person[stays], assignments.person[won]]),
        np.concatenate([purchases.day[stays], extra]),
    )


def _effect(lifetimes: Lifetimes, assignments: Assignments) -> NDArray[np.float64]:
    """Return the chance that a person acts on the campaign, by arm and state of interest."""
    strength = assignments.strength
    strongest = max(assignments.campaign.strengths)
    strength = np.where(strength > 0, strength, strongest)
    person, day = assignments.person, assignments.day
    state = np.select(
        [~lifetimes.is_fading(person, day), lifetimes.churn_day[person] > day],
        [ENGAGED, FADING],
        GONE,
    )
    return np.asarray(strength * state)


def _organic_chance(
    people: People,
    lifetimes: Lifetimes,
    seasons: Seasons,
    assignments: Assignments,
    is_fading: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Return the chance of an order in the window when nothing is sent."""
    person, day = assignments.person, assignments.day
    persona, rate = (people.of(each, person, day) for each in ("persona", "rate"))
    rate = rate * np.where(is_fading, FADING_RATE, 1.0)
    edges = (np.full(len(person), day), np.full(len(person), day + WINDOW_DAYS))
    clock = seasons.operational(persona, edges[1]) - seasons.operational(persona, edges[0])
    chance = 1 - _silence(people.regularity[person], rate * clock)
    return np.where(lifetimes.churn_day[person] > day, chance, 0.0)


def _silence(regularity: NDArray[np.int8], orders: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the chance of no order when so many are expected, at a random moment of the rhythm."""
    from scipy.special import pdtr  # noqa: PLC0415 - slow to import

    k = regularity.astype(np.float64)
    chance = np.zeros(len(k))
    for phase in range(int(regularity.max(initial=1))):
        still = k - 1 - phase
        chance += np.where(still >= 0, pdtr(np.maximum(still, 0), k * orders), 0.0)
    return chance / k
