import numpy as np

from tessera.simulate.personas import PERSONAS


def test_calendar_days_are_the_inverse_of_operational_time(world):
    persona = np.arange(len(PERSONAS), dtype=np.int8)
    days = np.linspace(-500, 700, len(PERSONAS))
    clock = world.seasons.operational(persona, days)
    np.testing.assert_allclose(world.seasons.calendar_days(persona, clock), days, atol=1e-6)


def test_gift_buyers_live_in_december(world):
    gift = [persona.name for persona in PERSONAS].index("seasonal_gift_buyer")
    months = world.calendar.months
    december, may = (world.seasons.factor[gift, months == month].mean() for month in (12, 5))
    assert december > 3 * may
