"""Which run this is, and as of when: the one row of the model ``run_context``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Run:
    """One build: its id, the wall time it began, and the instant it looks at the world from.

    Attributes
    ----------
    run_id
        dbt's invocation id.
    run_started_at
        When the build began (UTC): the only clock in Tessera, stamped, never computed with.
    as_of
        Facts known at or after this instant (UTC) do not exist for this build.
    feeds_folder
        Name of the source the build reads (a folder, or ``demo``): volumes are only compared
        between runs over the same one.
    seed
        Seeds every random choice of the build.
    accepts_volumes
        A person has said that volumes far below the last run's are right this time.
    """

    run_id: str
    run_started_at: pd.Timestamp
    as_of: pd.Timestamp
    feeds_folder: str
    seed: int
    accepts_volumes: bool = False


def load_run(relation: Any) -> Run:
    """Read the one row of ``dbt.ref("run_context")``."""
    row = relation.df().iloc[0]
    return Run(
        run_id=str(row["run_id"]),
        run_started_at=row["run_started_at"],
        as_of=row["as_of"],
        feeds_folder=str(row["feeds_folder"]),
        seed=int(row["seed"]),
        accepts_volumes=bool(row["accepts_volumes"]),
    )


def load_releases_folder(relation: Any) -> Path:
    """Read from ``dbt.ref("run_context")`` where releases of this run are published."""
    return Path(str(relation.df().iloc[0]["releases_folder"]))
