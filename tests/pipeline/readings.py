"""The project as dbt reads it: five seconds at every start, here once per process."""

import gc
import json
from functools import cache
from pathlib import Path

from tessera.commands.dbt_runner import Listener, run_dbt
from tessera.commands.project import Project

ROOT = Path(__file__).parents[2]
VALUES = {"as_of", "feeds_time_zone", "snapshot_months"}
"""Vars that are but a value in a query: whatever they are, models refer to the same tables."""


def project_as_read(variables):
    """Return dbt's manifest under these vars; None where the project cannot be read with them.

    dbt itself would read it anew for a database in another folder, though no file of the project
    has changed. It still does so in test_own_features, whose project changes, and in commands.
    """
    decisive = {name: value for name, value in variables.items() if name not in VALUES}
    return _read(json.dumps(decisive, sort_keys=True))


@cache
def _read(variables):
    nowhere = Project(ROOT, Path("build.duckdb"), Path("releases"))
    told = ["parse", "--target", "ci", "--vars", variables]
    manifest = run_dbt(nowhere, "", told, Listener(lambda *_: None)).result
    gc.freeze()  # it stays for good: a tenth of a build went into searching it for waste
    return manifest
