"""A feature's value as one would say it: ``no orders for 41 days``, ``3 orders in 90 days``."""

from __future__ import annotations

import re
from functools import cache
from math import isnan

from tessera.features import words
from tessera.features.grammar import Feature, FeatureNameError, parse_feature

SMALL = 0.005
"""What two decimals would call 0: a slope per day is that small."""

_SHARES = frozenset({"share", "rate", "top_share"})
_ENDING = re.compile(r"(; (0|NULL) when [^;]*)?\.$")
_DAYS = re.compile(r"in the (\d+) days(?! before)")
_CLUTTER = re.compile(r", with fractions|; NULL before any")
_BEFORE = re.compile(r" before the snapshot| as of the snapshot")


def say(name: str, value: float | str | None) -> str:
    """Say what a customer has of a feature.

    Parameters
    ----------
    name
        The feature; a name outside the grammar is read as it stands.
    value
        A number, a level of a text, or None where the customer has neither.

    Examples
    --------
    >>> say("orders_days_since_last", 41.3)
    'no orders for 41 days'
    >>> say("orders_count_90d", 3.0)
    '3 orders in the last 90 days'
    >>> say("crm_country", "DE")
    'country of the contact record: DE'
    """
    feature = _parsed(name)
    if feature is None:
        return f"{name.replace('_', ' ')}: {_told(value)}"
    if isinstance(value, float) and not isnan(value):
        said = _said_shortly(feature, value)
        if said:
            return said
    return f"{_phrase(feature)}: {_told(value, is_share=feature.aggregate in _SHARES)}"


def phrase_of(name: str) -> str:
    """Return what a feature is, without a value.

    Examples
    --------
    >>> phrase_of("orders_count_90d")
    'number of orders in the last 90 days'
    >>> phrase_of("campaigns_treated_days_since_last")
    'days from the last of the campaigns as treated to the snapshot'
    """
    feature = _parsed(name)
    return name.replace("_", " ") if feature is None else _phrase(feature)


def tell_value(name: str, value: float | None) -> str:
    """Return a feature's value, without what it is of.

    Examples
    --------
    >>> tell_value("orders_discounted_share_365d", 0.25), tell_value("orders_days_since_last", 5.4)
    ('25 %', '5')
    """
    feature = _parsed(name)
    if feature is not None and value is not None and feature.aggregate.startswith("days_since"):
        return f"{value:.0f}"
    return _told(value, is_share=feature is not None and feature.aggregate in _SHARES)


# A million customers have some hundred features, and each has a million values.
@cache
def _parsed(name: str) -> Feature | None:
    try:
        return parse_feature(name, is_own=True)
    except FeatureNameError:
        return None


def _said_shortly(feature: Feature, value: float) -> str | None:
    """Return a sentence for the commonest kinds of features."""
    noun = _noun(feature)
    if feature.aggregate == "days_since_last":
        return f"no {noun} for {_days(value)}"
    if feature.aggregate == "days_since_first":
        return f"the first of the {noun} {_days(value)} ago"
    if "_over_" in feature.name or feature.name.endswith("_last_year"):
        return None
    number = f"{value:.0f}" if value else "no"
    if number == "1" and not feature.condition:
        noun = words.ONE.get(feature.subject, noun)
    if feature.aggregate == "count":
        return f"{number} {noun} {_window(feature)}"
    if feature.aggregate == "distinct_count":
        return f"{number} different {noun} {_window(feature)}"
    return None


@cache
def _noun(feature: Feature) -> str:
    noun = words.SUBJECTS.get(feature.subject, feature.subject)
    if not feature.condition:
        return noun
    spelt_out = f"({feature.condition.replace('_', ' ')})"
    return f"{noun} {words.CONDITIONS.get(feature.condition, spelt_out)}"


def _window(feature: Feature) -> str:
    return f"in the last {feature.window_days} days" if feature.window_days else "ever"


def _days(value: float) -> str:
    days = f"{value:.0f}"
    return f"{days} day" if days == "1" else f"{days} days"


@cache
def _phrase(feature: Feature) -> str:
    """Return what the catalogue says, without what it says of values that are missing."""
    told = _CLUTTER.sub("", feature.description)
    said = _BEFORE.sub("", _ENDING.sub("", told)).replace(" (0 to 1)", "")
    said = _DAYS.sub(r"in the last \1 days", said)
    return said if said.startswith("Shannon") else said[:1].lower() + said[1:]


def _told(value: float | str | None, *, is_share: bool = False) -> str:
    if value is None or (isinstance(value, float) and isnan(value)):
        return "not known"
    if isinstance(value, str):
        return value
    if is_share:
        return f"{100 * value:.0f} %"
    if 0 < abs(value) < SMALL:
        return f"{value:.2g}"
    return f"{value:.2f}".rstrip("0").rstrip(".")
