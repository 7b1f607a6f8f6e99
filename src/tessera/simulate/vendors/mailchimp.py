"""Mailchimp's export: mailings as its API tells them, with a hash in the place of each person.

Mailchimp knows a person by the MD5 of the address in small letters, once in an audience. Two people
who share a mailbox are therefore members of two audiences, and what is sent to both is two
campaigns.

It keeps no time of delivery: who neither bounced hard nor soft has the status ``sent``. Rows are
appended as they come, so that the loader's own time says when a fact was written down.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.vendors.mail_columns import (
    by_value,
    codes_of,
    iso_times,
    mapped,
    short_hash,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from tessera.simulate.vendors.vendor_shop import VendorShop

LOADED = "_airbyte_extracted_at"
CONNECTOR_FIELDS: dict[str, dict[str, str]] = {
    "mailchimp.members": {"contact_id": "merge_fields.CRMID"},
    "mailchimp.campaigns": {"campaign_id": "tracking.google_analytics"},
    "mailchimp.email_activity": {"recorded_at": LOADED},
    "mailchimp.member_activity": {"recorded_at": LOADED},
    "mailchimp.unsubscribes": {"recorded_at": LOADED},
    "mailchimp.abuse_reports": {"recorded_at": LOADED},
}
"""Whose contact record a member is, what a campaign is called elsewhere, when a row was written."""

PERSON = ("campaign_id", "list_id", "email_id", "email_address")
_ACTIONS = {"opened": "open", "clicked": "click", "bounced": "bounce"}
_STATUSES = {"delivered": "sent", "bounced": "hard"}
_HASH, _SHORT = 32, 10


def exports(shop: VendorShop) -> Iterator[tuple[str, pa.Table]]:
    """Yield the tables of one block of people; the shop as a whole has none."""
    if shop.number is None:
        return
    mail = _mail(shop.feeds["messages"])
    yield "members", _members(mail)
    yield "campaigns", _campaigns(mail)
    yield "sent_to", _told(mail, _STATUSES, "status")
    yield "email_activity", _told(mail, _ACTIONS, "action", timestamp="at", **{LOADED: "loaded"})
    sent = _told(mail, {"sent": "sent"}, "action", timestamp="at", **{LOADED: "loaded"})
    yield "member_activity", sent.drop_columns(["email_address"])
    left = {"unsubscribed": "No longer interested"}
    yield "unsubscribes", _told(mail, left, "reason", timestamp="at", **{LOADED: "loaded"})
    complaint = {"complained": "abuse"}
    yield "abuse_reports", _told(mail, complaint, "type", date="at", **{LOADED: "loaded"})


def _mail(messages: pa.Table) -> pa.Table:
    """Return one row per event of a message: who by Mailchimp's names, and when in its spelling."""
    audience = by_value(pc.cast(pa.array(_audiences(messages)), pa.string()), _audience_id)
    name = texts(messages["campaign_id"])
    mailing = pc.binary_join_element_wise(name, audience, " ")
    return pa.table(
        {
            "campaign_id": by_value(mailing, lambda each: short_hash(each, _SHORT)),
            "list_id": audience,
            "email_id": by_value(messages["email"], lambda each: short_hash(each.lower(), _HASH)),
            "email_address": texts(messages["email"]),
            "contact_id": texts(messages["contact_id"]),
            "name": name,
            "event": texts(messages["event"]),
            "at": iso_times(messages["occurred_at"]),
            "loaded": iso_times(messages["recorded_at"]),
        }
    )


def _audiences(messages: pa.Table) -> NDArray[np.int64]:
    """Return the place, from 0, of each row's person among those who share the address."""
    email, _ = codes_of(messages["email"])
    contact, _ = codes_of(messages["contact_id"])
    pairs, row = np.unique(np.stack([email, contact]), axis=1, return_inverse=True)
    first = np.searchsorted(pairs[0], pairs[0])
    return np.asarray((np.arange(pairs.shape[1]) - first)[row.ravel()])


def _audience_id(number: str) -> str:
    return short_hash(f"audience {number}", _SHORT)


def _members(mail: pa.Table) -> pa.Table:
    """Return one row per address in an audience."""
    names = ["email_id", "email_address", "list_id", "contact_id"]
    left = pc.equal(mail["event"], "unsubscribed")
    said = mail.select(names).append_column("left", left).group_by(names)
    members = said.aggregate([("left", "any")]).sort_by([(name, "ascending") for name in names])
    return pa.table(
        {
            "id": members["email_id"],
            "email_address": members["email_address"],
            "status": pc.if_else(members["left_any"], "unsubscribed", "subscribed"),
            "merge_fields": by_value(members["contact_id"], _merge_fields),
            "list_id": members["list_id"],
        }
    )


def _merge_fields(contact_id: str) -> str:
    return json.dumps({"FNAME": "", "LNAME": "", "CRMID": contact_id})


def _campaigns(mail: pa.Table) -> pa.Table:
    """Return one row per campaign and audience; another block may tell it again."""
    names = ["campaign_id", "list_id", "name"]
    campaigns = mail.group_by(names).aggregate([("at", "min")]).sort_by("campaign_id")
    return pa.table(
        {
            "id": campaigns["campaign_id"],
            "type": pa.repeat("regular", len(campaigns)),
            "status": pa.repeat("sent", len(campaigns)),
            "send_time": campaigns["at_min"],
            "recipients": by_value(
                campaigns["list_id"], lambda each: json.dumps({"list_id": each})
            ),
            "settings": by_value(campaigns["name"], lambda each: json.dumps({"title": each})),
            "tracking": by_value(
                campaigns["name"], lambda each: json.dumps({"google_analytics": each})
            ),
        }
    )


def _told(mail: pa.Table, words: Mapping[str, str], word: str, **times: str) -> pa.Table:
    """Return the rows of some events: of whom, the vendor's word for each, and when."""
    rows = mail.filter(pc.is_in(mail["event"], pa.array(list(words))))
    told = {name: rows[name] for name in PERSON}
    told[word] = mapped(rows["event"], words)
    return pa.table(told | {name: rows[column] for name, column in times.items()})
