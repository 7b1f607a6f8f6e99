"""A linkage model as text: what takes part, its parameters, and what each threshold promises.

Names, dates and addresses do not occur in it: how common a value is, is counted anew in each build.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from tessera import registry
from tessera.identity.linkage.parameters import Parameters
from tessera.identity.linkage.threshold import Estimate, choose_threshold

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class LinkageModel:
    """A fitted model.

    Attributes
    ----------
    columns
        Columns of ``contact_records`` that take part.
    parameters
        Prior, m and u.
    estimates
        What each threshold promised when the model was fitted.
    population
        A few hashes of the contacts it was fitted on, by which it knows its own shop again.
    """

    columns: Sequence[str]
    parameters: Parameters
    estimates: Sequence[Estimate]
    population: Sequence[float]

    @property
    def chosen(self) -> Estimate:
        """The threshold in force."""
        return choose_threshold(self.estimates)

    def as_text(self) -> str:
        """Write the model as canonical JSON."""
        return registry.canonical_json(asdict(self))


def read_model(text: str) -> LinkageModel:
    """Read a model back from :meth:`LinkageModel.as_text`."""
    found = json.loads(text)
    return LinkageModel(
        columns=found["columns"],
        parameters=Parameters(**found["parameters"]),
        estimates=[Estimate(**each) for each in found["estimates"]],
        population=found["population"],
    )
