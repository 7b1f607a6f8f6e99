"""The web_events feed of one block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tessera.simulate import references
from tessera.simulate.ids import spell_ids
from tessera.simulate.orders import Receipts
from tessera.simulate.rows import coded
from tessera.simulate.web.columns import cookie_names, session_refs, stamped
from tessera.simulate.web.devices import DEVICES
from tessera.simulate.web.pages import Site
from tessera.simulate.web.queries import WAYS, query_words
from tessera.simulate.web.sources import SOURCES
from tessera.simulate.web.steps import (
    ADD_TO_CART,
    EVENT_NAMES,
    LOGIN,
    MILLISECONDS,
    NEWSLETTER_SIGNUP,
    PAGE_VIEW,
    PRICE_COMPARISON,
    PURCHASE,
    REMOVE_FROM_CART,
    SEARCH,
    VIEW_ITEM,
    Steps,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.web.traffic import Traffic
    from tessera.simulate.world import Block

OF_PRODUCT = (VIEW_ITEM, PRICE_COMPARISON, ADD_TO_CART, REMOVE_FROM_CART)
USUAL_DELAY_MS = 700.0
"""Mean time until an event is received, beyond the shortest."""

SHORTEST_DELAY_MS = 120


def web_events(block: Block, traffic: Traffic) -> pa.Table:
    """Return the web events of a block that the feeds show: one row per event, by time.

    Parameters
    ----------
    block
        The people and all they do.
    traffic
        What ``draw_traffic`` returns for the block.
    """
    order = np.argsort(traffic.steps.time, kind="stable")
    steps = traffic.steps.take(order)
    is_known, is_opening = _are_known(traffic.steps)[order], _are_openings(traffic.steps)[order]
    delay = block.stream("web delays").standard_exponential(len(steps), np.float32)
    received = steps.time + SHORTEST_DELAY_MS + (delay * USUAL_DELAY_MS).astype(np.int64)
    paid = np.append(Receipts(block).amount, 0.0)
    purchase = np.where(steps.kind == PURCHASE, traffic.order[steps.visit], -1)
    return pa.table(
        {
            "event_id": spell_ids("E", block.number, len(steps)),
            "occurred_at": stamped(block, steps.time),
            "event_name": coded(EVENT_NAMES, steps.kind),
            **_who(block, traffic, steps, is_known),
            **_what(block, steps),
            "device": coded(DEVICES, traffic.cookies.device[traffic.cookie[steps.visit]]),
            **_whence(np.where(is_opening, traffic.source[steps.visit], -1)),
            "session_ref": coded(session_refs(block, len(traffic)), steps.visit),
            "revenue": pa.array(paid[purchase], mask=purchase < 0),
            "received_at": stamped(block, received),
        }
    )


def _are_known(steps: Steps) -> NDArray[np.bool_]:
    """Return whether each step comes at or after a login of its visit."""
    at = np.flatnonzero(steps.kind == LOGIN)
    login = np.full(steps.visit[-1] + 1 if len(steps) else 0, len(steps))
    login[steps.visit[at]] = at
    return np.asarray(np.arange(len(steps)) >= login[steps.visit])


def _are_openings(steps: Steps) -> NDArray[np.bool_]:
    return np.asarray(np.diff(steps.visit, prepend=-1) != 0)


def _who(
    block: Block, traffic: Traffic, steps: Steps, is_known: NDArray[np.bool_]
) -> dict[str, pa.Array]:
    """Return by which names the events are known."""
    (browsers, of_browser), (apps, of_app) = cookie_names(block, traffic.cookies)
    cookie = traffic.cookie[steps.visit]
    person = traffic.person[steps.visit]
    return {
        "anonymous_id": coded(browsers, of_browser[cookie]),
        "device_id": coded(apps, of_app[cookie]),
        "user_ref": coded(block.identities.account, np.where(is_known, person, -1)),
        "email": _emails(block, traffic, steps),
    }


def _emails(block: Block, traffic: Traffic, steps: Steps) -> pa.DictionaryArray:
    """Return the address where one is typed in: subscribing, and in some orders of guests."""
    leaves = (steps.kind == PURCHASE) & traffic.leaves_email[steps.visit]
    row = np.flatnonzero(leaves | (steps.kind == NEWSLETTER_SIGNUP))
    person, day = traffic.person[steps.visit[row]], steps.time[row] / MILLISECONDS
    spelled = references.emails(block, person, day).dictionary_encode()
    codes = np.full(len(steps), -1, np.int32)
    codes[row] = spelled.indices.to_numpy()
    return coded(spelled.dictionary, codes)


def _what(block: Block, steps: Steps) -> dict[str, pa.Array]:
    """Return what the events are about: page, product, category, search."""
    site = Site.of(block.world.catalogue)
    is_product = np.isin(np.arange(len(EVENT_NAMES)), OF_PRODUCT)[steps.kind]
    has_category = is_product | ((steps.kind == PAGE_VIEW) & (steps.product >= 0))
    product = np.where(is_product, steps.product, -1)
    category = np.where(has_category, site.category_of[steps.product], -1)
    index, queries = query_words(block.world.catalogue)
    query = index[steps.product, (steps.time // 1_000) % WAYS]
    return {
        "page_url": coded(site.addresses, site.page_of(steps)),
        "product_id": coded(site.products, product),
        "category": coded(site.categories, category),
        "search_query": coded(queries, np.where(steps.kind == SEARCH, query, -1)),
    }


def _whence(source: NDArray[np.integer]) -> dict[str, pa.Array]:
    """Return where visits come from; -1 for the events that do not tell."""
    columns = ("referrer", "utm_source", "utm_medium", "utm_campaign")
    return {
        column: _told([getattr(each, column) for each in SOURCES], source) for column in columns
    }


def _told(values: list[str | None], source: NDArray[np.integer]) -> pa.DictionaryArray:
    names = sorted({each for each in values if each is not None})
    codes = np.array([-1 if each is None else names.index(each) for each in values] + [-1])
    return coded(names, codes[source])
