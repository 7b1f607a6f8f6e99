"""What the tests of the gates share: a run, a small database, suites written in the test."""

import duckdb
import pandas as pd
import pytest

from tessera.runs import Run


@pytest.fixture
def run():
    at = pd.Timestamp("2026-03-01 06:00:00")
    return Run(run_id="run-2", run_started_at=at, as_of=at, feeds_folder="demo", seed=1)


@pytest.fixture
def connection():
    """Three orders in a schema of their own; one e-mail address is missing."""
    connection = duckdb.connect()
    connection.execute("create schema core")
    connection.execute(
        """
        create table core.orders as
        select md5(order_number::text) as order_id, *
        from (values
            (1, 5.0, 'zoe@example.org', timestamp '2026-02-01 10:00:00'),
            (2, 7.5, 'bob@example.org', timestamp '2026-02-02 11:30:00'),
            (3, -1.0, null, timestamp '2026-02-03 12:45:00')
        ) as orders (order_number, amount, email, ordered_at)
        """
    )
    return connection


@pytest.fixture
def orders(connection):
    """The relation as ``dbt.ref("orders")`` returns it."""
    return connection.query('select * from "memory"."core"."orders"')


@pytest.fixture
def write_suite(tmp_path):
    """Write a suite of the given entries and return its path."""

    def write(entries, relation="orders", head="meta: {key: order_id}"):
        lines = [f"name: {relation}", head, "expectations:", *(f"  - {each}" for each in entries)]
        path = tmp_path / f"{relation}.yml"
        path.write_text("\n".join(lines))
        return path

    return write


@pytest.fixture
def entry():
    """Return one entry of a suite in YAML's flow style."""

    def one(kind, kwargs="{}", name="orders.it", severity="critical"):
        return (
            f"{{type: {kind}, kwargs: {kwargs}, severity: {severity}, "
            f"id: {name}, description: It holds.}}"
        )

    return one
