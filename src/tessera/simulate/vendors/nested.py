"""Lists of records in one column, as GA4 nests them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


def listed(owner: NDArray[np.int64], rows: int, values: pa.Array) -> pa.ListArray:
    """Return the values of each row as a list, in the order in which they come.

    Parameters
    ----------
    owner
        The row to which each value belongs, shape (values,).
    rows
        How many rows there are; one without a value has an empty list.
    values
        All values.

    Examples
    --------
    >>> listed(np.array([2, 0, 2]), 3, pa.array(["a", "b", "c"])).to_pylist()
    [['b'], [], ['a', 'c']]
    """
    order = np.argsort(owner, kind="stable")
    ends = np.cumsum(np.bincount(owner, minlength=rows))
    offsets = pa.array(np.append(0, ends).astype(np.int32))
    return pa.ListArray.from_arrays(offsets, values.take(pa.array(order)))


def keyed_values(
    strings: Mapping[str, pa.StringArray], numbers: Mapping[str, pa.Int64Array]
) -> pa.ListArray:
    """Return each row's parameters as GA4 keeps them: a list of keys, each with its value.

    Parameters
    ----------
    strings, numbers
        Columns by key; a row has no parameter where the column is NULL.

    Examples
    --------
    >>> column = keyed_values({"page": pa.array(["/", None])}, {"session": pa.array([7, 8])})
    >>> column[1].as_py()
    [{'key': 'session', 'value': {'string_value': None, 'int_value': 8}}]
    """
    columns = {**strings, **numbers}
    is_given = np.array([np.asarray(pc.is_valid(values)) for values in columns.values()])
    owner, key = np.nonzero(is_given.T)
    words = pa.concat_arrays(
        [*strings.values(), *(pa.nulls(len(each), pa.string()) for each in numbers.values())]
    )
    counts = pa.concat_arrays(
        [*(pa.nulls(len(each), pa.int64()) for each in strings.values()), *numbers.values()]
    )
    place = pa.array(key * is_given.shape[1] + owner)
    value = pa.StructArray.from_arrays(
        [words.take(place), counts.take(place)], ["string_value", "int_value"]
    )
    names = pa.array(list(columns)).take(pa.array(key))
    return listed(
        owner, is_given.shape[1], pa.StructArray.from_arrays([names, value], ["key", "value"])
    )
