"""The truth about web sessions and cookies: who was it, and what for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tessera.simulate.rows import coded
from tessera.simulate.web.columns import cookie_names, session_refs, stamped
from tessera.simulate.web.cookies import KINDS, OF_KIOSK
from tessera.simulate.web.devices import DEVICES
from tessera.simulate.web.visits import PURPOSES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.web.traffic import Traffic
    from tessera.simulate.world import Block


def web_truth(block: Block, traffic: Traffic) -> dict[str, pa.Table]:
    """Return the truth tables of a block's web traffic.

    Returns
    -------
    dict
        ``sessions``: one row per session of the feed, the person by number, NULL for a crawler.
        ``cookies``: one row per cookie or installation of the app; those of the kiosks, which all
        blocks share, only in block 0.
    """
    return {"sessions": _sessions(block, traffic), "cookies": _cookies(block, traffic)}


def _sessions(block: Block, traffic: Traffic) -> pa.Table:
    return pa.table(
        {
            "session_ref": session_refs(block, len(traffic)),
            "person": _numbers(block, traffic.person),
            "purpose": coded(PURPOSES, traffic.purpose),
        }
    )


def _cookies(block: Block, traffic: Traffic) -> pa.Table:
    cookies = traffic.cookies
    (browsers, of_browser), (apps, of_app) = cookie_names(block, cookies)
    told = pa.table(
        {
            "anonymous_id": coded(browsers, of_browser).dictionary_decode(),
            "device_id": coded(apps, of_app).dictionary_decode(),
            "person": _numbers(block, cookies.person),
            "kind": coded(KINDS, cookies.kind),
            "device": coded(DEVICES, cookies.device),
            "valid_from": stamped(block, cookies.valid_from),
            "valid_to": stamped(block, cookies.valid_to),
        }
    )
    return told.filter(pa.array((cookies.kind != OF_KIOSK) | (block.number == 0)))


def _numbers(block: Block, person: NDArray[np.int64]) -> pa.Array:
    """Return the numbers of people over the whole shop; NULL for nobody."""
    return pa.array(np.append(block.people.number, 0)[person], mask=person < 0)
