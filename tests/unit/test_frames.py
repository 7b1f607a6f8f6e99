from decimal import Decimal

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from tessera import frames
from tessera.features import readable_features

SCHEMA = pa.schema([("customer_id", pa.string()), ("orders", pa.int64())])


class This:
    """What dbt.this is, as far as a model needs it."""

    schema = "registry"
    identifier = "models"

    def __str__(self):
        return '"registry"."models"'


@pytest.fixture
def session():
    connection = duckdb.connect()
    connection.execute("create schema registry")
    return connection


def test_rows_come_in_the_asked_order_whatever_the_table_holds(session):
    relation = session.sql("select * from (values ('b', 2), ('a', 1)) as t(customer_id, orders)")
    assert frames.read(relation, ["customer_id"])["customer_id"].tolist() == ["a", "b"]


def test_only_the_columns_asked_for_are_read(session):
    relation = session.sql("select * from (values ('b', 2, 3), ('a', 1, 3)) as t(id, orders, rest)")
    frame = frames.read(relation, ["id"], ["orders", "id"])
    assert frame.to_dict("list") == {"id": ["a", "b"], "orders": [1, 2]}


def test_chunks_are_all_rows_once_and_no_larger_than_asked(session):
    relation = session.sql("select i as customer_id, -i as orders, 0 as rest from range(5000) t(i)")
    chunks = list(frames.read_chunks(relation, ["orders", "customer_id"], rows=2100))
    assert [len(chunk) for chunk in chunks] == [2100, 2100, 800]
    assert list(chunks[0].columns) == ["orders", "customer_id"]
    assert pd.concat(chunks)["customer_id"].tolist() == list(range(5000))


def test_a_model_reads_the_same_of_a_chunk_as_of_the_whole(session):
    relation = session.sql("""
        select
            i as customer_id, (i * 1.01)::decimal(18, 2) as amount, i::decimal(18, 2) / 7 as part,
            nullif(i, 3) as orders, i % 2 = 0 as is_new, nullif(i % 3 = 0, true) as is_asked,
            case when i > 9 then 'Wien' end as city
        from range(100) t(i)
    """)
    (chunk,) = frames.read_chunks(relation, relation.columns, rows=1000)
    whole = frames.read(relation, ["customer_id"])
    of_chunk, of_whole = (readable_features(each, relation.columns) for each in (chunk, whole))
    pd.testing.assert_frame_equal(of_chunk, of_whole, check_exact=True)


def test_of_an_empty_table_there_is_no_chunk(session):
    relation = session.sql("select 1 as orders where false")
    assert list(frames.read_chunks(relation, ["orders"], rows=1)) == []


def test_parts_are_written_as_one_table(session):
    parts = (pd.DataFrame({"customer_id": [name], "orders": [None]}) for name in "ab")
    session.register("returned", frames.typed_chunks(parts, SCHEMA))
    session.execute("create table written as select * from returned")
    rows = session.execute("select *, typeof(orders) from written order by all").fetchall()
    assert rows == [("a", None, "BIGINT"), ("b", None, "BIGINT")]


def test_no_parts_are_an_empty_table_of_the_schema():
    assert frames.typed_chunks([], SCHEMA).read_all().schema == SCHEMA


def test_categories_are_written_as_their_texts():
    categories = pd.Categorical(["a", None], categories=["b", "a"])
    table = frames.typed(pd.DataFrame({"customer_id": categories, "orders": [1, 2]}), SCHEMA)
    assert table["customer_id"].to_pylist() == ["a", None]


def test_an_integer_with_a_null_stays_an_integer():
    frame = pd.DataFrame({"customer_id": ["a", "b"], "orders": [1.0, None]})
    assert frames.typed(frame, SCHEMA).schema.field("orders").type == pa.int64()


def test_an_empty_frame_keeps_its_types():
    empty = pd.DataFrame({"customer_id": [], "orders": []})
    assert frames.typed(empty, SCHEMA).schema == SCHEMA


def test_a_fraction_in_an_integer_column_is_refused_by_name():
    frame = pd.DataFrame({"customer_id": ["a"], "orders": [1.5]})
    with pytest.raises(frames.FrameError, match="'orders' cannot be int64"):
        frames.typed(frame, SCHEMA)


def test_money_is_not_rounded_in_passing():
    schema = pa.schema([("amount", pa.decimal128(18, 2))])
    with pytest.raises(frames.FrameError, match="'amount'"):
        frames.typed(pd.DataFrame({"amount": [Decimal("1.005")]}), schema)


def test_missing_and_undeclared_columns_are_named():
    frame = pd.DataFrame({"customer_id": ["a"], "order": [1]})
    with pytest.raises(frames.FrameError, match=r"missing: \['orders'\].*declared: \['order'\]"):
        frames.typed(frame, SCHEMA)


def test_before_the_first_run_nothing_is_remembered(session):
    remembered = frames.remembered(session, This(), SCHEMA, ["customer_id"])
    assert remembered.empty
    assert list(remembered.columns) == SCHEMA.names


def test_what_an_earlier_run_wrote_is_remembered(session):
    session.execute("create table registry.models as select 'a' as customer_id, 1 as orders")
    remembered = frames.remembered(session, This(), SCHEMA, ["customer_id"])
    assert remembered.to_dict("records") == [{"customer_id": "a", "orders": 1}]


def test_rows_of_an_older_version_are_remembered_without_the_columns_it_lacked(session):
    session.execute("create table registry.models as select 'a' as customer_id")
    remembered = frames.remembered(session, This(), SCHEMA, ["orders", "customer_id"])
    assert remembered["customer_id"].tolist() == ["a"]
    assert remembered["orders"].isna().all()


def test_a_column_that_nobody_knows_any_more_is_not_silently_forgotten(session):
    session.execute("create table registry.models as select 'a' as customer_id, 1 as lucky_number")
    with pytest.raises(frames.FrameError, match=r"does not know.*lucky_number"):
        frames.remembered(session, This(), SCHEMA, ["customer_id"])


def test_a_remembered_value_that_no_longer_fits_is_named(session):
    session.execute("create table registry.models as select 'a' as customer_id, 1.5 as orders")
    with pytest.raises(frames.FrameError, match="'orders'"):
        frames.remembered(session, This(), SCHEMA, ["customer_id"])
