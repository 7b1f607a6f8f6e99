"""A small lawful shop, and evidence of it: what the zoo's leaks are planted in.

500 people are seen every 31 days, twelve times. Each buys at a rate of her own that wanders; the
shop knows when she last bought, how often, and how often she opens messages. Who buys seldom
leaves. Beside the features stand what nobody knows at the snapshot: the label and the next amount.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera.features import readable_features
from tessera.metrics import roc_auc
from tessera.propensity import Target
from tessera.propensity.algorithms import BoostedTrees
from tessera.propensity.encoded_model import fit_encoded
from tessera.propensity.labelled import Labelled
from tessera.propensity.leakage import Evidence, Judged

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Masks = tuple[NDArray[np.bool_], NDArray[np.bool_]]

HIDDEN = ["label", "amount_next", "orders_next"]
TARGET = Target("churn_30d", 30)
FIRST_DAY = pd.Timestamp("2025-01-01")
KEYS = ["person", "month", "snapshot_at", "customer_id"]


@dataclass
class Shop:
    """A row per person and month, oldest month first; the last month is the one to be scored.

    Attributes
    ----------
    rows
        Keys, features, and what comes next, of the last month too.
    random
        For whoever plants.
    split
        Says which rows are learnt from and which are asked about; None: by person and by time.
    observed_months
        How many months of the past had ended when one looked.
    """

    rows: pd.DataFrame
    random: np.random.Generator
    split: Callable[[pd.DataFrame], Masks] | None = None
    observed_months: int = 11

    @property
    def is_today(self) -> NDArray[np.bool_]:
        """Which rows are to be scored."""
        newest: NDArray[np.bool_] = (self.rows["month"] == self.rows["month"].max()).to_numpy()
        return newest

    def plant(self, name: str, past: ArrayLike, today: object = None) -> None:
        """Add a feature; ``today`` is what the newest snapshot holds instead, if not the same."""
        values = pd.Series(np.asarray(past), index=self.rows.index)
        if today is not None:
            values = values.where(~self.is_today, today)
        self.rows[name] = values

    def noisy(self, share: float) -> NDArray[np.float64]:
        """Return the labels, of which a share is drawn anew."""
        label = self.rows["label"].to_numpy(dtype=np.float64)
        coin = (self.random.random(len(label)) < label.mean()).astype(np.float64)
        mixed: NDArray[np.float64] = np.where(self.random.random(len(label)) < share, coin, label)
        return mixed


@dataclass(frozen=True)
class Specimen:
    """A change to a lawful shop.

    Attributes
    ----------
    plant
        Changes the shop in place.
    culprit
        The feature that must be named; None where none is to blame, as in a split.
    rule
        The rule that must be named then.
    """

    name: str
    plant: Callable[[Shop], None]
    culprit: str | None = None
    rule: str | None = None


def answers(shop: Shop, column: str) -> NDArray[np.float64]:
    """Return what nobody knows at the snapshot: ``label``, ``amount_next`` or ``orders_next``."""
    told: NDArray[np.float64] = shop.rows[column].to_numpy(dtype=np.float64)
    return told


def lawful_shop(seed: int, people: int = 500, months: int = 12) -> Shop:
    """Draw a shop in which nothing leaks."""
    random = np.random.default_rng(seed)
    level = random.normal(0.2, 0.9, people)
    wander = random.normal(0, 0.35, (months + 6, people)).cumsum(axis=0) * 0.6
    rates = np.exp(np.clip(level + wander, -3, 2))
    orders = random.poisson(rates)
    seen = [_seen(random, orders, rates, month) for month in range(months)]
    rows = pd.concat(seen, ignore_index=True)
    rows["label"] = (rows["orders_next"] == 0).astype(np.float64)
    rows["amount_next"] = rows["orders_next"] * random.gamma(4, 10, len(rows))
    return Shop(rows, random)


def _seen(
    random: np.random.Generator,
    orders: NDArray[np.int64],
    rates: NDArray[np.float64],
    month: int,
) -> pd.DataFrame:
    """Return a month's rows: what the shop knows of each person, and what comes next."""
    now, people = month + 5, orders.shape[1]
    before, rate = orders[: now + 1][::-1], rates[now]
    months_ago = np.where((before > 0).any(axis=0), (before > 0).argmax(axis=0), 6)
    part_of_month = 1 - random.beta(np.maximum(before[0], 1), 1)
    opened = 0.4 + 0.15 * np.log(rate) + random.normal(0, 0.2, people)
    return pd.DataFrame(
        {
            "person": np.arange(people),
            "month": month,
            "snapshot_at": FIRST_DAY + pd.Timedelta(days=31 * month),
            "customer_id": [f"c{person:05d}" for person in range(people)],
            "orders_days_since_last": 31 * (months_ago + part_of_month),
            "orders_count_30d": before[0],
            "orders_count_90d": before[:3].sum(axis=0),
            "orders_amount_sum_90d": before[:3].sum(axis=0) * random.gamma(4, 10, people),
            "messages_open_rate_90d": np.clip(opened, 0, 1),
            "sessions_count_30d": random.poisson(2 * rate),
            "tickets_count_90d": random.poisson(0.3, people),
            "crm_country": random.choice(["DE", "AT", "CH"], people),
            "orders_next": orders[now + 1],
        }
    )


def evidence_of(shop: Shop, seed: int = 7) -> Evidence:
    """Fit trees on the shop's past and put together what the gate looks at."""
    rows = shop.rows
    past = rows[~shop.is_today].reset_index(drop=True)
    names = [name for name in rows.columns if name not in (*KEYS, *HIDDEN)]
    labelled = _labelled(past, names)
    learnt, asked = (shop.split or by_person_and_time)(past)
    training, scored = labelled.where(learnt), labelled.where(asked)
    model = fit_encoded(lambda: BoostedTrees(seed), training, names)
    auc = float(roc_auc(scored.labels, model.predict_probability(scored.features))[0])
    is_earlier = past["customer_id"].isin(scored.customer_ids) & past["snapshot_at"].isin(
        training.snapshot_at
    )
    judged = Judged(
        "m",
        "lightgbm",
        model,
        training,
        scored,
        auc,
        auc - 0.01,
        labelled.where(is_earlier.to_numpy()),
    )
    today = _labelled(rows[shop.is_today].reset_index(drop=True), names).features
    until = past["snapshot_at"].min() + pd.Timedelta(days=31 * shop.observed_months)
    outcomes = past[["label", "amount_next"]].astype(float)
    return Evidence(TARGET, labelled, outcomes, today, until, (judged,))


def by_person_and_time(past: pd.DataFrame) -> Masks:
    """Ask every third person in the last month what was learnt from others' earlier ones."""
    last, is_asked = past["month"].max(), past["person"] % 3 == 0
    return (
        ((past["month"] < last) & ~is_asked).to_numpy(),
        ((past["month"] == last) & is_asked).to_numpy(),
    )


def _labelled(rows: pd.DataFrame, names: list[str]) -> Labelled:
    return Labelled(
        features=readable_features(rows, names),
        labels=rows["label"].to_numpy(dtype=np.float64),
        customer_ids=rows["customer_id"],
        snapshot_at=rows["snapshot_at"],
    )
