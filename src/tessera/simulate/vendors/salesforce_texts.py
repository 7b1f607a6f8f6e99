"""How Salesforce writes ids, times and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping

SHORT = 15
"""Characters of an id that tell capital and small letters apart."""


def short_ids(ids: pa.ChunkedArray) -> pa.Array:
    """Return ids of 18 characters without the last three, as reports and old tools show them.

    Examples
    --------
    >>> short_ids(pa.chunked_array([["003000000000010AAA"]])).to_pylist()
    ['003000000000010']
    """
    return one_array(pc.utf8_slice_codeunits(ids.cast(pa.string()), 0, SHORT))


def instants(times: pa.ChunkedArray) -> pa.Array:
    """Return times as the API writes them.

    Examples
    --------
    >>> from datetime import datetime
    >>> instants(pa.chunked_array([[datetime(2024, 3, 1, 14, 30)]])).to_pylist()
    ['2024-03-01T14:30:00.000Z']
    """
    return one_array(pc.strftime(times.cast(pa.timestamp("ms")), "%Y-%m-%dT%H:%M:%SZ"))


def field_values(versions: pa.Table, fields: Mapping[str, str]) -> dict[str, pa.Array]:
    """Return the values of fields as text, by the API's name."""
    return {name: _as_text(column, versions[column]) for column, name in fields.items()}


def one_array(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return values in one piece."""
    if isinstance(values, pa.ChunkedArray):
        return pa.concat_arrays(values.chunks) if values.num_chunks else pa.array([], values.type)
    return values


def _as_text(column: str, values: pa.ChunkedArray) -> pa.Array:
    if column == "email_consent":
        # who has not agreed has the box "Email Opt Out" ticked
        values = pc.invert(values)
    if pa.types.is_timestamp(values.type):
        return instants(values)
    return one_array(values.cast(pa.string()))
