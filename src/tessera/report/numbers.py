"""Numbers as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

NOTHING = "\u2013"
"""Stands where a release has no figure."""

MINUS = "\u2212"
"""Before a negative number: as wide as a plus, and never at the end of a line."""

NARROW = "\u202f"
"""No-break space between a number and its unit."""

_STEPS = ((9.995e8, 1e9, "bn"), (9.995e5, 1e6, "M"), (1e4, 1e3, "k"))
"""From which size an amount is written in which unit."""


def count(value: float | None) -> str:
    """Write a whole number.

    Examples
    --------
    >>> count(2469), count(None) == NOTHING
    ('2,469', True)
    """
    return NOTHING if value is None else _minus(f"{value:,.0f}")


def short(value: float | None) -> str:
    """Write an amount with three digits that matter.

    Examples
    --------
    >>> [short(x).replace(NARROW, " ") for x in (2739750.17, 999999, 376407, 9876, 12.5)]
    ['2.74 M', '1 M', '376 k', '9,876', '12.5']
    """
    if value is None:
        return NOTHING
    for least, size, unit in _STEPS:
        if abs(value) >= least:
            return _minus(f"{value / size:.3g}{NARROW}{unit}")
    is_whole = abs(value) >= 100 or value == int(value)  # noqa: PLR2004 - no decimals needed
    return _minus(f"{value:,.0f}" if is_whole else f"{value:.3g}")


def share(value: float | None) -> str:
    """Write a share of one as per cent; no share but 0 and 1 is rounded to them.

    Examples
    --------
    >>> [share(x).replace(NARROW, " ") for x in (0.268, 0.0074, 0.0001, 0.9999, 1, 0)]
    ['27 %', '0.7 %', '< 0.1 %', '> 99.9 %', '100 %', '0 %']
    """
    if value is None:
        return NOTHING
    if value in (0, 1):
        return f"{value:.0%}".replace("%", f"{NARROW}%")
    if 0 < value < 0.001:  # noqa: PLR2004 - what one decimal can show
        return f"<{NARROW}0.1{NARROW}%"
    if 0.999 < value < 1:  # noqa: PLR2004
        return f">{NARROW}99.9{NARROW}%"
    digits = 1 if abs(value) < 0.0995 else 0  # noqa: PLR2004 - below ten per cent
    return f"{value:.{digits}%}".replace("%", f"{NARROW}%")


def points(value: float | None) -> str:
    """Write a difference of two shares.

    Examples
    --------
    >>> points(0.0123), points(-0.2).replace(MINUS, "-"), points(0.0001)
    ('+1.2 points', '-20.0 points', 'no change')
    """
    if value is None:
        return NOTHING
    if not round(value, 3):
        return "no change"
    return _minus(f"{value * 100:+.1f} points")


def distance(one: float, other: float) -> str:
    """Write how far two shares are apart.

    Examples
    --------
    >>> distance(0.2, 0.25), distance(0.25, 0.2)
    ('5.0 points', '5.0 points')
    """
    return f"{abs(one - other) * 100:.1f} points"


def decimal(value: float | None, digits: int = 3) -> str:
    """Write a figure with a fixed number of decimals.

    Examples
    --------
    >>> decimal(0.86578), decimal(3.4, 2)
    ('0.866', '3.40')
    """
    return NOTHING if value is None else _minus(f"{value:.{digits}f}")


def interval(value: float | None, low: float | None, high: float | None) -> str:
    """Write a figure with its interval.

    Examples
    --------
    >>> interval(0.8657, 0.855, 0.8746), interval(0.2, None, None)
    ('0.866 [0.855, 0.875]', '0.200')
    """
    if low is None or high is None:
        return decimal(value)
    return f"{decimal(value)} [{decimal(low)}, {decimal(high)}]"


def signed(value: float | None) -> str:
    """Write a difference of two counts.

    Examples
    --------
    >>> signed(1200), signed(-3).replace(MINUS, "-"), signed(0)
    ('+1,200', '-3', 'no change')
    """
    if value is None:
        return NOTHING
    return _minus(f"{value:+,.0f}") if round(value) else "no change"


def day(value: datetime | None) -> str:
    """Write the date of an instant.

    Examples
    --------
    >>> from datetime import datetime
    >>> day(datetime(2018, 1, 1, 4))
    '1 January 2018'
    """
    return NOTHING if value is None else f"{value.day} {value:%B %Y}"


def anything(value: object) -> str:
    """Write a value of whatever type a table has.

    Examples
    --------
    >>> anything(0.123456), anything(12), anything(True)
    ('0.123', '12', 'yes')
    """
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return count(value)
    if isinstance(value, float):
        return short(value)
    if hasattr(value, "strftime"):
        return f"{value:%Y-%m-%d}"
    return str(value)


def _minus(text: str) -> str:
    return f"{MINUS}{text[1:]}" if text.startswith("-") else text
