import datetime as dt

import numpy as np

from tessera.simulate.calendar import BURN_IN_DAYS, Calendar
from tessera.simulate.settings import Settings


def calendar(months, as_of):
    return Calendar.of(Settings(months=months, as_of=as_of))


def test_history_goes_back_whole_months():
    assert calendar(24, dt.date(2026, 1, 1)).starts_on == dt.date(2024, 1, 1)
    assert calendar(1, dt.date(2026, 1, 1)).starts_on == dt.date(2025, 12, 1)


def test_a_month_that_is_too_short_starts_on_its_last_day():
    assert calendar(1, dt.date(2026, 3, 31)).starts_on == dt.date(2026, 2, 28)


def test_the_drift_has_twelve_quiet_months_before_it():
    two_years = calendar(24, dt.date(2026, 1, 1))
    assert 365 <= two_years.drift_day < two_years.launch_day < two_years.observed_days


def test_dates_know_their_month_weekday_and_payday():
    year = calendar(12, dt.date(2026, 1, 1))
    first = BURN_IN_DAYS  # Wednesday, 1 January 2025
    assert (year.months[first], year.weekdays[first]) == (1, 2)
    assert year.is_after_payday[first : first + 5].tolist() == [True, True, True, False, False]


def test_month_of_speaks_of_days_of_the_history():
    year = calendar(12, dt.date(2026, 1, 1))
    assert year.month_of(np.array([0.0, 30.9, 31.0, 364.9])).tolist() == [1, 1, 2, 12]
