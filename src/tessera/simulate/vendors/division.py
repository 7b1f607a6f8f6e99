"""Which vendor holds what of the shop's feeds.

Every row that is divided goes to one vendor; feeds that none of the eight tools carries stay plain.
Orders and their lines are shown to the two that watch the checkout, too: both write some of them
down a second time, as real tools do.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

PLAIN_FEEDS = ("feedback", "costs", "rule_segments", "campaign_outcomes")
"""Feeds that no vendor carries: they lie beside the vendors' folders as they are."""

LOOK_UPS = ("products", "campaigns")
"""Feeds of the whole shop, which every vendor is given with each block."""

WHOLE_FEEDS: Mapping[str, tuple[str, ...]] = {
    "shopify": ("orders", "order_lines"),
    "ga4": ("orders", "order_lines"),
    "segment": ("orders", "order_lines"),
    "salesforce": ("contacts", "campaign_assignments"),
    "zendesk": ("tickets",),
}
"""Feeds that a vendor sees whole."""

FOLLOW_UP = "order_follow_up"
_BOT = "(?i)bot|crawler|spider"


def divided(feeds: Mapping[str, pa.Table]) -> dict[str, dict[str, pa.Table]]:
    """Return each vendor's share of a block's feeds, by vendor and feed."""
    shares: dict[str, dict[str, pa.Table]] = {
        vendor: {name: feeds[name] for name in names} for vendor, names in WHOLE_FEEDS.items()
    }
    for feed, split in (("web_events", _of_events), ("messages", _of_messages)):
        for vendor, is_mine in split(feeds[feed]).items():
            shares.setdefault(vendor, {})[feed] = feeds[feed].filter(pa.array(is_mine))
    return shares


def _of_messages(messages: pa.Table) -> dict[str, NDArray[np.bool_]]:
    """Texts and what follows an order is sent by Klaviyo, all other mail by Mailchimp."""
    is_follow_up = _is_true(pc.equal(messages["campaign_id"].cast(pa.string()), FOLLOW_UP))
    is_text = _is_true(pc.equal(messages["channel"].cast(pa.string()), "sms"))
    return {"klaviyo": is_follow_up | is_text, "mailchimp": ~(is_follow_up | is_text)}


def _of_events(events: pa.Table) -> dict[str, NDArray[np.bool_]]:
    """Mixpanel counts in the app, GA4 on half of the browsers, Segment everywhere else."""
    is_app = _is_true(pc.is_valid(events["device_id"]))
    is_ga4 = _is_of_ga4(events) & ~is_app
    return {"mixpanel": is_app, "ga4": is_ga4, "segment": ~is_app & ~is_ga4}


def _is_of_ga4(events: pa.Table) -> NDArray[np.bool_]:
    """Return which rows are of a browser that GA4 watches; it must not be told an address.

    A crawler's own words about itself are not kept by GA4, which leaves known crawlers out.
    """
    browser = events["anonymous_id"].cast(pa.string()).combine_chunks().dictionary_encode()
    codes = pc.fill_null(browser.indices, -1).to_numpy(zero_copy_only=False)
    names = browser.dictionary.to_pylist()
    is_ours = np.array([zlib.crc32(name.encode()) % 2 == 0 for name in names], bool)
    calls_itself_bot = pc.match_substring_regex(events["device"].cast(pa.string()), _BOT)
    is_shy = _is_true(pc.is_valid(events["email"])) | _is_true(calls_itself_bot)
    is_ours[codes[is_shy & (codes >= 0)]] = False
    return np.asarray(np.append(is_ours, False)[codes])


def _is_true(condition: pa.ChunkedArray) -> NDArray[np.bool_]:
    """Return where a condition holds, NULL counting as no."""
    return np.asarray(pc.fill_null(condition, False), bool)
