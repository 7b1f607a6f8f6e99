"""Values that a reader must survive, by what is odd about them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from benchmarks.fuzz.feed_table import FeedTable

PALETTES = {
    "numbers": (
        *("inf", "-inf", "nan", "1e400", "-1e400", "1e-400", "-0", "-0.0", "1e5", ".5", "5.", "+5"),
        *("99999999999999999999999999", "-99999999999999999999999999", "0x1F", "1_000", "(5.00)"),
        *(
            "1,234.56",
            "1.234,56",
            "12,5",
            "€ 9.99",
            "$5",
            "9.99 EUR",
            "\uff15",
            "½",
            "٣",
            "--5",
            "5-",
        ),
        *("170141183460469231731687303715884105728", "9" * 400, "0." + "0" * 400 + "1", "2.5"),
    ),
    "times": (
        *("1600-01-01", "0001-01-01", "9999-12-31 23:59:59", "0000-00-00", "2024-02-30"),
        *("2024-13-01", "31.12.2024", "12/31/2024", "1704067200", "1704067200000", "45292", "0"),
        *("2024-01-01T00:00:00Z", "2024-01-01 00:00:00+14:00", "2024-01-01T25:00:00", "20240101"),
        *("infinity", "-infinity", "epoch", "now", "today", "294247-01-10 04:00:54", "NaT", "-1"),
        *("290309-12-22 (BC) 00:00:00", "2024-01-01 12:00 PM", "2024-W01", "99999-01-01", "1e18"),
    ),
    "nothings": ("", " ", "\t", "\xa0", "\u200b", "NULL", "null", "None", "N/A", r"\N", "-", "?"),
    "formulas": ("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "'=1"),
    "commands": (
        *("'; drop table x; --", '"; drop table x; --', "' or '1'='1", "{{ 1 / 0 }}", "{% raw %}"),
        *("${x}", "%s", "$$", "/*", "--", "\\", "\\'", "select 1", "<b>", "&amp;"),
    ),
    "paths": ("../../etc/passwd", "C:\\x", "a/b", "/dev/null", "file:///x", "*", "?", "~", "."),
    "letters": (
        *(
            "é",
            "e\u0301",
            "İ",
            "ß",
            "مرحبا",
            "\u202eabc",
            "👩\u200d👩\u200d👧",
            "\ufeff",
            "\U0001d49c",
        ),
        *("\u0301", "\u2028", "\x85", "\ufffd", "ﬁ", "ǅ"),
    ),
    "controls": ("\0", "a\0b", "\a", "\x1b[31m", "\x1a", "\b", "\x7f", "\x0b"),
    "quotes": ('"', '""', '"a', 'a"b', "a,b", "a;b", "a\nb", "a\r\nb", "a\rb", ",", "'", "\n"),
    "lengths": ("x" * 10_000, "x" * 300_000, "é" * 70_000, "9" * 5_000, " " * 10_000),
    "booleans": ("yes", "Y", "1", "0", "t", "wahr", "2", "TRUE", "on"),
}

SHARES = (0.0, 0.05, 0.5, 1.0)
"""How many of a column's values are replaced; 0: one value."""


def replace_values(palette: str, rng: Random, table: FeedTable) -> FeedTable:
    """Replace values of one column by values of a palette."""
    if not table.rows:
        return table
    place, share = rng.randrange(len(table.header)), rng.choice(SHARES)
    chosen = [each for each in range(len(table.rows)) if rng.random() < share]
    rows = list(table.rows)
    for each in chosen or [rng.randrange(len(rows))]:
        rows[each] = (*rows[each][:place], rng.choice(PALETTES[palette]), *rows[each][place + 1 :])
    return table.with_rows(rows)


VALUE_MUTATIONS = {f"put_{palette}": partial(replace_values, palette) for palette in PALETTES}
