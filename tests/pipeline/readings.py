"""The project as dbt reads it: six seconds at every start, here once per process and vars."""

import gc
from functools import lru_cache
from pathlib import Path

from tessera.commands.dbt_runner import Listener, run_dbt
from tessera.commands.project import Project

ROOT = Path(__file__).parents[2]


@lru_cache(maxsize=4)
def project_as_read(variables):
    """Return dbt's manifest under these vars, JSON; None where it cannot be read.

    dbt itself would read it anew for a database in another folder, though no file of the project
    has changed. It still does so in test_own_features, whose project changes, and in commands.
    """
    nowhere = Project(ROOT, Path("build.duckdb"), Path("releases"))
    told = ["parse", "--target", "ci", "--vars", variables]
    manifest = run_dbt(nowhere, "", told, Listener(lambda *_: None)).result
    gc.freeze()  # it stays for good: a tenth of a build went into searching it for waste
    return manifest
