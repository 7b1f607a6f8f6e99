"""The connectors' own fixtures, and how such exports drift: columns come, go and change type."""

import csv
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

ROOT = Path(__file__).parents[2]
FIXTURES = Path(__file__).parent / "connectors"
NEW_COLUMN = "column_of_tomorrow"

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_WHOLE = re.compile(r"-?(0|[1-9]\d{0,17})")
_MONEY = re.compile(r"-?\d{1,15}\.\d{1,2}")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d.*")


@dataclass(frozen=True)
class Column:
    """A declared column: its names as they are compared, and whether a table needs it."""

    name: str
    names: frozenset
    is_required: bool

    def means(self, name):
        """Return whether a column of a file is this one."""
        return same(name) in self.names


@dataclass(frozen=True)
class Delivery:
    """One file of a vendor's fixture."""

    vendor: str
    table: str
    file: Path
    columns: tuple = field(default=(), compare=False)

    @property
    def place(self):
        """Where it lies in a feeds folder."""
        return self.file.relative_to(FIXTURES)

    def needed(self):
        """Return the columns without which it cannot be read: required, or listed as a field."""
        return [column for column in self.columns if column.is_required]

    def dispensable(self, names):
        """Return those of the file's columns that are declared, and optional."""
        kept = frozenset().union(*(column.names for column in self.needed()))
        optional = frozenset().union(*(column.names for column in self.columns)) - kept
        return [name for name in names if same(name) in optional]


def same(name):
    """Return a name as names are compared: without case and what stands between words."""
    return re.sub(r"[\s._\-]", "", name).lower()


@cache
def expectations(vendor):
    """Return the listed fields and the expected rows of a vendor's fixture."""
    return yaml.safe_load((FIXTURES / f"{vendor}.yml").read_text())


VENDORS = sorted(path.stem for path in FIXTURES.glob("*.yml"))
FIELDS = {
    table: listed
    for vendor in VENDORS
    for table, listed in (expectations(vendor).get("fields") or {}).items()
}


@cache
def declared_tables(vendor):
    """Return the tables of a vendor's source, each with its names and columns."""
    path = ROOT / f"models/staging/{vendor}/_{vendor}__sources.yml"
    (source,) = yaml.safe_load(path.read_text())["sources"]
    return [
        (table["name"], _table_names(vendor, table), _columns(vendor, table))
        for table in source["tables"]
    ]


def _meta(node):
    return (node.get("config") or {}).get("meta") or {}


def _table_names(vendor, table):
    names = [table["name"], *_meta(table).get("aliases", [])]
    return [each for name in names for each in (name, f"{vendor}_{name}", f"{vendor}_{name}_data")]


def _columns(vendor, table):
    listed = {
        same(path.split(".")[0]) for path in FIELDS.get(f"{vendor}.{table['name']}", {}).values()
    }
    columns = []
    for column in table.get("columns", ()):
        names = {same(name) for name in (column["name"], *_meta(column).get("aliases", []))}
        is_needed = bool(_meta(column).get("required")) or bool(names & listed)
        columns.append(Column(column["name"], frozenset(names), is_needed))
        listed -= names
    return (*columns, *(Column(name, frozenset({name}), is_required=True) for name in listed))


@cache
def deliveries():
    """Return every file of every fixture, with the table that it holds."""
    return [
        _delivery(vendor, file)
        for vendor in VENDORS
        for file in sorted((FIXTURES / vendor).rglob("*"))
        if file.is_file()
    ]


def _delivery(vendor, file):
    called = file.relative_to(FIXTURES / vendor).parts[0].split(".")[0].lower()
    for table, names, columns in declared_tables(vendor):
        if any(re.fullmatch(name.replace("*", ".*"), called) for name in names):
            return Delivery(vendor, table, file, columns)
    raise AssertionError(f"{file}: no table of {vendor} is called {called}")


def rows_of(delivery):
    """Return the rows of a file as dictionaries, whatever its format."""
    file = delivery.file
    if file.suffix == ".parquet":
        return pq.read_table(file).to_pylist()
    text = file.read_text(encoding="utf-8-sig")
    if file.suffix == ".csv":
        return list(csv.DictReader(text.splitlines(keepends=True)))
    if text.lstrip().startswith("["):
        return json.loads(text)
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def names_of(rows):
    """Return the columns of rows, those that only some of them have included."""
    return list(dict.fromkeys(name for row in rows for name in row))


def write_alike(delivery, folder, rows, names):
    """Write rows with these columns, in the format of the file that they come from."""
    target = folder / delivery.place
    target.parent.mkdir(parents=True, exist_ok=True)
    rows = [{name: row[name] for name in names if name in row} for row in rows]
    if target.suffix == ".parquet":
        write_texts(delivery, folder, rows, names)
    elif target.suffix == ".csv":
        with target.open("w", newline="") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows(rows)
    else:
        target.write_text("".join(f"{json.dumps(row)}\n" for row in rows))


def write_texts(delivery, folder, rows, names, typed=str):
    """Write rows as Parquet in which every value is text, or what ``typed`` makes of the texts."""
    if not names:
        return
    target = (folder / delivery.place).with_suffix("").with_suffix(".parquet")
    target.parent.mkdir(parents=True, exist_ok=True)
    columns = {
        name: pa.array([as_text(row.get(name)) for row in rows], pa.string()) for name in names
    }
    if typed is not str:
        columns = {name: typed(texts) for name, texts in columns.items()}
    pq.write_table(pa.table(columns), target)


def as_text(value):
    """Return a value as text; what is nested as JSON."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(value).lower()
    return (
        value if isinstance(value, str) else json.dumps(value, default=str, separators=(",", ":"))
    )


def as_a_warehouse_types(texts):
    """Return texts as a loader types them: whole numbers, money, truth values and times."""
    filled = [text for text in texts.to_pylist() if text is not None]
    for pattern, kind in (
        (_WHOLE, pa.int64()),
        (_MONEY, pa.float64()),
        (re.compile("true|false"), pa.bool_()),
    ):
        if filled and all(pattern.fullmatch(text) for text in filled):
            return texts.cast(kind)
    if filled and all(_TIME.fullmatch(text) and instant(text) for text in filled):
        moments = [None if text is None else instant(text) for text in texts.to_pylist()]
        return pa.array(moments, pa.timestamp("us", "UTC"))
    return texts


def instant(text):
    """Return a time in ISO notation, UTC where it names no zone; None when it is none."""
    written = re.sub(r"\s*(UTC|Z)$", "+00:00", text.strip())
    written = re.sub(r"\s+(?=[+-]\d\d:?\d\d$)", "", written)
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def plain(value):
    """Return a value so that two spellings of one number or time are equal."""
    if value is None:
        return None
    text = str(value)
    if _NUMBER.fullmatch(text):
        return Decimal(text).normalize()
    return (instant(text) if _TIME.fullmatch(text) else None) or text
