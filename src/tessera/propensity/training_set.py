"""Reading the training set: of a large one, only the rows that a fit may learn from.

The sample is that of :func:`tessera.propensity.labelled.labelled_rows`, chosen inside DuckDB: a
million customers over a year are 8 GB of features, of which a fit reads a tenth at most.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from duckdb import ColumnExpression, ConstantExpression

from tessera import frames, samples
from tessera.propensity import labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from tessera.propensity.targets import Target


def read_training_set(relation: Any, targets: Sequence[Target]) -> pd.DataFrame:
    """Read the training set, or the part of it that the samples of all targets are taken from.

    Parameters
    ----------
    relation
        What ``dbt.ref("training_set")`` returns: a row per customer and past snapshot.
    targets
        What is to be predicted.

    Returns
    -------
    DataFrame
        All rows while no target has more answers than are learnt from; else those that
        :func:`~tessera.propensity.labelled.labelled_rows` would choose for one of the targets. In
        the order of snapshot and customer.
    """
    there = [target for target in targets if target.label_column in relation.columns]
    borders = {target.label_column: _border(relation, target) for target in there}
    if any(borders.values()):
        relation = relation.filter(reduce(or_, (_wanted(*each) for each in borders.items())))
    return frames.read(relation, frames.SNAPSHOT_ORDER)


def _border(relation: Any, target: Target) -> str | None:
    """Return the number below which customers are in the target's sample; None: all are."""
    answered = relation.filter(ColumnExpression(target.label_column).isnotnull())
    return samples.border(answered, labelled.MAX_TRAINING_ROWS, labelled.SAMPLE)


def _wanted(label: str, border: str | None) -> Any:
    is_answered = ColumnExpression(label).isnotnull()
    return (
        is_answered
        if border is None
        else is_answered & (samples.number(labelled.SAMPLE) < ConstantExpression(border))
    )
