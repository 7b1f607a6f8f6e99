"""Salesforce: contacts, leads, the history of their fields, campaigns and their members.

Its quirks: ids of 15 and of 18 characters side by side, records that are deleted and stay, and
leads that became contacts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.rows import repeated
from tessera.simulate.vendors.salesforce_ids import CONTACT, salesforce_ids
from tessera.simulate.vendors.salesforce_records import (
    CONTACT_FIELDS,
    CUSTOM_FIELDS,
    LEAD_FIELDS,
    field_history,
    first_places,
    last_places,
    newest_records,
    tried_out,
)
from tessera.simulate.vendors.salesforce_texts import instants, one_array, short_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tessera.simulate.vendors.vendor_shop import VendorShop

CONNECTOR_FIELDS = {
    "salesforce.contact": CUSTOM_FIELDS,
    "salesforce.lead": CUSTOM_FIELDS | {"birth_date": LEAD_FIELDS["birth_date"]},
    "salesforce.campaign": {
        "started_at": "Starts_At__c",
        "ended_at": "Ends_At__c",
        "objective": "Objective__c",
    },
    "salesforce.campaign_member": {"arm": "Arm__c", "is_control": "Is_Control__c"},
}
FORMATS = {"campaign": "csv"}

LEAD = "00Q"
MEMBER = "00v"
DOUBLES_FROM = 2**50
"""Numbers of deleted contacts: beyond those of the shop's own."""
CONTACTS_PER_DOUBLE = 200


def exports(shop: VendorShop) -> Iterator[tuple[str, pa.Table]]:
    """Yield the tables of one block of people; of the whole shop, campaigns and trial records."""
    if shop.number is None:
        yield "campaign", campaigns(shop.feeds["campaigns"])
        for table, fields in (("contact", CONTACT_FIELDS), ("lead", LEAD_FIELDS)):
            record, history = tried_out(table, fields)
            yield table, record
            yield f"{table}_history", history
        return
    versions = _in_order(shop.feeds["contacts"])
    first_of_contact = conversions(versions)
    is_lead = np.arange(len(versions)) < first_of_contact
    yield from people(versions, is_lead, first_of_contact, shop.number)
    yield "campaign_member", members(shop.feeds["campaign_assignments"], shop.number)


def campaigns(feed: pa.Table) -> pa.Table:
    """Return one row per campaign; hours, which dates lack, stand in fields of the shop's own."""
    started, ended = instants(feed["started_at"]), instants(feed["ended_at"])
    recorded = instants(feed["recorded_at"])
    return pa.table(
        {
            "Id": short_ids(feed["campaign_id"]),
            "IsDeleted": np.zeros(len(feed), bool),
            "Name": feed["name"],
            "Type": pc.utf8_capitalize(feed["channel"].cast(pa.string())),
            "StartDate": pc.utf8_slice_codeunits(started, 0, 10),
            "EndDate": pc.utf8_slice_codeunits(ended, 0, 10),
            "ActualCost": feed["cost_amount"].cast(pa.float64()),
            "Starts_At__c": started,
            "Ends_At__c": ended,
            "Objective__c": feed["objective"],
            "CreatedDate": recorded,
            "LastModifiedDate": recorded,
            "SystemModstamp": recorded,
        }
    )


def members(feed: pa.Table, number: int) -> pa.Table:
    """Return one row per assignment: who was meant to be left alone is a member, too."""
    count = len(feed)
    recorded = instants(feed["recorded_at"])
    held_out = feed["is_control"].combine_chunks()
    return pa.table(
        {
            "Id": salesforce_ids(MEMBER, number * 2**32 + np.arange(count)),
            "IsDeleted": np.zeros(count, bool),
            "CampaignId": feed["campaign_id"].cast(pa.string()),
            "ContactId": short_ids(feed["contact_id"]),
            "LeadId": pa.nulls(count, pa.string()),
            "Status": pc.if_else(held_out, "Held Out", "Sent"),
            "HasResponded": np.zeros(count, bool),
            "FirstRespondedDate": pa.nulls(count, pa.string()),
            "Arm__c": feed["arm"].cast(pa.string()),
            "Is_Control__c": held_out,
            "CreatedDate": instants(feed["assigned_at"]),
            "LastModifiedDate": recorded,
            "SystemModstamp": recorded,
        }
    )


def conversions(versions: pa.Table) -> NDArray[np.int64]:
    """Return with which version each version's record began to be a contact.

    Who was a lead first and something else later was converted then; others were contacts from
    their first version on.

    Parameters
    ----------
    versions
        Of contacts, in order.

    Returns
    -------
    Positions in ``versions``, shape (versions,).
    """
    place = np.arange(len(versions))
    first = first_places(versions["contact_id"])
    is_lead = np.asarray(pc.fill_null(pc.equal(versions["lifecycle_stage"], "lead"), False), bool)
    beyond = np.where(is_lead, len(versions), place)
    record = np.cumsum(first == place) - 1
    starts = np.flatnonzero(first == place)
    converted = np.minimum.reduceat(beyond, starts)[record] if len(starts) else beyond
    return np.where(converted < len(versions), converted, first)


def people(
    versions: pa.Table,
    is_lead: NDArray[np.bool_],
    first_of_contact: NDArray[np.int64],
    number: int,
) -> Iterator[tuple[str, pa.Table]]:
    """Yield contacts and leads as they are now, and how they came to be so."""
    as_contacts = versions.filter(pa.array(~is_lead))
    began = as_contacts["updated_at"].take(pa.array(first_places(as_contacts["contact_id"])))
    was_lead = pa.array((first_of_contact > first_places(versions["contact_id"]))[~is_lead])
    created = pc.if_else(was_lead, began, as_contacts["created_at"])
    contacts = newest_records(as_contacts, CONTACT_FIELDS, created)
    yield "contact", pa.concat_tables([contacts, deleted_doubles(contacts, number)])
    yield "contact_history", field_history("ContactId", as_contacts, CONTACT_FIELDS, number)

    as_leads = versions.filter(pa.array(is_lead))
    converted = versions["updated_at"].take(pa.array(first_of_contact[is_lead]))
    yield "lead", converted_leads(as_leads, converted)
    leads = as_leads.set_column(0, "contact_id", [lead_ids(as_leads["contact_id"])])
    yield "lead_history", field_history("LeadId", leads, LEAD_FIELDS, number)


def deleted_doubles(contacts: pa.Table, number: int) -> pa.Table:
    """Return contacts that somebody made a second time, and that were deleted or merged since."""
    place = np.arange(0, len(contacts), CONTACTS_PER_DOUBLE)
    doubles = contacts.take(pa.array(place))
    ids = salesforce_ids(CONTACT, DOUBLES_FROM + number * 2**32 + place)
    is_merged = pa.array(place // CONTACTS_PER_DOUBLE % 2 == 1)
    masters = pc.if_else(is_merged, doubles["Id"].combine_chunks(), None)
    changed = {"Id": ids, "IsDeleted": np.ones(len(place), bool), "MasterRecordId": masters}
    for name, values in changed.items():
        doubles = doubles.set_column(doubles.column_names.index(name), name, [values])
    return doubles.cast(contacts.schema)


def converted_leads(versions: pa.Table, converted: pa.ChunkedArray) -> pa.Table:
    """Return leads as they were when they became contacts.

    Parameters
    ----------
    versions
        What contacts were as leads, in order.
    converted
        When the lead of each version was converted.
    """
    records = newest_records(versions, LEAD_FIELDS, versions["created_at"])
    last = last_places(versions["contact_id"])
    at = instants(converted.take(pa.array(last)))
    ids = short_ids(records["Id"])
    changed = {"Id": lead_ids(records["Id"]), "LastModifiedDate": at, "SystemModstamp": at}
    for name, values in changed.items():
        records = records.set_column(records.column_names.index(name), name, [values])
    more = {
        "Status": repeated("Closed - Converted", len(records)),
        "IsConverted": pa.array(np.ones(len(records), bool)),
        "ConvertedContactId": ids,
        "ConvertedDate": pc.utf8_slice_codeunits(at, 0, 10),
    }
    for name, values in more.items():
        records = records.append_column(name, [values])
    return records


def lead_ids(contact_ids: pa.ChunkedArray) -> pa.Array:
    """Return ids of leads, of 15 characters, by those of the contacts that they became."""
    own = pc.utf8_slice_codeunits(short_ids(contact_ids), len(LEAD))
    return one_array(pc.binary_join_element_wise(LEAD, own, ""))


def _in_order(versions: pa.Table) -> pa.Table:
    keys = [("contact_id", "ascending"), ("updated_at", "ascending")]
    return versions.set_column(
        versions.column_names.index("contact_id"),
        "contact_id",
        versions["contact_id"].cast(pa.string()),
    ).sort_by(keys)
