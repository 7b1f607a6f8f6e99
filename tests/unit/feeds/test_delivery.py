"""Every file of a feed is found, and either described or refused in one sentence."""

import errno
import gzip
import zipfile
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tessera.feeds import FeedProblemError, inspect_feed, mending

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
    for name in ("2.csv", "1.csv", "_SUCCESS", ".hidden.csv"):
        (feeds / "orders" / name).write_bytes(HEADER + ROW)
    assert [file.file for file in inspect(feeds).files] == [
        f"{feeds}/orders/1.csv",
        f"{feeds}/orders/2.csv",
    ]


@pytest.mark.parametrize("content", [b"", b"\n\r\n ", b"\xef\xbb\xbf", b"\xff\xfe\n\0"])
def test_a_file_without_anything_in_it_is_blank(feeds, content):
    (feeds / "orders.csv").write_bytes(content)
    assert inspect(feeds).blank == (f"{feeds}/orders.csv",)


@pytest.mark.parametrize("name", ["orders.csv", "orders.csv.gz", "orders.csv.Gz", "ORDERS.CSV.GZ"])
@pytest.mark.parametrize("is_gzipped", [True, False])
def test_a_file_is_unpacked_for_what_it_is_whatever_its_name(feeds, name, is_gzipped):
    content = HEADER + ROW
    (feeds / name).write_bytes(gzip.compress(content) if is_gzipped else content)
    (file,) = inspect(feeds).files
    assert (file.reader, file.rows, file.is_gzipped) == ("csv", 1, is_gzipped)


@pytest.mark.parametrize(
    "behind", [b"\0" * 512, gzip.compress(ROW, mtime=0) + b"\0"], ids=["zeros", "another file"]
)
def test_a_gzip_with_more_behind_it_is_left_to_the_careful_reader(feeds, behind):
    (feeds / "orders.csv.gz").write_bytes(gzip.compress(HEADER + ROW) + behind)
    (file,) = inspect(feeds).files
    assert (file.reader, file.rows) == ("mended", 1 if behind[0] == 0 else 2)


def test_a_damaged_gzip_is_told_in_plain_words(feeds):
    packed = gzip.compress(HEADER + ROW * 9)
    (feeds / "orders.csv.gz").write_bytes(packed[:-8] + bytes(8))
    assert problem(feeds) == "orders.csv.gz: the gzip file is damaged. Deliver it again"
    (feeds / "orders.csv.gz").write_bytes(packed[:-9])
    assert problem(feeds) == "orders.csv.gz: the gzip file is cut off. Deliver it again"


def test_a_full_disk_is_not_blamed_on_the_file_that_is_copied(feeds, monkeypatch):
    def is_full(*_, **__):
        raise OSError(errno.ENOSPC, "Error writing bytes to file")

    monkeypatch.setattr(mending.pq.ParquetWriter, "write_table", is_full)
    (feeds / "orders.csv").write_bytes(HEADER + b"misshapen\n")
    assert problem(feeds) == (
        f"orders.csv: no readable copy of it can be written to {feeds.parent}/copies "
        "(No space left on device). Make room there"
    )


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs Linux")
def test_a_file_that_cannot_be_read_is_named_with_the_reason(feeds):
    (feeds / "orders.csv").symlink_to("/proc/self/mem")  # opens, and fails at the first byte
    assert problem(feeds) == (
        "orders.csv: cannot be read (Input/output error). Let the build read it"
    )


@pytest.mark.parametrize("name", ["part[1]", "part*", "part?"])
def test_a_name_that_looks_like_a_pattern_means_one_file(feeds, name):
    (feeds / "orders").mkdir()
    for each in (name, "part1"):
        (feeds / "orders" / f"{each}.csv").write_bytes(HEADER + ROW)
        found = [Path(path).name for file in inspect(feeds).files for path in duckdb_glob(file)]
    assert sorted(found) == sorted([f"{name}.csv", "part1.csv"])


def duckdb_glob(file):
    return [path for (path,) in duckdb.execute("from glob(?)", [file.path]).fetchall()]


def test_a_gzipped_file_that_is_cut_off_is_refused(feeds):
    rows = b"".join(b"%d,2024-01-01,5,ann\n" % number for number in range(10_000))
    (feeds / "orders.csv.gz").write_bytes(gzip.compress(HEADER + rows)[:-20])
    assert problem(feeds) == "orders.csv.gz: the gzip file is cut off. Deliver it again"


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


def test_what_a_folder_holds_is_read_or_named(feeds):
    (feeds / "orders" / "2024").mkdir(parents=True)
    (feeds / "orders" / "2024" / "d.csv").write_bytes(HEADER)
    for name in ("a.csv", "b.txt", "c.csv.zip"):
        (feeds / "orders" / name).write_bytes(HEADER)
    assert problem(feeds) == (
        "orders: holds 2024, b.txt, c.csv.zip, which nothing reads. Leave only files that end in "
        ".parquet, .csv, .json, .jsonl or .ndjson (text also with .gz) in this folder: unpack, "
        "rename or move the rest"
    )
    (feeds / "orders" / "e.txt").touch()
    assert "holds 2024, b.txt, c.csv.zip and 1 more, which nothing reads" in problem(feeds)


def test_files_of_one_folder_may_be_packed_each_in_its_own_way(feeds):
    (feeds / "orders").mkdir()
    (feeds / "orders" / "2023.csv.gz").write_bytes(gzip.compress(HEADER + ROW))
    (feeds / "orders" / "2024.csv").write_bytes(HEADER + ROW)
    assert [file.rows for file in inspect(feeds).files] == [1, 1]
    (feeds / "orders" / "2024.csv.gz").write_bytes(gzip.compress(HEADER + ROW))
    assert problem(feeds) == (
        "feed 'orders' exists more than once: orders/2024.csv and orders/2024.csv.gz. Keep one of "
        "them, so that no row is read twice."
    )


def test_names_that_differ_only_in_case_are_one_feed_twice(feeds):
    for name in ("orders.csv", "Orders.csv"):
        (feeds / name).write_bytes(HEADER + ROW)
    if len(list(feeds.iterdir())) == 2:  # not on a disk without case
        assert "feed 'orders' exists more than once: Orders.csv and orders.csv" in problem(feeds)


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
