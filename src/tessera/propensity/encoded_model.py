"""A model over the mart's features: an encoding learnt on the rows of the fit, and an algorithm."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tessera.features import Encoding, fit_encoding
from tessera.propensity.algorithms import load_model
from tessera.propensity.calibration import UNCALIBRATED, Calibration

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from tessera.propensity.algorithms.algorithm import Algorithm, Floats
    from tessera.propensity.labelled import Labelled


@dataclass(frozen=True)
class Explained:
    """What a model says of some customers, and what made it say so.

    Attributes
    ----------
    probabilities
        Of label 1, shape (rows,).
    contributions
        What each feature that is read adds to the log-odds, shape (rows, features).
    encoded
        What the model's algorithm read, a row per customer.
    """

    probabilities: Floats
    contributions: Floats
    encoded: pd.DataFrame


@dataclass(frozen=True)
class EncodedModel:
    """Reads features as the mart has them, text included, and predicts.

    Attributes
    ----------
    encoding
        How the features become the columns that ``algorithm`` reads.
    algorithm
        Fitted on these columns.
    calibration
        What the algorithm's probabilities mean.
    """

    encoding: Encoding
    algorithm: Algorithm
    calibration: Calibration = field(default=UNCALIBRATED)

    def predict_probability(self, features: pd.DataFrame) -> Floats:
        """Return the probability of label 1, shape (rows,)."""
        return self._meant(self.encoding.encode(features))

    def contributions(self, features: pd.DataFrame) -> Floats:
        """Return what each feature that is read adds to the log-odds, shape (rows, features).

        To those of the algorithm itself: a calibration comes after, and keeps their order.
        The columns of a text speak together. The order is that of ``encoding.levels``.
        """
        return self._spoken(self.encoding.encode(features))

    def explain(self, features: pd.DataFrame) -> Explained:
        """Return probability and contributions at once: encoding takes longer than predicting."""
        encoded = self.encoding.encode(features)
        return Explained(self._meant(encoded), self._spoken(encoded), encoded)

    def _meant(self, encoded: pd.DataFrame) -> Floats:
        return self.calibration.apply(self.algorithm.predict_probability(encoded))

    def _spoken(self, encoded: pd.DataFrame) -> Floats:
        return self.encoding.by_feature(self.algorithm.contributions(encoded))


def fit_encoded(make: Callable[[], Algorithm], rows: Labelled, names: list[str]) -> EncodedModel:
    """Fit an algorithm to the features ``names`` of the rows, and what it needs to read them.

    Parameters
    ----------
    make
        Makes an algorithm that has learnt nothing.
    rows
        All that may be learnt from.
    names
        Features of the mart.
    """
    encoding = fit_encoding(rows.features[names], rows.customer_ids)
    return EncodedModel(encoding, make().fit(encoding.encode(rows.features), rows.labels))


def load_encoded(
    algorithm: str, encoding: str, model_text: str, calibration: str | None = None
) -> EncodedModel:
    """Read a model back from the texts of its registry row, and of its calibration if it has one.

    Raises
    ------
    KeyError
        No algorithm has that name; the message lists those there are.
    """
    return EncodedModel(
        Encoding.from_text(encoding),
        load_model(algorithm, model_text),
        Calibration.from_text(calibration) if calibration else UNCALIBRATED,
    )
