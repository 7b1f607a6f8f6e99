"""How the files of a feed are found and read: encodings, delimiters, headers, misshapen lines.

Pure functions over paths; no dbt, no database. Only :mod:`tessera.feeds.plugin`, which tells DuckDB
of them, knows dbt.
"""

from tessera.feeds.delivery import Delivery, FeedFile, inspect_feed, inspect_files
from tessera.feeds.problems import FeedProblemError

__all__ = ["Delivery", "FeedFile", "FeedProblemError", "inspect_feed", "inspect_files"]
