"""What is called plain is read alike by the byte scan, by DuckDB and by the careful reader."""

import gzip
import io

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tessera.feeds import plain
from tessera.feeds.plain import Layout, count_plain_rows
from tessera.feeds.records import Lines, read_records

COMMAS = Layout(ord(","), 2, is_crlf=False)
CRLF = Layout(ord(","), 2, is_crlf=True)


def count(tmp_path, content, layout=COMMAS):
    path = tmp_path / "feed.csv"
    path.write_bytes(content)
    return count_plain_rows(path, layout)


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"a,b\n", 0),
        (b"a,b", 0),
        (b"a,b\n1,2\n3,4", 2),
        ("\ufeffa,b\nZoë,😀\n".encode(), 1),
        (b'a,b\n"1,\n1",2\n"say ""so""",""\n', 2),
    ],
)
def test_rows_of_a_plain_file_are_counted(tmp_path, content, rows):
    assert count(tmp_path, content) == rows


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1\n",
        b"a,b\n1,2,3\n",
        b"a,b\n\n1,2\n",
        b"a,b\n1,2\r\n",
        b"a,b\n1,\xff\n",
        b"a,b\n1,\xc3",
        b"a,b\n1,2\0\n",
        b'a,b\n1,5" pipe\n',
        b'a,b\n1,"2\n',
        b'a,b\n1,"2"x\n',
        b'a,b\n1,"2" \n',
    ],
)
def test_anything_else_is_not_plain(tmp_path, content):
    assert count(tmp_path, content) is None


def test_line_ends_are_those_of_the_header(tmp_path):
    assert count(tmp_path, b"a,b\r\n1,2\r\n3,4", CRLF) == 2
    assert count(tmp_path, b"a,b\r\n1,2\n", CRLF) is None


def test_a_very_long_record_is_not_plain(tmp_path, monkeypatch):
    monkeypatch.setattr(plain, "LONGEST_PLAIN_RECORD", 100)
    assert count(tmp_path, b"a,b\n1," + b"2" * 300 + b"\n3") is None


def test_a_gzipped_file_is_plain_as_its_text_is(tmp_path):
    path = tmp_path / "feed.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    assert count_plain_rows(path, COMMAS) == 1


@settings(max_examples=400, deadline=None)
@given(
    text=st.text(alphabet='a1,"\n\r é', max_size=40),
    block=st.sampled_from([1, 3, 1 << 20]),
)
def test_a_plain_text_is_the_same_to_every_reader(tmp_path_factory, text, block):
    path = tmp_path_factory.mktemp("any") / "feed.csv"
    path.write_bytes(f"a,b\n{text}".encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tessera.feeds.streams.BLOCK", block)
        rows = count_plain_rows(path, COMMAS)
    if rows is None:
        return
    records = list(read_records(Lines(io.StringIO(text, newline="")), ",", 2))
    assert [record.problem for record in records] == [None] * rows
    by_duckdb = duckdb.execute(
        "select coalesce(c0, ''), coalesce(c1, '') from read_csv(?, auto_detect = false, "
        "columns = {'c0': 'varchar', 'c1': 'varchar'}, header = true, delim = ',', quote = '\"', "
        "escape = '\"', comment = '', skip = 0, max_line_size = 4194304)",
        [str(path)],
    ).fetchall()
    assert by_duckdb == [tuple(record.values) for record in records]
