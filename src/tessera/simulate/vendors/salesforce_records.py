"""Records of Salesforce as they are now, and the history of their fields."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.rows import repeated
from tessera.simulate.vendors.salesforce_ids import CONTACT, salesforce_ids
from tessera.simulate.vendors.salesforce_texts import (
    field_values,
    instants,
    one_array,
    short_ids,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

CUSTOM_FIELDS = {
    "gender": "Gender__c",
    "lifecycle_stage": "Lifecycle_Stage__c",
    "sms_consent": "SMS_Consent__c",
    "recorded_at": "Synced_At__c",
    "attr_income_band": "Income_Band__c",
    "attr_household_size": "Household_Size__c",
    "attr_home_owner": "Home_Owner__c",
    "attr_interests": "Interests__c",
    "attr_loyalty_tier": "Loyalty_Tier__c",
}
"""Fields of the shop's own, by the columns of the feed contacts that they hold."""

_OF_BOTH = {
    "first_name": "FirstName",
    "last_name": "LastName",
    "email": "Email",
    "phone": "Phone",
    "email_consent": "HasOptedOutOfEmail",
}
CONTACT_FIELDS = {
    **_OF_BOTH,
    "street": "MailingStreet",
    "postcode": "MailingPostalCode",
    "city": "MailingCity",
    "country": "MailingCountry",
    "birth_date": "Birthdate",
    **CUSTOM_FIELDS,
}
LEAD_FIELDS = {
    **_OF_BOTH,
    "street": "Street",
    "postcode": "PostalCode",
    "city": "City",
    "country": "Country",
    "birth_date": "Birth_Date__c",
    **CUSTOM_FIELDS,
}

HISTORY = "017"
TRIED_OUT_AT = datetime(2015, 6, 1, 9)  # noqa: DTZ001
"""When the CRM was set up, long before the shop's first day (UTC)."""


def newest_records(
    versions: pa.Table, fields: Mapping[str, str], created: pa.Array | pa.ChunkedArray
) -> pa.Table:
    """Return one row per record: what its last version says.

    Parameters
    ----------
    versions
        Of contacts, in order.
    fields
        The API's names, by the columns of the feed.
    created
        When the record of each version was created.
    """
    last = pa.array(last_places(versions["contact_id"]))
    newest = versions.take(last)
    changed = instants(newest["updated_at"])
    return pa.table(
        {
            "Id": one_array(newest["contact_id"]),
            "IsDeleted": np.zeros(len(newest), bool),
            "MasterRecordId": pa.nulls(len(newest), pa.string()),
            **field_values(newest, fields),
            "CreatedDate": instants(pa.chunked_array([one_array(created).take(last)])),
            "LastModifiedDate": changed,
            "SystemModstamp": changed,
        }
    )


def field_history(key: str, versions: pa.Table, fields: Mapping[str, str], number: int) -> pa.Table:
    """Return one row per field that changed, and one when each record began.

    The time at which a version was loaded is written with each of them, also when it is the same:
    without it a version that changes nothing would leave no trace.

    Parameters
    ----------
    key
        The column of the record's id.
    versions, fields
        As of :func:`newest_records`.
    number
        The block of people.
    """
    is_first = first_places(versions["contact_id"]) == np.arange(len(versions))
    parts = [_changes(versions, np.flatnonzero(is_first), "created", None)]
    for name, values in field_values(versions, fields).items():
        before = pa.concat_arrays([pa.nulls(1, values.type), values])[: len(values)]
        is_other = (_differ(before, values) | (name == fields["recorded_at"])) & ~is_first
        parts.append(_changes(versions, np.flatnonzero(is_other), name, (before, values)))
    rows = pa.concat_tables(parts)
    ids = salesforce_ids(HISTORY, number * 2**36 + np.arange(len(rows)))
    columns = dict(zip(rows.column_names, rows.columns, strict=True))
    return pa.table({"Id": ids, key: columns.pop("key"), **columns})


def tried_out(table: str, fields: Mapping[str, str]) -> tuple[pa.Table, pa.Table]:
    """Return a record with which somebody tried the history of every field, and that history.

    It is deleted, and shows which fields are tracked: those that never changed since, as well.
    """
    at = instants(pa.chunked_array([[TRIED_OUT_AT]]))
    ident = salesforce_ids(CONTACT if table == "contact" else "00Q", np.array([2**49]))
    record = {
        "Id": ident,
        "IsDeleted": pa.array([True]),
        "MasterRecordId": pa.nulls(1, pa.string()),
        **{name: pa.nulls(1, pa.string()) for name in fields.values()},
        "CreatedDate": at,
        "LastModifiedDate": at,
        "SystemModstamp": at,
    }
    names = ["created", *fields.values()]
    history = {
        "Id": salesforce_ids(HISTORY, 2**48 + np.arange(len(names))),
        f"{table.capitalize()}Id": repeated(ident[0].as_py(), len(names)),
        "Field": names,
        "OldValue": pa.nulls(len(names), pa.string()),
        "NewValue": pa.nulls(len(names), pa.string()),
        "CreatedDate": repeated(at[0].as_py(), len(names)),
    }
    return pa.table(record), pa.table(history)


def first_places(ids: pa.ChunkedArray) -> NDArray[np.int64]:
    """Return where the rows of each row's id begin; equal ids stand together.

    Examples
    --------
    >>> first_places(pa.chunked_array([["a", "a", "b"]])).tolist()
    [0, 0, 2]
    """
    changes = _is_other_than_before(ids)
    return np.maximum.accumulate(np.where(changes, np.arange(len(changes)), 0))


def last_places(ids: pa.ChunkedArray) -> NDArray[np.int64]:
    """Return the last row of each id; equal ids stand together.

    Examples
    --------
    >>> last_places(pa.chunked_array([["a", "a", "b"]])).tolist()
    [1, 2]
    """
    return np.flatnonzero(np.append(_is_other_than_before(ids)[1:], len(ids) > 0))


def _is_other_than_before(ids: pa.ChunkedArray) -> NDArray[np.bool_]:
    codes = (
        one_array(ids.cast(pa.string())).dictionary_encode().indices.to_numpy(zero_copy_only=False)
    )
    return np.append(True, codes[1:] != codes[:-1])[: len(codes)]


def _differ(left: pa.Array, right: pa.Array) -> NDArray[np.bool_]:
    """Return where two columns differ; NULL is a value like others."""
    both = pc.fill_null(pc.not_equal(left, right), False)
    return np.asarray(pc.or_(both, pc.xor(pc.is_null(left), pc.is_null(right))))


def _changes(
    versions: pa.Table,
    place: NDArray[np.int64],
    field: str,
    values: tuple[pa.Array, pa.Array] | None,
) -> pa.Table:
    rows = pa.array(place)
    changed = versions.select(["contact_id", "updated_at"]).take(rows)
    nothing = pa.nulls(len(place), pa.string())
    before, after = (each.take(rows) for each in values) if values else (nothing, nothing)
    return pa.table(
        {
            "key": short_ids(changed["contact_id"]),
            "Field": repeated(field, len(place)),
            "OldValue": before,
            "NewValue": after,
            "CreatedDate": instants(changed["updated_at"]),
        }
    )
