"""When people sign in: seldom while they look around, often at the checkout, or never."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.web.devices import APP
from tessera.simulate.web.visits import BROWSE, KIOSK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.web.intents import Intents
    from tessera.simulate.web.visits import Visits
    from tessera.simulate.world import Block

EARLY_SHARE, APP_SHARE, CHECKOUT_SHARE = 0.06, 0.6, 0.5
"""Chance that account holders sign in as they come, in a browser or in the app; and, who did not,
at the checkout."""

LOOKS_AT_ORDERS_SHARE = 0.6
"""Chance that somebody who signs in without any intention looks at an old order."""

SIGN_UP_SHARE, SIGN_UP_DAYS = 0.5, 3.0
"""Chance that a visit, so many days before consent is on record, subscribes to the newsletter."""

GUEST_EMAIL_SHARE = 0.3
"""Share of guests' orders whose event notes the address."""

SETTLED_DAYS = 0.25
"""An account is used from a few hours after it was opened."""


@dataclass(frozen=True)
class Logins:
    """What people do with their names in a visit, booleans of shape (visits,).

    Attributes
    ----------
    is_early, is_at_checkout
        They sign in as they come, or at the checkout.
    views_order
        Signed in, they look at an old order.
    signs_up
        They subscribe to the newsletter.
    leaves_email
        They order as a guest, and the site notes their address.
    """

    is_early: NDArray[np.bool_]
    is_at_checkout: NDArray[np.bool_]
    views_order: NDArray[np.bool_]
    signs_up: NDArray[np.bool_]
    leaves_email: NDArray[np.bool_]


def draw_logins(
    rng: np.random.Generator,
    block: Block,
    visits: Visits,
    intents: Intents,
    device: NDArray[np.int8],
) -> Logins:
    """Draw who signs in when. Nobody signs in twice in one visit."""
    names = block.identities
    drawn, does_more = rng.random((2, len(visits)))
    has_account = names.account_day[visits.person] <= visits.day - SETTLED_DAYS
    chance = np.where(device == APP, APP_SHARE, EARLY_SHARE)
    early = has_account & ((drawn < chance) | (visits.purpose == KIOSK))
    late = has_account & ~early & intents.has_checkout
    late &= drawn < chance + (1 - chance) * CHECKOUT_SHARE
    until_consent = names.email_consent_day[visits.person] - visits.day
    could_sign_up = (until_consent > 0) & (until_consent < SIGN_UP_DAYS) & ~intents.has_order
    looks_back = early & (visits.purpose == BROWSE)
    is_guest = intents.has_order & ~early & ~late
    return Logins(
        is_early=early,
        is_at_checkout=late,
        views_order=looks_back & (does_more < LOOKS_AT_ORDERS_SHARE),
        signs_up=could_sign_up & (does_more < SIGN_UP_SHARE),
        leaves_email=is_guest & (does_more < GUEST_EMAIL_SHARE),
    )
