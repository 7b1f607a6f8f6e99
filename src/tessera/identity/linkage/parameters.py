"""The parameters of a linkage model: how often each level is met among pairs of one person or two.

Fellegi and Sunter, "A theory for record linkage", JASA 64 (1969).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Parameters:
    """What a fit finds.

    Attributes
    ----------
    prior
        Probability that two records drawn at random are one person's.
    m, u
        Name of a comparison to a probability per level (the last: differing), among pairs of one
        person and of two.
    """

    prior: float
    m: dict[str, list[float]]
    u: dict[str, list[float]]
