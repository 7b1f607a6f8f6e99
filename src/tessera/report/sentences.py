"""Small parts of sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tessera.report import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMERALS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def listed(parts: Iterable[str], joint: str = "and") -> str:
    """Join parts as one would say them.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a"]), listed([])
    ('a, b and c', 'a', '')
    """
    *most, last = [*parts] or [""]
    return f"{', '.join(most)} {joint} {last}" if most else last


def plural(number: float, noun: str, nouns: str | None = None) -> str:
    """Write how many there are of something.

    Examples
    --------
    >>> plural(1, "customer"), plural(2469, "customer"), plural(2, "index", "indices")
    ('1 customer', '2,469 customers', '2 indices')
    """
    return f"{numbers.count(number)} {noun if number == 1 else nouns or noun + 's'}"


def numeral(number: int) -> str:
    """Write a small number as a word.

    Examples
    --------
    >>> numeral(6), numeral(13)
    ('six', '13')
    """
    return _NUMERALS[number] if number < len(_NUMERALS) else numbers.count(number)


def opened(text: str) -> str:
    """Begin a sentence: the first letter in upper case, the others as they are.

    Examples
    --------
    >>> opened("iOS users left")
    'IOS users left'
    """
    return text[:1].upper() + text[1:]


def spoken(name: str) -> str:
    """Write the name of a thing without the marks of a column.

    Examples
    --------
    >>> spoken("roc_auc")
    'roc auc'
    """
    return name.replace("_", " ")


_PROPER = {
    "kmeans": "k-means",
    "gaussian_mixture": "Gaussian mixture",
    "mixture": "Gaussian mixture",
    "hdbscan": "HDBSCAN",
    "ward": "Ward",
    "lightgbm": "LightGBM",
}


def algorithm(name: str) -> str:
    """Write the name of an algorithm as people do.

    Examples
    --------
    >>> algorithm("lightgbm"), algorithm("logistic_regression")
    ('LightGBM', 'logistic regression')
    """
    return _PROPER.get(name, spoken(name))


def closed(text: str) -> str:
    """Make a sentence of a remark: a capital at its beginning, a full stop at its end.

    Examples
    --------
    >>> closed("highest score"), closed("It is so."), closed("")
    ('Highest score.', 'It is so.', '')
    """
    return f"{opened(text)}{'' if text.endswith(('.', '!', '?')) else '.'}" if text else ""


def meaning(description: str | None, name: str) -> str:
    """Return what a feature means, without what every description says; its name without one.

    Examples
    --------
    >>> meaning("Number of orders in the 90 days before the snapshot; 0 when there were none.", "x")
    'Number of orders in the last 90 days'
    >>> meaning(None, "orders_count_90d")
    'Orders count 90d'
    """
    if not description:
        return opened(spoken(name))
    words = description.split(";", 1)[0].removesuffix(".")
    words = re.sub(r"in the (\d+ days) before the snapshot", r"in the last \1", words)
    for much in (" before the snapshot", " (0 to 1)", ", with fractions"):
        words = words.replace(much, "")
    return words
