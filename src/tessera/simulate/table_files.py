"""Tables on disk. Equal tables give equal bytes, whatever machine writes them."""

from __future__ import annotations

import gzip
import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


def as_it_came_in(table: pa.Table) -> pa.Table:
    """Sort rows by when they were recorded: their order would tell whose they are."""
    keys = [name for name in ("recorded_at", *table.column_names[:2]) if name in table.column_names]
    return table.sort_by([(name, "ascending") for name in keys])


def repeated_columns(table: pa.Table) -> list[str]:
    """Return the columns that hold few values, many times."""
    return [field.name for field in table.schema if pa.types.is_dictionary(field.type)]


def write_parquet(table: pa.Table, path: Path, repeated: Sequence[str] | None = None) -> int:
    """Write a table and return its rows; the columns of ``repeated`` hold few values, many times.

    None: those that come as codes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    names = repeated_columns(table) if repeated is None else repeated
    names = [name for name in table.column_names if name in names]
    # the schema of Arrow itself is left out: readers see plain strings where we have codes
    pq.write_table(
        table, path, compression="zstd", use_dictionary=names or False, store_schema=False
    )
    return int(table.num_rows)


def write_text(table: pa.Table, path: Path) -> int:
    """Write a table as text, in the format that the path's endings name, and return its rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    endings = path.suffixes
    written = _WRITERS[endings[0]](table)
    # no time of day in the header of the file
    packed = gzip.compress(written, mtime=0) if endings[-1] == ".gz" else written
    path.write_bytes(packed)
    return int(table.num_rows)


def _csv(table: pa.Table) -> bytes:
    plain = [
        pa.field(field.name, field.type.value_type if _is_coded(field) else field.type)
        for field in table.schema
    ]
    sink = io.BytesIO()
    pa.csv.write_csv(table.cast(pa.schema(plain)), sink)
    return sink.getvalue()


def _is_coded(field: pa.Field) -> bool:
    return bool(pa.types.is_dictionary(field.type))


def _ndjson(table: pa.Table) -> bytes:
    lines = (
        json.dumps(_without_absent(row), default=_spelled, ensure_ascii=False)
        for row in table.to_pylist()
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _without_absent(value: Any) -> Any:
    """Leave out members without a value, as interfaces that speak JSON do."""
    if isinstance(value, dict):
        return {name: _without_absent(each) for name, each in value.items() if each is not None}
    return [_without_absent(each) for each in value] if isinstance(value, list) else value


def _spelled(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


_WRITERS: dict[str, Callable[[pa.Table], bytes]] = {".csv": _csv, ".ndjson": _ndjson}
