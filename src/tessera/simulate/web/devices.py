"""On which device each visit happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.fulfilment import PLACES
from tessera.simulate.web.visits import KIOSK, ORDER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.web.visits import Visits
    from tessera.simulate.world import Block

DEVICES = ("desktop", "mobile", "tablet", "app", "Mozilla/5.0 (compatible; ExampleBot/1.0)")
DESKTOP, MOBILE, TABLET, APP, DECLARED_BOT = range(5)

DRIFT_MOBILE = 0.35
"""After the drift so much of what was not mobile is."""

TABLET_OWNERS = 0.18
TABLET_SHARE = 0.5
APP_SHARE = 0.25
"""Who has a tablet; how often its owners use it instead of a desk; share of phone visits of
account holders that happen in the app."""


def choose_devices(rng: np.random.Generator, block: Block, visits: Visits) -> NDArray[np.int8]:
    """Choose the device of each visit, an index of ``DEVICES``, shape (visits,)."""
    person = visits.person
    mobile = block.people.of("mobile_share", person, visits.day)
    is_late = visits.day >= block.world.calendar.drift_day
    mobile = np.where(is_late, mobile + (1 - mobile) * DRIFT_MOBILE, mobile)
    owns_tablet = (rng.random(len(block.people)) < TABLET_OWNERS)[person]
    has_account = block.identities.account_day[person] <= visits.day
    drawn = rng.random((3, len(visits)))
    is_mobile = drawn[0] < mobile
    is_tablet = owns_tablet & (drawn[1] < TABLET_SHARE)
    is_app = has_account & (drawn[2] < APP_SHARE)
    device = np.select([is_mobile & is_app, is_mobile, is_tablet], [APP, MOBILE, TABLET], DESKTOP)
    place = np.append(block.fulfilment.place, -1)[visits.order]
    ordered_in_app = (visits.purpose == ORDER) & (place == PLACES.index("app"))
    ordered_on_web = (visits.purpose == ORDER) & (place == PLACES.index("web"))
    device = np.where(ordered_on_web & (device == APP), MOBILE, device)
    device = np.where(ordered_in_app, APP, device)
    return np.where(visits.purpose == KIOSK, TABLET, device).astype(np.int8)
