"""The connectors' queries as dbt compiles them, asked of exports that change between two looks."""

from itertools import combinations
from math import comb

import duckdb
from vendor_exports import FIELDS, VENDORS, expectations, names_of, plain

SWITCHES = {"connectors": VENDORS, "connector_fields": FIELDS}
MODELS = [f"path:models/staging/{vendor}" for vendor in VENDORS]


class Exports:
    """A feeds folder of vendors' exports, and the connectors' queries over it.

    The queries are those that dbt compiled; they read the files anew whenever they are asked.
    """

    def __init__(self, shop):
        self.shop = shop
        self.queries = {}

    def compile(self):
        """Let dbt write the queries, once for all vendors."""
        self.queries = self.shop.compile("--select", *MODELS, **SWITCHES)
        return self

    def read(self, vendor):
        """Return a database in which every model of a vendor is a table."""
        read = duckdb.connect()
        read.execute("attach ':memory:' as build; create schema build.pii; set threads = 1")
        for relation, query in self.queries.items():
            if vendor_of(relation) == vendor:
                read.execute(f"create table {relation} as {query}")
        return read

    def compared(self, vendor):
        """Return the rows that a vendor brings of each feed, and those expected, as texts."""
        read = self.read(vendor)
        return {feed: compared(read, vendor, feed) for feed in expectations(vendor)["expected"]}

    def counts(self, vendor):
        """Return how many rows a vendor brings of each feed, once each says where it lies."""
        read, found = self.read(vendor), {}
        for feed in expectations(vendor)["expected"]:
            counts = "count(*), count(feed_file), count(feed_row)"
            rows = read.sql(f"select {counts} from build.pii.stg_{vendor}__{feed}").fetchall()[0]
            assert len(set(rows)) == 1
            found[feed] = rows[0]
        return found


def vendor_of(model):
    """Return the vendor that a model, or its relation, belongs to."""
    return model.split("__")[0].split("_")[-1]


def compared(read, vendor, feed):
    """Return the rows that a connector brings of a feed, and those expected, as texts."""
    expected = expectations(vendor)["expected"][feed]
    names = names_of(expected)
    texts = ", ".join(f'cast("{name}" as varchar)' for name in names)
    found = read.sql(f"select {texts} from build.pii.stg_{vendor}__{feed}").fetchall()
    wanted = [tuple(_text(row.get(name)) for name in names) for row in expected]
    return sorted(found, key=repr), sorted(wanted, key=repr)


def _text(value):
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def plainly(rows):
    return sorted((tuple(plain(value) for value in row) for row in rows), key=repr)


def turns_of(things):
    """Return turns in each of which some of the things are missing.

    No thing is missing in all the turns of another: for any two there is a turn in which the one is
    missing and the other is there (Sperner's theorem: halves of the turns do not hold each other).
    """
    count = next(count for count in range(2, 20) if comb(count, count // 2) >= len(things))
    of_each = list(zip(things, combinations(range(count), count // 2), strict=False))
    return [[thing for thing, turns in of_each if turn in turns] for turn in range(count)]
