"""Tell DuckDB of the feeds: a dbt-duckdb plugin, named in profiles.yml.

It registers one function for the macros in ``macros/engine/feed_rows.sql``. This is the only module
of ``tessera.feeds`` that knows dbt.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import weakref
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Python models run in dbt's threads. Two of them that import scikit-learn for the first time at the
# same moment have met it half made ("cannot import name 'clone' from partially initialized
# module"): it is imported here, once, before there are threads.
import sklearn.cluster
import sklearn.isotonic
import sklearn.linear_model
import sklearn.model_selection  # noqa: F401
from dbt.adapters.duckdb.plugins import BasePlugin

from tessera.feeds.delivery import Delivery, inspect_files
from tessera.feeds.dialects import named_columns
from tessera.feeds.paths import feed_paths, table_paths
from tessera.feeds.problems import FeedProblemError

if TYPE_CHECKING:
    from collections.abc import Callable


class Plugin(BasePlugin):  # type: ignore[misc]
    """Registers ``tessera_feed(folder, feed, declared)``: JSON with files, blank and problem.

    ``tessera_table(folder, names, declared)`` is the same for a vendor's table of several names.

    What was found stays known as long as the connection, which dbt holds for a whole command: a
    build looks at a file once, however many models and tests ask for it.
    Readable copies lie beside the database, where the rows themselves go, and go at the end.
    """

    def initialize(self, plugin_config: dict[str, Any]) -> None:  # noqa: ARG002 - dbt's own
        """Choose where readable copies go."""
        database = self.creds.path if self.creds else ":memory:"
        if database.startswith(":memory:"):
            self.copies = Path(tempfile.mkdtemp(prefix="tessera-feeds-"))
        else:
            self.copies = Path(f"{database}.feeds")
        self.known: dict[tuple[Any, ...], Delivery] = {}
        weakref.finalize(self, shutil.rmtree, self.copies, ignore_errors=True)

    def configure_connection(self, conn: Any) -> None:
        """Register the function; remove what a killed build left, now that the database is ours."""
        shutil.rmtree(self.copies, ignore_errors=True)
        self.known.clear()
        conn.create_function(
            "tessera_feed",
            self.described_feed,
            ["VARCHAR", "VARCHAR", "VARCHAR[]"],
            "VARCHAR",
            side_effects=True,
        )
        conn.create_function(
            "tessera_table",
            self.described_table,
            ["VARCHAR", "VARCHAR[]", "VARCHAR[]"],
            "VARCHAR",
            side_effects=True,
        )
        conn.create_function(
            "tessera_columns",
            self.described_columns,
            ["VARCHAR", "VARCHAR[]", "VARCHAR[]"],
            "VARCHAR",
        )

    @staticmethod
    def described_columns(where: str, header: list[str], declared: list[str]) -> str:
        """Return which column of a relation each name means, or the problem, as JSON."""
        try:
            places = named_columns(Path(where), header, declared)
        except FeedProblemError as error:
            return json.dumps({"problem": str(error), "columns": {}})
        columns = {name: header[place] for name, place in places.items()}
        return json.dumps({"problem": None, "columns": columns})

    def described_feed(self, folder: str, feed: str, declared: list[str]) -> str:
        """Return what :func:`tessera.feeds.inspect_files` finds, or the problem, as JSON."""
        return self._described(folder, declared, lambda: feed_paths(folder, feed))

    def described_table(self, folder: str, names: list[str], declared: list[str]) -> str:
        """Return the same of a vendor's table, which may go by several names."""
        return self._described(folder, declared, lambda: table_paths(folder, names))

    def _described(self, folder: str, declared: list[str], paths: Callable[[], list[str]]) -> str:
        try:
            delivery = self._inspected(paths(), tuple(declared))
        except OSError as error:
            problem = f"{error.filename or folder}: {error.strerror or error}"
            return json.dumps({"problem": problem, "files": [], "blank": []})
        except FeedProblemError as error:
            return json.dumps({"problem": str(error), "files": [], "blank": []})
        return json.dumps({"problem": None, **asdict(delivery)})

    def _inspected(self, paths: list[str], declared: tuple[str, ...]) -> Delivery:
        state = [(name, Path(name).stat()) for name in paths]
        files = tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in state)
        key = (declared, files)
        if key not in self.known:
            self.known[key] = inspect_files(paths, declared, self.copies)
        return self.known[key]
