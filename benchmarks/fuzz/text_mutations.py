"""Lines that are no rows, and rows that are misshapen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random


def unbalanced_quote(rng: Random, text: str) -> str:
    """Open a quote and never close it."""
    place = rng.randrange(len(text) + 1)
    return f'{text[:place]}"{text[place:]}'


def extra_field(rng: Random, text: str) -> str:
    """Give one line a value too many."""
    return _with_line(rng, text, lambda line: f"{line},more")


def missing_field(rng: Random, text: str) -> str:
    """Give one line a value too few."""
    return _with_line(rng, text, lambda line: line.rpartition(",")[0])


def cut_line(rng: Random, text: str) -> str:
    """Break one line in the middle."""
    return _with_line(rng, text, lambda line: f"{line[: len(line) // 2]}\n{line[len(line) // 2 :]}")


def blank_lines(rng: Random, text: str) -> str:
    """Put empty lines between the others."""
    return _with_line(rng, text, lambda line: f"\n{line}\n\n")


def comment_line(rng: Random, text: str) -> str:
    """Put a remark between the lines."""
    return _with_line(rng, text, lambda line: f"# exported by hand\n{line}")


def footer(rng: Random, text: str) -> str:
    """End with a sum."""
    return f"{text}Total,{rng.randrange(1_000)}\n"


def title_line(_: Random, text: str) -> str:
    """Begin with a title."""
    return f"Export of the shop\n{text}"


def excel_hint(_: Random, text: str) -> str:
    """Begin as Excel does."""
    return f"sep=,\n{text}"


def no_header(_: Random, text: str) -> str:
    """Begin with the first row."""
    return text.partition("\n")[2]


def header_again(rng: Random, text: str) -> str:
    """Have the header a second time, as when files are put one behind the other."""
    header = text.partition("\n")[0]
    return _with_line(rng, text, lambda line: f"{line}\n{header}")


def trailing_delimiters(_: Random, text: str) -> str:
    """End each line with a separator."""
    return text.replace("\n", ",\n")


def _with_line(rng: Random, text: str, changed: Callable[[str], str]) -> str:
    lines = text.split("\n")
    place = rng.randrange(len(lines))
    return "\n".join([*lines[:place], changed(lines[place]), *lines[place + 1 :]])


TEXT_MUTATIONS = {
    mutation.__name__: mutation
    for mutation in (
        unbalanced_quote,
        extra_field,
        missing_field,
        cut_line,
        blank_lines,
        comment_line,
        footer,
        title_line,
        excel_hint,
        no_header,
        header_again,
        trailing_delimiters,
    )
}
