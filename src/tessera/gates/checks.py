"""A gate: each relation against its suite, and the rows that say what was found."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from tessera.gates.acceptance import with_accepted
from tessera.gates.entries import SuiteError
from tessera.gates.evidence import EVIDENCE_ORDER, conformed, evidence_rows
from tessera.gates.previous import MIN_SHARE_OF_PREVIOUS_ROWS, last_green, previous_volumes
from tessera.gates.pushdown import validate
from tessera.gates.suites import load_suite

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tessera.runs import Run

_FOLDER_VARIABLE = "TESSERA_EXPECTATIONS"


def check(  # noqa: PLR0913, PLR0917 - the six things a gate is made of, and where its suites are
    session: Any,
    gate: str,
    relations: Mapping[str, Any],
    run: Run,
    remembered: pd.DataFrame,
    suites_folder: Path | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> pd.DataFrame:
    """Check relations against their suites and return all evidence of the gate, old and new.

    Parameters
    ----------
    session
        The DuckDB connection that dbt hands to a Python model.
    gate
        Name of the gate, which is the name of its table: ``gate_core``.
    relations
        What ``dbt.ref(...)`` returns, by name of the relation and of its suite.
    run
        The run in which the gate is checked.
    remembered
        The gate's rows of earlier runs; rows of this very run are replaced.
    suites_folder
        Where the suites are; see :func:`find_suites_folder`.
    parameters
        Suite parameters beside the ``<relation>_rows_floor`` that every suite may use.

    Returns
    -------
    pandas.DataFrame
        Rows of :data:`~tessera.gates.evidence.EVIDENCE_SCHEMA`, in its fixed order. A red
        expectation is a row, never an error.

    Raises
    ------
    SuiteError
        A suite is missing or cannot be read as written, or there is no relation to check.
    MissingParameterError
        A suite needs a parameter that is neither given nor a floor of these relations.
    """
    if not relations:
        raise SuiteError(f"{gate} is given no relation: a gate that checks nothing is open")
    folder = suites_folder or find_suites_folder()
    is_this_run = (remembered["run_id"] == run.run_id) & (remembered["gate"] == gate)
    earlier = conformed(remembered[~is_this_run])
    volumes = {} if run.accepts_volumes else previous_volumes(earlier, gate, run.feeds_folder)
    green = last_green(earlier, gate, run.feeds_folder)
    given = {**rows_floors(list(relations), volumes), **(parameters or {})}
    found = []
    for name, relation in relations.items():
        suite = load_suite(folder / f"{name}.yml")
        outcomes = with_accepted(validate(session, relation, suite, given), green, run)
        found.append(evidence_rows(outcomes, suite, gate, run))
    evidence = pd.concat([frame for frame in (earlier, *found) if len(frame)])
    return evidence.sort_values(list(EVIDENCE_ORDER), ignore_index=True)


def rows_floors(relations: list[str], volumes: Mapping[str, int]) -> dict[str, int]:
    """Return the suite parameter ``<relation>_rows_floor`` of each relation.

    >>> rows_floors(["orders", "customers"], {"orders": 101})
    {'orders_rows_floor': 51, 'customers_rows_floor': 0}
    """
    return {
        f"{name}_rows_floor": math.ceil(MIN_SHARE_OF_PREVIOUS_ROWS * volumes.get(name, 0))
        for name in relations
    }


def find_suites_folder() -> Path:
    """Find the suites: ``TESSERA_EXPECTATIONS``, else ``expectations`` here, else in the checkout.

    Raises
    ------
    SuiteError
        None of them is a folder; the message lists them.
    """
    stated = os.environ.get(_FOLDER_VARIABLE)
    if stated:
        candidates = [Path(stated)]  # a stated folder that is not there is an error, not a hint
    else:  # dbt runs in the project's root; an editable install knows the checkout
        candidates = [Path.cwd() / "expectations", Path(__file__).parents[3] / "expectations"]
    for folder in candidates:
        if folder.is_dir():
            return folder
    raise SuiteError(
        f"no folder of suites in {[str(folder) for folder in candidates]}; run dbt in the root of "
        f"the project, or set {_FOLDER_VARIABLE}"
    )
