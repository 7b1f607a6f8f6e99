"""BG/NBD: buy till you die, by maximum likelihood; a rival that knows three numbers of a customer.

Fader, Hardie and Lee (2005), "Counting Your Customers" the Easy Way: An Alternative to the
Pareto/NBD Model, Marketing Science 24(2). While active, a customer buys at a Poisson rate that
differs between customers by a Gamma distribution, and after each purchase drops out with a
probability that differs by a Beta distribution.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln, hyp2f1

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Histories:
    """What the model knows of customers, each of shape (customers,); times in weeks.

    Attributes
    ----------
    frequency
        Days with a purchase after the first one.
    recency
        Time from the first purchase to the last.
    age
        Time from the first purchase to the end of what is seen.
    """

    frequency: Floats
    recency: Floats
    age: Floats

    def where(self, is_wanted: NDArray[np.bool_]) -> Histories:
        """Return some of the customers, in their order."""
        return Histories(self.frequency[is_wanted], self.recency[is_wanted], self.age[is_wanted])


@dataclass(frozen=True)
class BgNbd:
    """The four parameters: Gamma(r, alpha) of the rates, Beta(a, b) of dropping out."""

    r: float
    alpha: float
    a: float
    b: float

    def log_likelihoods(self, seen: Histories) -> Floats:
        """Return each customer's log-likelihood, shape (customers,): equation 6 of the paper."""
        r, alpha, a, b = astuple(self)
        x = seen.frequency
        rates = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        drop_outs = gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
        alive = -(r + x) * np.log(alpha + seen.age)
        return np.asarray(rates + drop_outs + alive + np.log1p(self._odds_of_death(seen)))

    def probability_alive(self, seen: Histories) -> Floats:
        """Return the chance that each customer is still active, shape (customers,)."""
        return np.asarray(1.0 / (1.0 + self._odds_of_death(seen)))

    def expected_purchases(self, seen: Histories, weeks: float) -> Floats:
        """Return the purchases to be expected of each in the next ``weeks``: equation 10.

        The chance to be active is in it.
        """
        r, alpha, a, b = astuple(self)
        x, end = seen.frequency, alpha + seen.age
        tail = hyp2f1(r + x, b + x, a + b + x - 1, weeks / (end + weeks))
        if_alive = 1 - (end / (end + weeks)) ** (r + x) * tail
        return np.asarray((a + b + x - 1) / (a - 1) * if_alive * self.probability_alive(seen))

    def _odds_of_death(self, seen: Histories) -> Floats:
        """Return the odds of having dropped out, after the last purchase; 0 without a second."""
        x = seen.frequency
        quiet = ((self.alpha + seen.age) / (self.alpha + seen.recency)) ** (self.r + x)
        return np.where(x > 0, self.a / (self.b + np.maximum(x, 1) - 1) * quiet, 0.0)


def fit_bg_nbd(seen: Histories) -> BgNbd:
    """Return the parameters under which ``seen`` is likeliest.

    Raises
    ------
    ArithmeticError
        The search did not converge, as on seasonal shops it may not.
    """
    found = minimize(
        lambda logs: -BgNbd(*np.exp(logs)).log_likelihoods(seen).mean(),
        np.zeros(4),
        method="L-BFGS-B",
        bounds=[(-7.0, 7.0)] * 4,
        options={"ftol": 1e-12, "gtol": 1e-7},
    )
    if not found.success:
        raise ArithmeticError(f"BG/NBD did not converge: {found.message}")
    return BgNbd(*(float(each) for each in np.exp(found.x)))
