"""Columns of the web tables: words from codes, timestamps from milliseconds, cookies' names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tessera.simulate.ids import spell_ids
from tessera.simulate.web.cookies import OF_KIOSK
from tessera.simulate.web.devices import APP
from tessera.simulate.web.traffic import KIOSKS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.web.cookies import Cookies
    from tessera.simulate.world import Block


def stamped(block: Block, milliseconds: NDArray[np.int64]) -> pa.Array:
    """Return times since midnight of the first day shown as timestamps, UTC."""
    midnight = np.datetime64(block.world.calendar.starts_on, "us").astype(np.int64)
    return pa.array(midnight + milliseconds * 1_000).view(pa.timestamp("us"))


def cookie_names(
    block: Block, cookies: Cookies
) -> tuple[tuple[pa.StringArray, NDArray[np.int64]], tuple[pa.StringArray, NDArray[np.int64]]]:
    """Return the names of cookies, and those of installations of the app.

    Each with the code of every cookie in them, -1 for one of the other kind, shape (cookies,).
    """
    is_app, is_kiosk = cookies.device == APP, cookies.kind == OF_KIOSK
    browsers = spell_ids("V", block.number, int((~is_app & ~is_kiosk).sum()))
    kiosks = pa.array(KIOSKS[: is_kiosk.sum()], pa.string())
    return (
        (pa.concat_arrays([browsers, kiosks]), _coded(~is_app)),
        (spell_ids("D", block.number, int(is_app.sum())), _coded(is_app)),
    )


def session_refs(block: Block, count: int) -> pa.StringArray:
    """Return the shop's references of a block's sessions."""
    return spell_ids("S", block.number, count)


def _coded(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    return np.where(mask, np.cumsum(mask) - 1, -1)
