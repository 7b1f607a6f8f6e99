"""Every file of a feed is found, and either described or refused in one sentence."""

import gzip
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tessera.feeds import FeedProblemError, inspect_feed

DECLARED = ["order_id", "ordered_at", "amount", "contact_id"]
HEADER = b"order_id,ordered_at,amount,contact_id\n"
ROW = b"1,2024-01-01,5,ann\n"


@pytest.fixture
def feeds(tmp_path):
    folder = tmp_path / "feeds"
    folder.mkdir()
    return folder


def inspect(feeds):
    return inspect_feed(str(feeds), "orders", DECLARED, feeds.parent / "copies")


def problem(feeds):
    with pytest.raises(FeedProblemError) as raised:
        inspect(feeds)
    return str(raised.value).replace(f"{feeds}/", "")


def test_a_plain_file_is_read_as_it_lies(feeds):
    (feeds / "orders.csv").write_bytes(HEADER + ROW)
    (file,) = inspect(feeds).files
    assert (file.reader, file.path, file.rows) == ("csv", f"{feeds}/orders.csv", 1)
    assert file.columns == {name: f"c{place}" for place, name in enumerate(DECLARED)}
    assert not (feeds.parent / "copies").exists()


def test_a_file_that_is_not_plain_gets_a_readable_copy(feeds):
    (feeds / "orders.csv").write_bytes(HEADER + b"misshapen\n" + ROW)
    (file,) = inspect(feeds).files
    assert (file.reader, file.file, file.rows) == ("mended", f"{feeds}/orders.csv", 2)
    assert pq.read_table(file.path).to_pylist() == [
        {
            "feed_row": 1,
            "misshapen_reason": "has 1 value where the header has 4",
            "misshapen_line": "misshapen",
            **dict.fromkeys(["c0", "c1", "c2", "c3"]),
        },
        {
            "feed_row": 2,
            "misshapen_reason": None,
            "misshapen_line": None,
            "c0": "1",
            "c1": "2024-01-01",
            "c2": "5",
            "c3": "ann",
        },
    ]


@pytest.mark.parametrize("delimiter", [b",", b";", b"\t", b"|"])
def test_the_delimiter_shows_the_most_declared_columns(feeds, delimiter):
    header = HEADER.strip().replace(b",", delimiter) + delimiter + b"a,b;c|d\n"
    (feeds / "orders.csv").write_bytes(header)
    (file,) = inspect(feeds).files
    assert file.delimiter == delimiter.decode()
    assert set(DECLARED) <= set(file.columns)


def test_names_are_matched_without_regard_to_case(feeds):
    (feeds / "ORDERS.CSV").write_bytes(HEADER + ROW)
    assert len(inspect(feeds).files) == 1


def test_a_folder_of_files_is_read_in_order_without_the_marks_of_other_programs(feeds):
    (feeds / "orders").mkdir()
    for name in ("2.csv", "1.csv", "_SUCCESS", ".hidden.csv", "notes.txt"):
        (feeds / "orders" / name).write_bytes(HEADER + ROW)
    assert [file.file for file in inspect(feeds).files] == [
        f"{feeds}/orders/1.csv",
        f"{feeds}/orders/2.csv",
    ]


@pytest.mark.parametrize("content", [b"", b"\n\r\n ", b"\xef\xbb\xbf", b"\xff\xfe\n\0"])
def test_a_file_without_anything_in_it_is_blank(feeds, content):
    (feeds / "orders.csv").write_bytes(content)
    assert inspect(feeds).blank == (f"{feeds}/orders.csv",)


def test_a_gzipped_file_may_bear_any_of_the_names(feeds):
    (feeds / "orders.csv").write_bytes(gzip.compress(HEADER + ROW))
    assert inspect(feeds).files[0].rows == 1
    (feeds / "orders.csv").unlink()
    (feeds / "orders.csv.gz").write_bytes(HEADER + ROW)
    assert inspect(feeds).files[0].rows == 1


def test_a_gzipped_file_that_is_cut_off_is_refused(feeds):
    rows = b"".join(b"%d,2024-01-01,5,ann\n" % number for number in range(10_000))
    (feeds / "orders.csv.gz").write_bytes(gzip.compress(HEADER + rows)[:-20])
    assert problem(feeds).startswith("orders.csv.gz: the gzip file is damaged or cut off")


def test_a_parquet_file_that_is_cut_off_is_refused(feeds):
    pq.write_table(pa.table({"order_id": ["a"]}), feeds / "orders.parquet")
    whole = (feeds / "orders.parquet").read_bytes()
    (feeds / "orders.parquet").write_bytes(whole[:-9])
    assert problem(feeds) == (
        "orders.parquet: is no readable Parquet file; it may be cut off. Deliver it again"
    )


def test_two_columns_of_one_meaning_are_refused(feeds):
    (feeds / "orders.csv").write_bytes(b"Order ID,amount,ORDER-ID\n1,2,3\n")
    assert problem(feeds).startswith(
        "orders.csv: the columns 'Order ID' and 'ORDER-ID' both mean order_id."
    )


def test_undeclared_columns_may_bear_one_name(feeds):
    (feeds / "orders.csv").write_bytes(b"note,order_id,Note,\n")
    assert inspect(feeds).files[0].columns["note"] == "c0"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PAR1....", "is no CSV but a Parquet file: let its name end in .parquet"),
        ("order_id,amount\n1,2\n".encode("utf-16-le"), "UTF-16 without a byte-order mark"),
        (bytes(range(256)), "is not text"),
        (b'"order_id,amount\n1,2\n', "the header row opens a quoted value and never closes it"),
    ],
)
def test_what_is_no_csv_is_refused(feeds, content, words):
    (feeds / "orders.csv").write_bytes(content)
    assert words in problem(feeds)


def test_an_excel_file_is_refused_by_what_it_is(feeds):
    with zipfile.ZipFile(feeds / "orders.csv", "w") as archive:
        archive.writestr("sheet", "1")
    assert "is no CSV but an Excel or zip file: save it as CSV (UTF-8)" in problem(feeds)


def test_a_feed_that_is_there_twice_is_refused(feeds):
    (feeds / "orders.csv").write_bytes(HEADER)
    (feeds / "orders").mkdir()
    (feeds / "orders" / "1.csv").write_bytes(HEADER)
    assert "feed 'orders' exists more than once" in problem(feeds)
    assert "orders.csv" in problem(feeds)
    assert "orders/1.csv" in problem(feeds)


def test_a_folder_named_like_a_file_is_refused(feeds):
    (feeds / "orders.csv").mkdir()
    assert problem(feeds) == (
        "orders.csv: is a folder, not a file. A folder of files of this feed must be called orders"
    )


def test_a_folder_that_holds_no_feed_is_refused(feeds):
    (feeds / "orders" / "year=2024").mkdir(parents=True)
    assert "orders: holds no file that ends in .parquet, .csv or .csv.gz" in problem(feeds)


def test_a_link_to_nothing_is_refused(feeds):
    (feeds / "orders.csv").symlink_to("nowhere")
    assert "is no file that can be read" in problem(feeds)


def test_a_utf_16_file_that_breaks_off_within_a_character_keeps_its_other_lines(feeds):
    text = (HEADER + ROW).decode() + "2,2024"
    (feeds / "orders.csv").write_bytes(("\ufeff" + text).encode("utf-16-le")[:-1])
    (file,) = inspect(feeds).files
    reasons = pq.read_table(file.path)["misshapen_reason"].to_pylist()
    assert reasons[0] is None
    assert reasons[1]
