"""Alerts: from which score on they are raised, at a stated precision, and when each began.

The score from which an alert is raised at an origin is chosen on origins before it whose horizons
had ended by then. Standing there nobody could have known more, so what the alerts are worth at the
origin was promised, not fitted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from tessera.bootstrap import Scored
    from tessera.metrics import Floats

FEWEST_ALERTS = 30
"""Alerts that a border is chosen on, at least: with 30, a precision of .6 is known to about .18
either way; with fewer, the highest scores of a month pass for whatever luck made of them."""
NOBODY = np.inf
"""The border where no score is precise enough: nobody is alerted."""
FOLLOWED_DAYS = 90
"""Days after a last purchase within which its alert is awaited, the same for everybody: so long do
the built-in churn targets ask about a customer."""


@dataclass(frozen=True)
class Alerts:
    """Who is alerted at the origins that have a past to choose a border on, oldest first.

    Attributes
    ----------
    origins
        Their instants.
    borders
        The score from which an alert is raised at each; inf: nobody is alerted.
    scored
        Who was scored at each, with the label and the score.
    """

    origins: tuple[pd.Timestamp, ...]
    borders: tuple[float, ...]
    scored: tuple[Scored, ...]

    @property
    def labels(self) -> Floats:
        """What happened after each alert, 0 or 1, shape (alerts,)."""
        raised = [
            scored.labels[scored.probabilities >= border]
            for border, scored in zip(self.borders, self.scored, strict=True)
        ]
        return np.concatenate(raised) if raised else np.empty(0)

    def is_raised(self, customer_ids: NDArray[np.str_]) -> NDArray[np.bool_]:
        """Say at which origins each of some customers is alerted, shape (customers, origins).

        Whoever is not scored at an origin is not alerted there.
        """
        raised = np.zeros((len(customer_ids), len(self.origins)), dtype=np.bool_)
        for place, (border, scored) in enumerate(zip(self.borders, self.scored, strict=True)):
            alerted = scored.customer_ids[scored.probabilities >= border]
            raised[:, place] = np.isin(customer_ids, alerted)
        return raised


def raise_alerts(
    instants: Sequence[pd.Timestamp],
    scored: Sequence[Scored],
    before: Mapping[int, Sequence[int]],
    precision: float,
) -> Alerts:
    """Choose a border for each origin that has a past, and alert whom it passes.

    Parameters
    ----------
    instants, scored
        Of all origins, oldest first; a score may be anything that rises with the danger.
    before
        By place of an origin the places of those whose horizons had ended by then.
    precision
        Share of the alerts that shall come true, in (0, 1].
    """
    borders = [
        choose_border([scored[place] for place in past], precision) for past in before.values()
    ]
    return Alerts(
        origins=tuple(instants[place] for place in before),
        borders=tuple(borders),
        scored=tuple(scored[place] for place in before),
    )


def choose_border(samples: Sequence[Scored], precision: float) -> float:
    """Return the lowest score such that those at or above it come true as often as stated.

    The lowest one warns most people; inf when no score with :data:`FEWEST_ALERTS` is that precise.
    """
    labels = np.concatenate([sample.labels for sample in samples])
    scores = np.concatenate([sample.probabilities for sample in samples])
    order = np.argsort(-scores, kind="stable")
    labels, scores = labels[order], scores[order]
    alerts = np.arange(1, len(scores) + 1)
    is_last_of_equals = np.append(scores[1:] != scores[:-1], np.ones(min(1, len(scores)), np.bool_))
    is_precise = labels.cumsum() >= precision * alerts
    chosen = np.flatnonzero(is_last_of_equals & is_precise & (alerts >= FEWEST_ALERTS))
    return float(scores[chosen[-1]]) if len(chosen) else NOBODY


def first_alerts(alerts: Alerts, last_purchases: pd.Series) -> pd.Series:
    """Return when the alert about each customer's last purchase began; NaT: there was none.

    An alert that was raised before the last purchase counts from the first origin of an unbroken
    row of alerts. If it was lifted again while the customer still bought, it spoke of something
    else: it is a false alarm, and no early warning. After the last purchase the first alert counts,
    within :data:`FOLLOWED_DAYS`.

    Parameters
    ----------
    alerts
        Who was alerted at which origin.
    last_purchases
        Instants, by customer.

    Returns
    -------
    Series
        Instants of origins, by customer.
    """
    raised = alerts.is_raised(last_purchases.index.to_numpy(dtype=np.str_))
    first = pd.Series(pd.NaT, index=last_purchases.index, dtype=last_purchases.dtype)
    until = last_purchases + pd.Timedelta(days=FOLLOWED_DAYS)
    for origin, is_raised in zip(alerts.origins, raised.T, strict=True):
        is_lifted = ~is_raised & (origin <= last_purchases)
        first[is_lifted] = pd.NaT
        first[is_raised & first.isna() & (origin < until)] = origin
    return first
