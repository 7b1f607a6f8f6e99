"""Draw one block of people: who they are, when they leave, what they buy and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.simulate.assignments import assign
from tessera.simulate.baskets import fill_baskets
from tessera.simulate.fulfilment import fulfil
from tessera.simulate.identities import draw_identities
from tessera.simulate.lifetimes import draw_lifetimes, renewed
from tessera.simulate.people import draw_people
from tessera.simulate.profiles import draw_profiles
from tessera.simulate.purchases import at_habitual_hours, draw_purchases, life_stages
from tessera.simulate.responses import with_responses
from tessera.simulate.world import BLOCK_SIZE, Block, World, random_stream

if TYPE_CHECKING:
    from tessera.simulate.assignments import Assignments
    from tessera.simulate.identities import Identities
    from tessera.simulate.lifetimes import Lifetimes
    from tessera.simulate.people import People
    from tessera.simulate.purchases import Purchases


def draw_block(world: World, number: int) -> Block:
    """Draw block ``number``, counted from 0, of ``BLOCK_SIZE`` people or what is left of them."""
    seed = world.settings.seed
    first = number * BLOCK_SIZE
    count = min(BLOCK_SIZE, world.settings.customers - first)
    people = draw_people(random_stream(seed, number, "people"), world.calendar, first, count)
    lifetimes = draw_lifetimes(random_stream(seed, number, "lifetimes"), people)
    rng = random_stream(seed, number, "identities")
    identities = draw_identities(rng, number, people, lifetimes)
    assignments, lifetimes = _campaigned(world, number, people, identities, lifetimes)
    purchases, ticks = _purchases(world, number, people, lifetimes, assignments)
    baskets = fill_baskets(random_stream(seed, number, "baskets"), world, people, purchases)
    profile_rng = random_stream(seed, number, "profiles")
    rng = random_stream(seed, number, "fulfilment")
    return Block(
        world=world,
        number=number,
        people=people,
        lifetimes=lifetimes,
        identities=identities,
        profiles=draw_profiles(profile_rng, world.calendar, people, identities),
        assignments=assignments,
        ticks=ticks,
        baskets=baskets,
        fulfilment=fulfil(rng, number, people, lifetimes, identities, baskets),
    )


def _campaigned(
    world: World, number: int, people: People, identities: Identities, lifetimes: Lifetimes
) -> tuple[tuple[Assignments, ...], Lifetimes]:
    """Assign people to campaigns, one after the other, and let the retained stay."""
    rng = random_stream(world.settings.seed, number, "assignments")
    assignments = []
    for campaign in world.campaigns:
        each = assign(rng, world.calendar, campaign, people, identities, lifetimes)
        lifetimes = renewed(rng, people, lifetimes, each.person[each.is_retained], each.day)
        assignments.append(each)
    return tuple(assignments), lifetimes


def _purchases(
    world: World,
    number: int,
    people: People,
    lifetimes: Lifetimes,
    assignments: tuple[Assignments, ...],
) -> tuple[Purchases, Purchases]:
    """Draw orders and the ticks behind them; campaigns add orders and cost some."""
    rng = random_stream(world.settings.seed, number, "purchases")
    stages = life_stages(people, lifetimes, world.calendar.last_day)
    purchases, ticks = draw_purchases(rng, people, stages, world.seasons)
    purchases = at_habitual_hours(rng, people, lifetimes, purchases)
    rng = random_stream(world.settings.seed, number, "responses")
    for each in assignments:
        purchases = with_responses(rng, people, lifetimes, each, purchases)
    return purchases, ticks
