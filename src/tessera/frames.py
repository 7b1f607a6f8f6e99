"""Frames at the border of DuckDB and Python: read in a fixed order, returned with declared types.

DuckDB gives rows in no promised order and pandas guesses types (an integer with a NULL becomes a
float, an empty column becomes nothing at all). Both would make two builds of the same data differ,
so every Python model reads through :func:`read` and returns through :func:`typed`. What grows with
the customers of a shop is read by :func:`read_chunks` and returned by :func:`typed_chunks` instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
from duckdb import ColumnExpression, ConstantExpression
from duckdb.sqltypes import DOUBLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

TIMESTAMP = pa.timestamp("us")
"""A UTC timestamp without a zone, as every ``_at`` column of the warehouse."""

SNAPSHOT_ORDER = ("snapshot_at", "customer_id")
"""The order in which training and scoring sets are read: it identifies a row."""


class FrameError(ValueError):
    """A frame does not fit the schema it was declared to have."""


def read(
    relation: Any, order_by: Sequence[str], columns: Sequence[str] | None = None
) -> pd.DataFrame:
    """Read a DuckDB relation as a frame whose rows come in one fixed order.

    Parameters
    ----------
    relation
        What ``dbt.ref(...)`` returns inside a Python model.
    order_by
        Columns that together identify a row.
    columns
        What to read beside them; None reads all.
    """
    asked = relation if columns is None else _only(relation, (*order_by, *columns))
    frame: pd.DataFrame = asked.order(", ".join(order_by)).df()
    return frame


def read_chunks(relation: Any, columns: Sequence[str], rows: int) -> Iterator[pd.DataFrame]:
    """Read some columns of a DuckDB relation, a few rows at a time and never all at once.

    Sorting them all would hold them all: the rows come in the order of the table, which says
    nothing. Who reads so looks at each row by itself, and sorts what comes of it.

    Parameters
    ----------
    relation
        What ``dbt.ref(...)`` returns inside a Python model. Its connection is busy until the last
        chunk has been read.
    columns
        What to read, in this order.
    rows
        At most so many at a time.
    """
    asked = [_readable(relation, name) for name in dict.fromkeys(columns)]
    for batch in relation.select(*asked).to_arrow_reader(rows):
        if batch.num_rows:
            yield batch.to_pandas()


def _readable(relation: Any, name: str) -> Any:
    """Return a column; of a decimal the float that :func:`read` makes of it, not an object."""
    kind = str(relation.types[relation.columns.index(name)])
    column = ColumnExpression(name)
    return column.cast(DOUBLE).alias(name) if kind.startswith("DECIMAL") else column


def _only(relation: Any, columns: Sequence[str]) -> Any:
    return relation.select(*(ColumnExpression(name) for name in dict.fromkeys(columns)))


def typed(frame: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    """Return ``frame`` as an Arrow table of exactly ``schema``, refusing any lossy conversion.

    Raises
    ------
    FrameError
        A column is missing, unexpected, or holds a value its declared type cannot carry.
    """
    missing = [name for name in schema.names if name not in frame.columns]
    unexpected = [name for name in frame.columns if name not in schema.names]
    if missing or unexpected:
        raise FrameError(f"columns missing: {missing}; columns not declared: {unexpected}")
    return pa.table([_column(frame[field.name], field) for field in schema], schema=schema)


def typed_chunks(parts: Iterable[pd.DataFrame], schema: pa.Schema) -> pa.RecordBatchReader:
    """Return frames, one after the other, as what DuckDB writes as one table of ``schema``.

    Each is made when DuckDB asks for it, so that they are never there together. What may fail had
    better be done before: DuckDB tells of an error while it reads, but in words of its own.
    """
    batches = (batch for frame in parts for batch in typed(frame, schema).to_batches())
    return pa.RecordBatchReader.from_batches(schema, batches)


def _column(values: pd.Series, field: pa.Field) -> pa.Array:
    try:
        return pa.Array.from_pandas(values, type=field.type, safe=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as error:
        raise FrameError(f"column '{field.name}' cannot be {field.type}: {error}") from error


def remembered(session: Any, this: Any, schema: pa.Schema, order_by: Sequence[str]) -> pd.DataFrame:
    """Read what a model wrote in earlier runs, or an empty frame before the first.

    Some tables only ever grow: the registry of fitted models, the evidence of the gates. Each is a
    Python model that returns what it remembers plus what is new. A column that an older version of
    Tessera did not write is NULL in its rows; a column that this version does not know stops the
    build, since writing the table again would lose it.

    Parameters
    ----------
    session
        The DuckDB connection that dbt hands to a Python model.
    this
        ``dbt.this``: the model's own relation.
    schema
        The table's declared columns.
    order_by
        Columns that together identify a row.

    Raises
    ------
    FrameError
        The table holds columns that ``schema`` does not, or values that no longer fit it.
    """
    columns = _remembered_columns(session, this, schema)
    if not columns:
        return empty(schema)
    rows = session.sql(f"select * from {this}")  # noqa: S608 - dbt's own name
    known_order = [name for name in order_by if name in columns]
    frame = read(rows, known_order).reindex(columns=schema.names)
    return typed(frame, schema).to_pandas()


def remembered_relation(session: Any, this: Any, schema: pa.Schema) -> Any:
    """Return what :func:`remembered` reads as something that DuckDB can go on with, not read yet.

    For tables that grow with the customers of a shop. Columns and errors are those of
    :func:`remembered`; the rows come in no promised order.
    """
    columns = _remembered_columns(session, this, schema)
    if not columns:
        return schema.empty_table()
    rows = session.sql(f"select * from {this}")  # noqa: S608 - dbt's own name
    nothing = session.from_arrow(schema.empty_table())
    asked = [
        ColumnExpression(name) if name in columns else ConstantExpression(None).alias(name)
        for name in schema.names
    ]
    return nothing.union(rows.select(*asked))


def _remembered_columns(session: Any, this: Any, schema: pa.Schema) -> list[str]:
    """Return the columns that a model's table has; none before the first build."""
    found = session.execute(
        "select column_name from information_schema.columns "
        "where table_catalog = current_database() and table_schema = ? and table_name = ?",
        [this.schema, this.identifier],
    ).fetchall()
    columns = [name for (name,) in found]
    unknown = [name for name in columns if name not in schema.names]
    if unknown:
        raise FrameError(
            f"{this} remembers columns that this version of Tessera does not know: {unknown}. "
            "Use the version that wrote it, or set the table aside under another name."
        )
    return columns


def empty(schema: pa.Schema) -> pd.DataFrame:
    """Return a frame without rows whose columns have the types of ``schema``."""
    frame: pd.DataFrame = schema.empty_table().to_pandas()
    return frame
