import pytest

from tessera.simulate.personas import Persona


def test_a_persona_without_a_life_is_refused():
    """What is as usual need not be said; how long people stay is never as usual."""
    told = {"share": 0.1, "share_after": 0.1, "orders_per_year": 5, "price_tier": 1.0}
    assert Persona(name="somebody", life_days=300, **told).opens == 0.3
    with pytest.raises(TypeError, match="life_days"):
        Persona(name="nobody", **told)
