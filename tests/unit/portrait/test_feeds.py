"""The feeds of a folder become views: whatever their form, and whatever they lack."""

import gzip

import duckdb
import pytest

from tessera.feeds import FeedProblemError
from tessera.portrait.feeds import name_feeds

ORDERS = "order_id,contact_id,ordered_at,amount\n1,ann,2024-01-01 10:00:00,5.00\n"


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        yield connection


def _order_ids(connection, folder):
    name_feeds(connection, folder, folder.parent / "copies")
    return connection.sql("select order_id from feed_orders order by all").fetchall()


@pytest.mark.parametrize("name", ["orders.csv", "orders.csv.gz", "orders/part-1.csv"])
def test_csv_is_read_from_a_file_and_from_a_folder_of_files(connection, tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(ORDERS.encode()) if name.endswith("gz") else ORDERS.encode())
    assert _order_ids(connection, tmp_path) == [("1",)]


def test_csv_files_of_a_folder_are_put_together_by_name(connection, tmp_path):
    (tmp_path / "orders").mkdir()
    (tmp_path / "orders" / "part-1.csv").write_text(ORDERS)
    (tmp_path / "orders" / "part-2.csv").write_text(
        "amount,order_id,ORDERED_AT,contact_id\n6,2,,bob\n"
    )
    assert _order_ids(connection, tmp_path) == [("1",), ("2",)]


def test_parquet_files_of_a_folder_are_put_together_by_name(connection, tmp_path):
    (tmp_path / "orders").mkdir()
    for order, columns in enumerate(("ordered_at, 5 as amount", "6 as Amount, ordered_at")):
        connection.sql(
            f"select '{order}' as order_id, 'ann' as contact_id, {columns} "
            "from (select timestamp '2024-01-01' as ordered_at)"
        ).write_parquet(str(tmp_path / "orders" / f"part-{order}.parquet"))
    name_feeds(connection, tmp_path, tmp_path / "copies")
    amounts = connection.sql("select order_id, amount::int from feed_orders order by 1").fetchall()
    assert amounts == [("0", 5), ("1", 6)]


def test_an_absent_feed_has_no_rows_and_an_absent_column_no_values(connection, tmp_path):
    (tmp_path / "orders.csv").write_text(ORDERS)
    name_feeds(connection, tmp_path, tmp_path / "copies")
    assert connection.sql("select * from feed_web_events").fetchall() == []
    assert connection.sql("select currency, cost_amount from feed_orders").fetchall() == [
        (None, None)
    ]


def test_the_customer_is_the_first_reference_and_an_address_has_no_case(connection, tmp_path):
    (tmp_path / "orders.csv").write_text(
        "order_id,contact_id,email,ordered_at,amount\n"
        "1,ann,x@example.com,2024-01-01,1\n"
        "2,ann,y@example.com,2024-01-01,1\n"
        "3,,y@example.com,2024-01-01,1\n"
        "4,,Y@example.com,2024-01-01,1\n"
        "5,y@example.com,,2024-01-01,1\n"
    )
    name_feeds(connection, tmp_path, tmp_path / "copies")
    groups = connection.sql(
        "select list(order_id order by order_id) as ids from feed_orders group by customer "
        "order by ids"
    ).fetchall()
    assert groups == [(["1", "2"],), (["3", "4"],), (["5"],)]


def test_a_folder_without_any_feed_is_refused(connection, tmp_path):
    (tmp_path / "truth").mkdir()
    with pytest.raises(FeedProblemError, match=r"no feeds in .*expected orders\.parquet"):
        name_feeds(connection, tmp_path, tmp_path / "copies")


def test_a_missing_column_is_named_beside_those_that_are_there(connection, tmp_path):
    (tmp_path / "orders.csv").write_text("order_id,contact_id,amount,jane\n")
    message = r"orders\.csv: has no column ordered_at; it has order_id, amount, contact_id$"
    with pytest.raises(FeedProblemError, match=message):
        name_feeds(connection, tmp_path, tmp_path / "copies")


def test_a_feed_that_names_nobody_is_refused(connection, tmp_path):
    (tmp_path / "tickets.csv").write_text("ticket_id\n1\n")
    with pytest.raises(FeedProblemError, match=r"names no customer: expected one of contact_id"):
        name_feeds(connection, tmp_path, tmp_path / "copies")


def test_parquet_and_csv_of_one_feed_are_refused(connection, tmp_path):
    (tmp_path / "orders.csv").write_text(ORDERS)
    (tmp_path / "orders.parquet").write_bytes(b"")
    with pytest.raises(FeedProblemError, match="feed 'orders' exists more than once"):
        name_feeds(connection, tmp_path, tmp_path / "copies")


def test_the_first_customer_of_a_file_without_a_header_is_not_shown(connection, tmp_path):
    (tmp_path / "orders.csv").write_text("2024-01-01,5,jane.doe@example.com\n")
    message = r"has no column order_id, ordered_at, amount; does it begin with a header row\?$"
    with pytest.raises(FeedProblemError, match=message):
        name_feeds(connection, tmp_path, tmp_path / "copies")


@pytest.mark.parametrize(
    "text",
    [
        "Order ID;Contact-ID;ordered.at;AMOUNT\n1;ann;2024-01-01;5\n",
        "sep=|\norder_id|contact_id|ordered_at|amount\n 1 |ann|2024-01-01|5\n",
        "\ufeff" + ORDERS,
        ORDERS.replace("\n", "\r"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_a_build_can_read_can_be_portrayed(connection, tmp_path, text, encoding):
    (tmp_path / "ORDERS.CSV").write_bytes(text.removeprefix("\ufeff").encode(encoding))
    assert _order_ids(connection, tmp_path) == [("1",)]
    assert connection.sql("select amount::int, customer is null from feed_orders").fetchall() == [
        (5, False)
    ]


def test_names_that_look_like_patterns_mean_one_file(connection, tmp_path):
    (tmp_path / "orders").mkdir()
    for place, name in enumerate(["part1", "part[1]", "part*"]):
        text = ORDERS.replace("\n1,", f"\n{place},")
        (tmp_path / "orders" / f"{name}.csv").write_text(text)
    assert _order_ids(connection, tmp_path) == [("0",), ("1",), ("2",)]


def test_a_feed_may_have_more_files_than_a_query_may_have_steps(connection, tmp_path):
    connection.execute("set max_expression_depth to 50")  # a thousand, if nobody says so
    (tmp_path / "orders").mkdir()
    for place in range(51):
        (tmp_path / "orders" / f"{place}.csv").write_text(ORDERS)
    assert len(_order_ids(connection, tmp_path)) == 51


def test_a_misshapen_line_is_a_row_without_values(connection, tmp_path):
    (tmp_path / "orders.csv").write_text(ORDERS + '2,"secret,2024-01-01,5\n')
    assert _order_ids(connection, tmp_path) == [("1",), (None,)]
