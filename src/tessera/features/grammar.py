"""The grammar of feature names: what a name says, in words and in types.

``<subject>_[<condition>_][<measure>_]<aggregate>_<window>``, such as ``orders_count_90d`` or
``orders_discounted_share_365d``; recency, ``orders_days_since_last``; comparison,
``orders_count_30d_over_180d``. A name that says what it is needs no second definition:
descriptions, column types and the catalogue are read from it.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

SUBJECTS = {
    "order_lines": "order lines",
    "orders": "orders",
    "products": "products",
    "categories": "product categories",
    "sessions": "visits",
    "web_events": "web events",
    "messages": "messages",
    "email_messages": "e-mails",
    "sms_messages": "text messages",
    "push_messages": "push messages",
}
CONDITIONS = {
    "discounted": "with a discount",
    "returned": "that came back",
    "weekend": "on Saturdays and Sundays (UTC)",
    "evening": "from 18:00 to midnight (UTC)",
    "mobile": "from a phone or an app, of those whose device is known",
    "converted": "with a purchase",
    "bounced": "that did not arrive or ended at once",
    "abandoned": "without a purchase, of those with something put into the cart",
    "paid": "paid for by click or view",
    "viewed": "that look at a product",
    "searched": "that search",
    "carted": "that put something into the cart",
    "compared": "that compare prices or products",
    "checkout": "that begin to pay",
    "sent": "sent",
    "opened": "opened",
    "clicked": "clicked",
    "unsubscribed": "answered by unsubscribing",
    "complained": "complained of",
}
MEASURES = {
    "amount": "amount",
    "discount": "discount amount",
    "gap_days": "gap in days",
    "duration_seconds": "length in seconds",
    "views": "number of pages and products looked at",
}
AGGREGATES = {
    "distinct_count": "Different {noun}",
    "count": "Number of {noun}",
    "sum": "Sum of the {measure} of {noun}",
    "avg": "Average {measure} of {noun}",
    "median": "Median {measure} of {noun}",
    "min": "Smallest {measure} of {noun}",
    "max": "Largest {measure} of {noun}",
    "share": "Share (0 to 1) of {noun} {condition}",
    "rate": "Rate (0 to 1) of {noun} {condition} to those sent",
}
SYNONYMS = {"mean": "avg", "average": "avg", "total": "sum", "number": "count", "ratio": "share"}
_NAME = re.compile(
    rf"^(?P<subject>{'|'.join(SUBJECTS)})_"
    rf"(?:(?P<condition>{'|'.join(CONDITIONS)})_)?"
    rf"(?:(?P<measure>{'|'.join(MEASURES)})_)?"
    rf"(?P<aggregate>{'|'.join(AGGREGATES)})_"
    r"(?P<window>\d+d|lifetime)(?:_over_(?P<long>\d+d|lifetime))?$"
)
_RECENCY = re.compile(rf"^(?P<subject>{'|'.join(SUBJECTS)})_days_since_(?P<end>first|last)$")


class FeatureNameError(ValueError):
    """A name does not follow the grammar."""


@dataclass(frozen=True)
class Feature:
    """What a feature's name says.

    Attributes
    ----------
    name
        The column.
    subject, condition, measure, aggregate
        Words of the grammar; ``condition`` and ``measure`` may be None.
    window_days
        Days the window reaches back; None for ``lifetime`` and for recency.
    description
        One sentence for the catalogue and the contract.
    data_type
        DuckDB's type of the column.
    """

    name: str
    subject: str
    condition: str | None
    measure: str | None
    aggregate: str
    window_days: int | None
    description: str
    data_type: str


def parse_feature(name: str) -> Feature:
    """Read a feature name.

    Raises
    ------
    FeatureNameError
        The name does not follow the grammar; the message names the nearest word that does.

    Examples
    --------
    >>> parse_feature("orders_amount_sum_90d").description
    'Sum of the amount of orders in the 90 days before the snapshot; 0 when there were none.'
    >>> parse_feature("orders_amount_mean_90d")
    Traceback (most recent call last):
    ...
    tessera.features.grammar.FeatureNameError: unknown word 'mean' in 'orders_amount_mean_90d'; \
did you mean 'avg'?
    """
    recency = _RECENCY.match(name)
    if recency:
        return _recency(name, recency["subject"], recency["end"])
    parts = _NAME.match(name)
    if not parts:
        raise FeatureNameError(_helping_hand(name))
    if parts["long"]:
        return _comparison(name, parts)
    return Feature(
        name=name,
        subject=parts["subject"],
        condition=parts["condition"],
        measure=parts["measure"],
        aggregate=parts["aggregate"],
        window_days=_days(parts["window"]),
        description=_description(parts),
        data_type=_data_type(parts["aggregate"], parts["measure"]),
    )


def _recency(name: str, subject: str, end: str) -> Feature:
    noun = SUBJECTS[subject]
    words = f"Days from the {end} of the {noun} to the snapshot, with fractions; NULL before any."
    return Feature(name, subject, None, None, f"days_since_{end}", None, words, "double")


def _comparison(name: str, parts: re.Match[str]) -> Feature:
    short, long = _window_words(parts["window"]), _window_words(parts["long"])
    words = (
        f"{_phrase(parts)} {short}, divided by the same {long}; "
        "NULL when the longer window is empty."
    )
    subject, condition, measure = parts["subject"], parts["condition"], parts["measure"]
    return Feature(
        name, subject, condition, measure, parts["aggregate"], _days(parts["long"]), words, "double"
    )


def _phrase(parts: re.Match[str]) -> str:
    noun = SUBJECTS[parts["subject"]]
    condition = CONDITIONS.get(parts["condition"] or "", "")
    if parts["aggregate"] != "share" and condition:
        noun = f"{noun} {condition}"
    measure = MEASURES.get(parts["measure"] or "", "value")
    return AGGREGATES[parts["aggregate"]].format(noun=noun, condition=condition, measure=measure)


def _description(parts: re.Match[str]) -> str:
    is_zero_when_empty = parts["aggregate"] in {"count", "distinct_count", "sum"}
    empty = "0 when there were none" if is_zero_when_empty else "NULL when there were none"
    return f"{_phrase(parts)} {_window_words(parts['window'])}; {empty}."


def _window_words(window: str) -> str:
    if window == "lifetime":
        return "ever before the snapshot"
    return f"in the {_days(window)} days before the snapshot"


def _days(window: str) -> int | None:
    return None if window == "lifetime" else int(window.removesuffix("d"))


def _data_type(aggregate: str, measure: str | None) -> str:
    if aggregate in {"count", "distinct_count"}:
        return "bigint"
    if aggregate in {"sum", "min", "max"} and measure in {"amount", "discount"}:
        return "decimal(18,2)"
    return "double"


def _helping_hand(name: str) -> str:
    known = [word for words in (SUBJECTS, CONDITIONS, MEASURES, AGGREGATES) for word in words]
    window = re.compile(r"^(\d+d|lifetime|over|first|last|days|since|gap)$")
    for word in name.split("_"):
        if any(word in known_word.split("_") for known_word in known) or window.match(word):
            continue
        near = [SYNONYMS[word]] if word in SYNONYMS else []
        near = near or difflib.get_close_matches(word, known, n=1, cutoff=0.5)
        hand = f"; did you mean '{near[0]}'?" if near else f"; known words: {', '.join(known)}"
        return f"unknown word '{word}' in '{name}'{hand}"
    return f"'{name}' does not read <subject>_[<condition>_][<measure>_]<aggregate>_<window>"
