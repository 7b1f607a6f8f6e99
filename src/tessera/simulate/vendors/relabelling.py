"""Ids as the vendors spell them: one to one, in every column of the feeds and of the truth.

Salesforce numbers contacts and campaigns in its own way; the shop, the help desk and everybody who
repeats their ids have digits alone. All other ids stay what they are.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.campaigns import CAMPAIGNS
from tessera.simulate.vendors.salesforce_ids import CAMPAIGN, CONTACT, salesforce_ids

Relabel = Callable[[pa.Array], pa.Array]

_FIRST_CAMPAIGN = 5_812_000
_CAMPAIGN_IDS = dict(
    zip(
        (campaign.campaign_id for campaign in CAMPAIGNS),
        salesforce_ids(CAMPAIGN, _FIRST_CAMPAIGN + np.arange(len(CAMPAIGNS))).to_pylist(),
        strict=True,
    )
)


def relabelled(name: str, table: pa.Table) -> pa.Table:
    """Return a feed, or a table of the truth, under the vendors' ids.

    Parameters
    ----------
    name
        A feed, or the path of a table of the truth, such as ``truth/contacts``.
    table
        Its rows.
    """
    columns = _COLUMNS | _TRUTH.get(name, {})
    for column in set(table.column_names).intersection(columns):
        relabel = columns[column]
        place = table.schema.get_field_index(column)
        table = table.set_column(place, column, _by_value(table[column], relabel))
    return _identifiers(table) if name == "truth/identifiers" else table


def _by_value(column: pa.ChunkedArray, relabel: Relabel) -> pa.Array:
    """Relabel a column; one of codes keeps its codes."""
    whole = column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks)
    if pa.types.is_dictionary(whole.type):
        return pa.DictionaryArray.from_arrays(whole.indices, relabel(whole.dictionary))
    return relabel(whole)


def _digits(ids: pa.Array) -> pa.Array:
    """Leave out the letter in front.

    Examples
    --------
    >>> _digits(pa.array(["O17", None])).to_pylist()
    ['17', None]
    """
    return pc.utf8_slice_codeunits(ids, start=1)


def _contacts(ids: pa.Array) -> pa.Array:
    """Return the Salesforce ids of contacts."""
    numbers = pc.fill_null(pc.cast(_digits(ids), pa.uint64()), 0).to_numpy(zero_copy_only=False)
    return pc.if_else(pc.is_valid(ids), salesforce_ids(CONTACT, numbers), None)


def _campaigns(ids: pa.Array) -> pa.Array:
    """Return the Salesforce ids of the campaigns that it knows; mailings of no campaign stay."""
    for ours, theirs in _CAMPAIGN_IDS.items():
        ids = pc.if_else(pc.equal(ids, ours), theirs, ids)
    return ids


_COLUMNS: dict[str, Relabel] = {
    "contact_id": _contacts,
    "customer_ref": _digits,
    "user_ref": _digits,
    "order_id": _digits,
    "product_id": _digits,
    "ticket_id": _digits,
    "campaign_id": _campaigns,
}
_TRUTH: dict[str, dict[str, Relabel]] = {"truth/texts/tickets": {"id": _digits}}


def _identifiers(table: pa.Table) -> pa.Table:
    """Relabel the values of an identifier's kind, which stand in one column for all kinds."""
    kinds, values = (table[name].combine_chunks() for name in _KIND_AND_VALUE)
    for kind in pc.unique(kinds).to_pylist():
        if kind in _COLUMNS:
            mine = pc.if_else(pc.equal(kinds, kind), values, None)
            values = pc.coalesce(_COLUMNS[kind](mine), values)
    place = table.schema.get_field_index(_KIND_AND_VALUE[1])
    return table.set_column(place, _KIND_AND_VALUE[1], values)


_KIND_AND_VALUE = ("identifier_type", "identifier_value")
