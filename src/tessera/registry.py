"""The registry of fitted models: how a model gets its name, and how the chosen are found again.

A model is named by what went into it, never by when it was made. So the same data and settings
give the same ``model_id``, a second build finds the row it remembers, and nothing is fitted twice.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterator

MODEL_ID_LENGTH = 16
"""Hex digits kept of a SHA-256: two different models share a name once in 10^19 pairs."""


CHAMPION_ORDER = ("task", "target")
"""The columns that identify a row of ``champion_models``."""


class RegistryError(LookupError):
    """The registry does not hold a model that somebody asked for."""


def fingerprint(frame: pd.DataFrame) -> str:
    """Hash what a frame says: column names, kinds of columns, and values in their order.

    How pandas happens to store a column does not count: text is text whether ``object`` or
    ``str``, an instant is its UTC microsecond whatever the unit, NULL is NULL whether ``None``,
    ``NaN`` or ``NaT``, and the index is not read.

    Parameters
    ----------
    frame
        Any rows of numbers, booleans, decimals, text, dates and timestamps.

    Returns
    -------
    str
        64 hex digits (SHA-256).

    Raises
    ------
    TypeError
        A column holds values of another kind (lists, mixed types); the message names it.

    Examples
    --------
    >>> plain = pd.DataFrame({"amount": [1.5, None]})
    >>> fingerprint(plain) == fingerprint(plain.astype("Float64"))
    True
    >>> fingerprint(plain) == fingerprint(plain.iloc[::-1])
    False
    """
    digest = hashlib.sha256(f"{len(frame)}".encode())
    for name in frame.columns:
        kind, parts = _canonical(frame[name])
        digest.update(json.dumps([str(name), kind]).encode())
        for part in parts:
            digest.update(part)
    return digest.hexdigest()


def model_id(**inputs: Any) -> str:
    """Name a model by everything that went into it.

    Parameters
    ----------
    **inputs
        Whatever decides the fit: target, algorithm, settings, feature names, training
        fingerprint, library version. Values must be plain (text, numbers, lists, dicts, instants).

    Returns
    -------
    str
        16 hex digits of the SHA-256 of the inputs as canonical JSON.

    Examples
    --------
    >>> model_id(target="churn_30d", seed=1) == model_id(seed=1, target="churn_30d")
    True
    """
    canonical = canonical_json(inputs)
    return hashlib.sha256(canonical.encode()).hexdigest()[:MODEL_ID_LENGTH]


def canonical_json(value: Any) -> str:
    """Write a plain value as JSON in the one way that equal values share: sorted keys, no spaces.

    Raises
    ------
    TypeError
        The value holds something that JSON has no word for.
    ValueError
        The value holds NaN or infinity.
    """
    return json.dumps(
        value,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
        default=_plain,
    )


def load_champions(models: pd.DataFrame, champions: pd.DataFrame, *, task: str) -> pd.DataFrame:
    """Return the registry rows of a task's champions.

    Parameters
    ----------
    models
        The task's registry (``propensity_models`` or ``segment_models``): a row per fitted model.
    champions
        ``champion_models``: a row per task and target, with ``task``, ``target``, ``model_id``.
    task
        ``propensity`` or ``segmentation``; rows of the other task are passed over.

    Returns
    -------
    DataFrame
        A row per champion with the columns of ``models``, ordered by the champions' target.

    Raises
    ------
    RegistryError
        A champion is not in the registry.
    """
    chosen = champions[champions["task"] == task].sort_values("target", kind="stable")
    rows_of = dict(zip(models["model_id"], range(len(models)), strict=True))
    strangers = [
        f"'{model}' ({task if pd.isna(target) else target})"
        for model, target in zip(chosen["model_id"], chosen["target"], strict=True)
        if model not in rows_of
    ]
    if strangers:
        raise RegistryError(
            f"champion_models names models that the {task} registry does not hold: "
            f"{', '.join(strangers)}. It holds {len(models)} models; rebuild champion_models "
            "after the registry."
        )
    return models.iloc[[rows_of[model] for model in chosen["model_id"]]].reset_index(drop=True)


def records(models: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a registry, or of the evidence beside it, as dicts in their order."""
    names = [str(name) for name in models.columns]
    return [dict(zip(names, row, strict=True)) for row in models.itertuples(index=False, name=None)]


def _canonical(values: pd.Series) -> tuple[str, Iterator[bytes]]:
    """Return a column's kind and the bytes that stand for its values."""
    try:
        array = pa.Array.from_pandas(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as error:
        raise TypeError(f"column '{values.name}' cannot be fingerprinted: {error}") from error
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if array.null_count == len(array):
        return "null", iter(())
    kind, plain = _plain_array(array, str(values.name))
    return kind, _bytes(plain)


def _plain_array(array: pa.Array, name: str) -> tuple[str, pa.Array]:
    """Cast an Arrow array to the one type that stands for its kind."""
    kind = array.type
    types = pa.types
    plain: tuple[str, pa.Array] | None = None
    if types.is_dictionary(kind):
        plain = _plain_array(array.dictionary_decode(), name)
    elif types.is_boolean(kind):
        plain = "boolean", array.cast(pa.int8())
    elif types.is_integer(kind):
        plain = "integer", array.cast(pa.int64())
    elif types.is_floating(kind):
        # Adding zero turns -0.0 into 0.0, which every comparison calls equal.
        plain = "float", pc.add(array.cast(pa.float64()), 0.0)
    elif types.is_decimal(kind):
        plain = "decimal", _decimals_as_text(array)
    elif types.is_timestamp(kind) or types.is_date(kind):
        instants = pa.timestamp("us", tz=getattr(kind, "tz", None))
        plain = "timestamp", array.cast(instants, safe=False).cast(pa.int64())
    elif types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        plain = "text", array.cast(pa.large_string())
    if plain is None:
        raise TypeError(f"column '{name}' holds {kind}, which has no fingerprint; leave it out")
    return plain


def _decimals_as_text(array: pa.Array) -> pa.Array:
    """Write decimals without trailing zeros, so that 1.50 and 1.5 are one value."""
    texts = [None if value is None else f"{value.normalize():f}" for value in array.to_pylist()]
    return pa.array(texts, type=pa.large_string())


def _bytes(array: pa.Array) -> Iterator[bytes]:
    """Yield the NULL mask, then the values with a fixed filler in place of each NULL."""
    yield np.packbits(array.is_null().to_numpy(zero_copy_only=False)).tobytes()
    if pa.types.is_large_string(array.type):
        filled = array.fill_null("")
        yield pc.binary_length(filled).to_numpy(zero_copy_only=False).astype("<i8").tobytes()
        yield "".join(filled.to_pylist()).encode()
        return
    filled = array.fill_null(0).to_numpy(zero_copy_only=False)
    yield filled.astype(filled.dtype.newbyteorder("<")).tobytes()


def _plain(value: Any) -> Any:
    """Turn numpy scalars and instants into what JSON knows."""
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return value.tolist()
    raise TypeError(f"a model's inputs must be plain values, not {type(value).__name__}: {value!r}")
