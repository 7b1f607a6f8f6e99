"""Records are told apart from misshapen lines, and one bad line costs one line."""

import io
import time

import pytest

from tessera.feeds import records
from tessera.feeds.records import Lines, read_records


def read(text, width=2, delimiter=","):
    lines = Lines(io.StringIO(text, newline=""))
    return [record.problem or record.values for record in read_records(lines, delimiter, width)]


NEVER = "opens a quoted value and never closes it"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
        ("a,b\r\nc,d\re,f", [["a", "b"], ["c", "d"], ["e", "f"]]),
        ('"a,\n""b""",c\n', [['a,\n"b"', "c"]]),
        ('"a\r\nb",c\r\n', [["a\r\nb", "c"]]),
        ('"","', [NEVER]),
        ('"",""', [["", ""]]),
        ('5" pipe,b"c\n', [['5" pipe', 'b"c']]),
        ("\n\na,b\n\n\n", [["a", "b"]]),
        (",\n", [["", ""]]),
        ("a,b,,\n", [["a", "b"]]),
        ("a\n", ["has 1 value where the header has 2"]),
        ("a,b,c\n", ["has 3 values where the header has 2"]),
        ('"a"x,b\nc,d\n', ["has text after the closing quote of a value", ["c", "d"]]),
        ('a,"b\nc,d\ne,f\n', [NEVER, ["c", "d"], ["e", "f"]]),
        ('a,"b\nc,"d"\ne,f\n', [NEVER, ["c", "d"], ["e", "f"]]),
        ('"a\nb",c,d\ne,f\n', [NEVER, "has 3 values where the header has 2", ["e", "f"]]),
        ("a,\udcff\nc,d\n", ["holds bytes that are not of the file's encoding", ["c", "d"]]),
        ("a,b\0c\n\0\nd,e", [["a", "bc"], ["d", "e"]]),
    ],
)
def test_lines_become_records_or_say_what_is_wrong(text, expected):
    assert read(text) == expected


def test_a_line_without_end_costs_that_line_only(monkeypatch):
    monkeypatch.setattr(records, "LONGEST_RECORD", 100)
    assert read("a," + "b" * 250 + "\nc,d\n") == ["is longer than 100 characters", ["c", "d"]]
    assert read('a,"' + "b\n" * 250 + "c,d\n")[0] == NEVER


def test_many_unclosed_quotes_take_no_longer_than_their_lines():
    text = 'a,"b\n' * 20_000 + 'c"",d\n' * 20_000
    begun = time.process_time()
    assert len(read(text)) == 40_000
    assert time.process_time() - begun < 20
