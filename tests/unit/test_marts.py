"""Only tables that are there, and of the run that publishes, come into a release."""

import duckdb
import pandas as pd
import pytest

from tessera.marts import count_rows, require_marts, require_of_run
from tessera.release_files import PublishingError
from tessera.runs import Run

DAY = pd.Timestamp("2025-03-01")
RUN = Run("this", DAY, DAY, "demo", 7)


@pytest.fixture
def build():
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        connection.execute("""
            create table marts.customers as
            select range as customer_id, 'this' as run_id, timestamp '2025-03-01' as as_of
            from range(3)
        """)
        yield connection


@pytest.fixture
def mart(build):
    (mart,) = require_marts(build, {"customers": "marts.customers"})
    return mart


def test_a_mart_is_found_by_its_schema_and_table(build, mart):
    assert (mart.name, mart.schema, mart.table) == ("customers", "marts", "customers")
    assert count_rows(build, mart.source) == 3


def test_a_mart_of_this_run_may_be_published(build, mart):
    require_of_run(build, mart, RUN)


@pytest.mark.parametrize(
    "stamp", [("earlier", "2025-03-01"), ("this", "2025-02-01"), (None, "2025-03-01")]
)
def test_one_row_of_another_run_or_day_is_enough_to_refuse_a_mart(build, mart, stamp):
    build.execute("update marts.customers set run_id = ?, as_of = ? where customer_id = 2", stamp)
    found = rf"marts\.customers holds rows of {stamp[0]} \(as of {stamp[1]}"
    with pytest.raises(PublishingError, match=f"{found}.* whole `dbt build`"):
        require_of_run(build, mart, RUN)


def test_an_empty_mart_is_of_any_run(build, mart):
    build.execute("delete from marts.customers")
    require_of_run(build, mart, RUN)


def test_a_mart_that_does_not_say_its_run_is_refused(build, mart):
    build.execute("alter table marts.customers drop column run_id")
    with pytest.raises(PublishingError, match=r"marts\.customers has no column run_id"):
        require_of_run(build, mart, RUN)
