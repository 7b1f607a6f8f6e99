"""`tessera export`: a published table as a file for a spreadsheet.

A spreadsheet takes a cell for a formula when it begins with ``=``, ``+``, ``-`` or ``@``, whoever
wrote it: the name of a product in a feed would then run on the machine of whoever opens the file.
Such texts get an apostrophe in front, and all cells stand in quotes, so that no separator in a text
begins another cell (OWASP, *CSV Injection*). Numbers stay numbers.
"""

from __future__ import annotations

import codecs
import csv
import re
import shutil
from typing import TYPE_CHECKING

import duckdb
from duckdb import CaseExpression, ColumnExpression, ConstantExpression, FunctionExpression

from tessera.commands import CommandError
from tessera.commands.query import require_one_query
from tessera.commands.release_reader import opened_read_only

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import Expression
    from rich.console import Console

FORMULA = "^([\\t\\r\\n]|\\s*[=+@\uff1d\uff0b\uff0d\uff20-])"
"""How a text begins that a spreadsheet would work out; the last four are the full-width signs."""
NUMBER = r"[+-]?[0-9]+(\.[0-9]+)?"
HARMLESS = re.compile(
    r"U?(TINY|SMALL|BIG|HUGE)?INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)|BOOLEAN|DATE|TIME.*"
)
"""Types whose values no spreadsheet takes for a formula; anything else is written as text."""


def export(release: Path, what: str, out: Path, console: Console) -> None:
    """Write a published table, or the answer to a query, into a file.

    Parameters
    ----------
    release
        The published file.
    what
        Name of a published table, or one query that only reads.
    out
        Ends in ``.csv`` (UTF-8 with a mark that spreadsheets know it by) or ``.parquet``; replaced
        when it is there.
    console
        Where the number of rows is printed.

    Raises
    ------
    CommandError
        There is no release yet, no such table or folder, or another ending.
    """
    if out.suffix not in {".csv", ".parquet"}:
        raise CommandError(f"{out}: give a file name that ends in .csv or .parquet")
    if not out.parent.is_dir():
        raise CommandError(f"the folder {out.parent} does not exist: make it first")
    with opened_read_only(release) as connection:
        try:
            connection.execute("set search_path = 'marts'")
            rows = _relation(connection, what)
            _write(rows, out)
            count = rows.shape[0]
        except duckdb.Error as error:
            raise CommandError(str(error)) from error
    console.print(f"{count:,} rows in {out}", highlight=False, soft_wrap=True)


def _relation(connection: duckdb.DuckDBPyConnection, what: str) -> duckdb.DuckDBPyRelation:
    if what.isidentifier():
        return connection.table(what)
    return connection.sql(require_one_query(connection, what))


def _write(rows: duckdb.DuckDBPyRelation, out: Path) -> None:
    part = out.with_name(f"{out.name}.part")
    try:
        if out.suffix == ".parquet":
            rows.write_parquet(str(part))
            part.replace(out)
            return
        without_formulas(rows).write_csv(str(part), header=True, quoting=csv.QUOTE_ALL)
        with part.open("rb") as written, out.open("wb") as marked:
            marked.write(codecs.BOM_UTF8)
            shutil.copyfileobj(written, marked)
    finally:
        part.unlink(missing_ok=True)


def without_formulas(rows: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """Return the rows such that no cell and no heading begins a formula."""
    columns = zip(rows.columns, rows.types, strict=True)
    return rows.select(
        *(_cell(name, is_text=not HARMLESS.fullmatch(str(t))) for name, t in columns)
    )


def _cell(name: str, *, is_text: bool) -> Expression:
    value = ColumnExpression(name)
    heading = f"'{name}" if re.match(FORMULA, name) else name
    if not is_text:
        return value.alias(heading)
    text = value.cast(duckdb.sqltypes.VARCHAR)
    is_formula = FunctionExpression("regexp_matches", text, ConstantExpression(FORMULA))
    is_number = FunctionExpression("regexp_full_match", text, ConstantExpression(NUMBER))
    marked = FunctionExpression("concat", ConstantExpression("'"), text)
    return CaseExpression(is_formula & ~is_number, marked).otherwise(text).alias(heading)
