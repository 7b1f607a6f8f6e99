import dataclasses
import datetime as dt

import pytest

from tessera.simulate.settings import Settings, SettingsError


@pytest.mark.parametrize(
    ("name", "value"), [("customers", 0), ("months", 0), ("months", 121), ("seed", -1)]
)
def test_what_cannot_be_simulated_is_refused_by_name(name, value):
    with pytest.raises(SettingsError, match=f"{name} must lie between .*; got: {value}"):
        Settings(**{name: value})


def test_a_day_out_of_range_is_refused():
    with pytest.raises(SettingsError, match="as_of"):
        dataclasses.replace(Settings(), as_of=dt.date(1999, 1, 1))
