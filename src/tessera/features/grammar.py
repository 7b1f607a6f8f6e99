"""The grammar of feature names: what a name says, in words and in types.

``<subject>_[<condition>_][<measure>_]<aggregate>_<window>``, such as ``orders_count_90d`` or
``orders_discounted_share_365d``; recency, ``orders_days_since_last``; comparison,
``orders_count_30d_over_180d``; a year before, ``orders_count_30d_last_year``; state,
``crm_country``. A name that says what it is needs no second definition: descriptions, column types
and the catalogue are read from it. The words are in :mod:`tessera.features.words`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tessera.features import words
from tessera.features.helping_hand import helping_hand

_WINDOW = r"(?P<window>\d+d|lifetime)"
_ENDING = re.compile(rf"_{_WINDOW}(?:_over_(?P<long>\d+d|lifetime)|(?P<last_year>_last_year))?$")
_RECENCY = re.compile(r"_days_since_(?P<end>first|last)$")
_SNAKE = re.compile(r"[a-z][a-z0-9_]*")
_ATTRIBUTE = "crm_attr_"
_NOT_KNOWN = " as of the snapshot; NULL when not known."


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
        Words of the grammar; ``condition`` and ``measure`` may be None. ``aggregate`` is ``state``
        for what is so at the snapshot.
    window_days
        Days the window reaches back; None for ``lifetime``, recency and state.
    description
        One sentence for the catalogue and the contract.
    data_type
        DuckDB's type of the column; None where the data decide (``crm_attr_*``).
    null_policy
        ``zero`` when an empty window gives 0, else ``null``.
    """

    name: str
    subject: str
    condition: str | None
    measure: str | None
    aggregate: str
    window_days: int | None
    description: str
    data_type: str | None
    null_policy: str


@dataclass(frozen=True)
class _Measured:
    """The part of a name before its window."""

    subject: str
    condition: str | None
    measure: str | None
    aggregate: str

    @property
    def phrase(self) -> str:
        """Return the part in words, with a capital letter."""
        noun = words.SUBJECTS[self.subject]
        condition = words.CONDITIONS.get(self.condition or "", _spelt_out(self.condition))
        if self.aggregate not in words.NEED_A_CONDITION and condition:
            noun = f"{noun} {condition}"
        measure = words.MEASURES.get(self.measure or "", _spelt_out(self.measure))
        template = words.AGGREGATES[self.aggregate]
        return template.format(noun=noun, condition=condition, measure=measure)

    @property
    def data_type(self) -> str:
        """Return DuckDB's type."""
        if self.aggregate in {"count", "distinct_count"}:
            return "bigint"
        if self.aggregate in {"sum", "min", "max"} and self.measure in words.MONEY:
            return "decimal(18,2)"
        return "double"


def parse_feature(name: str, *, is_own: bool = False) -> Feature:
    """Read a feature name.

    Parameters
    ----------
    name
        The column.
    is_own
        Whether the feature is a user's own: its condition and measure may be words that Tessera
        does not know, and are read as they stand.

    Raises
    ------
    FeatureNameError
        The name does not follow the grammar; the message names the nearest word that does.

    Examples
    --------
    >>> parse_feature("orders_amount_sum_90d").description
    'Sum of the amount of orders in the 90 days before the snapshot; 0 when there were none.'
    >>> parse_feature("orders_big_count_90d", is_own=True).description
    'Number of orders (big) in the 90 days before the snapshot; 0 when there were none.'
    >>> parse_feature("orders_amount_mean_90d")
    Traceback (most recent call last):
    ...
    tessera.features.grammar.FeatureNameError: unknown word 'mean' in 'orders_amount_mean_90d'; \
did you mean 'avg'?
    """
    if not _SNAKE.fullmatch(name) and not is_attribute(name):
        raise FeatureNameError(f"'{name}' is not made of small letters, digits and '_' alone")
    state = _state(name, is_own=is_own)
    if state:
        return state
    recency = _RECENCY.search(name)
    if recency:
        return _recency(name, name[: recency.start()], recency["end"], is_own=is_own)
    ending = _ENDING.search(name)
    if not ending:
        raise FeatureNameError(helping_hand(name, is_own=is_own))
    measured = _measured(name, name[: ending.start()], is_own=is_own)
    if ending["long"]:
        return _comparison(name, measured, ending)
    return _windowed(name, measured, ending)


def is_attribute(name: str) -> bool:
    """Tell whether a feature is an ``attr_*`` column of this shop's contacts.

    Examples
    --------
    >>> is_attribute("crm_attr_interest"), is_attribute("crm_country")
    (True, False)
    """
    return name.startswith(_ATTRIBUTE)


def _state(name: str, *, is_own: bool) -> Feature | None:
    subject = name.split("_", maxsplit=1)[0]
    if is_attribute(name):
        words_of_it = f"Column {name.removeprefix('crm_')} of the contact record{_NOT_KNOWN}"
        return _as_state(name, "crm", words_of_it, None)
    if name in words.STATES:
        said, data_type = words.STATES[name]
        sentence = said if said.endswith(".") else said + _NOT_KNOWN
        return _as_state(name, subject, sentence, data_type)
    if is_own and subject in words.STATE_SUBJECTS:
        said = words.STATE_SUBJECTS[subject].format(words=name.replace("_", " "))
        return _as_state(name, subject, said + _NOT_KNOWN, None)
    return None


def _as_state(name: str, subject: str, description: str, data_type: str | None) -> Feature:
    return Feature(name, subject, None, None, "state", None, description, data_type, "null")


def _recency(name: str, part: str, end: str, *, is_own: bool) -> Feature:
    subject, middle = _subject(name, part, is_own=is_own)
    condition = _known(name, middle, words.CONDITIONS, is_own=is_own) if middle else None
    noun = words.SUBJECTS[subject]
    if condition:
        noun += f" {words.CONDITIONS.get(condition, _spelt_out(condition))}"
    said = f"Days from the {end} of the {noun} to the snapshot, with fractions; NULL before any."
    aggregate = f"days_since_{end}"
    return Feature(name, subject, condition, None, aggregate, None, said, "double", "null")


def _comparison(name: str, measured: _Measured, ending: re.Match[str]) -> Feature:
    short, long = _window_words(ending["window"]), _window_words(ending["long"])
    said = f"{measured.phrase} {short}, divided by the same {long}; NULL when that is 0 or NULL."
    days = _days(ending["long"])
    return Feature(name, *_parts(measured), days, said, "double", "null")


def _windowed(name: str, measured: _Measured, ending: re.Match[str]) -> Feature:
    policy = "zero" if measured.aggregate in words.ZERO_WHEN_EMPTY else "null"
    empty = "0 when there were none" if policy == "zero" else "NULL when there were none"
    window = _window_words(ending["window"])
    if ending["last_year"]:
        window = f"in the {_days(ending['window'])} days before the same day a year earlier"
    said = f"{measured.phrase} {window}; {empty}."
    days = _days(ending["window"])
    return Feature(name, *_parts(measured), days, said, measured.data_type, policy)


def _parts(measured: _Measured) -> tuple[str, str | None, str | None, str]:
    return measured.subject, measured.condition, measured.measure, measured.aggregate


def _measured(name: str, part: str, *, is_own: bool) -> _Measured:
    """Read what stands before the window."""
    subject, rest = _subject(name, part, is_own=is_own)
    aggregate = next((each for each in words.AGGREGATES if _ends_with(rest, each)), None)
    if aggregate is None:
        raise FeatureNameError(helping_hand(name, is_own=is_own))
    middle = rest.removesuffix(aggregate).strip("_")
    measure = next((each for each in words.MEASURES if _ends_with(middle, each)), None)
    condition = middle.removesuffix(measure or "").strip("_") or None
    if condition and not measure and aggregate in words.NEED_A_MEASURE:
        measure = _known(name, condition, words.MEASURES, is_own=is_own)
        condition = None
    if condition:
        condition = _known(name, condition, words.CONDITIONS, is_own=is_own)
    if aggregate in words.NEED_A_CONDITION and not condition:
        raise FeatureNameError(f"'{name}' says a {aggregate}, but not of what: name a condition")
    return _Measured(subject, condition, measure, aggregate)


def _subject(name: str, part: str, *, is_own: bool) -> tuple[str, str]:
    """Split off the subject: the longest that fits."""
    fitting = [each for each in words.SUBJECTS if part == each or part.startswith(f"{each}_")]
    if not fitting:
        raise FeatureNameError(helping_hand(name, is_own=is_own))
    subject = max(fitting, key=len)
    return subject, part.removeprefix(subject).strip("_")


def _known(name: str, word: str, known: dict[str, str], *, is_own: bool) -> str:
    if word not in known and not is_own:
        raise FeatureNameError(helping_hand(name, is_own=is_own))
    return word


def _ends_with(text: str, word: str) -> bool:
    return text == word or text.endswith(f"_{word}")


def _spelt_out(word: str | None) -> str:
    return f"({word.replace('_', ' ')})" if word else ""


def _window_words(window: str) -> str:
    if window == "lifetime":
        return "ever before the snapshot"
    return f"in the {_days(window)} days before the snapshot"


def _days(window: str) -> int | None:
    return None if window == "lifetime" else int(window.removesuffix("d"))
