"""Versions of features: since when each means what it means, and what a model has learnt from.

A version names a definition (:mod:`tessera.features.lineage`). A model read features by their
definitions at the time; under another definition its numbers mean something else, so it is refused.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from tessera import frames
from tessera.features.columns import FeatureError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tessera.runs import Run

FEATURE_VERSIONS_SCHEMA = pa.schema(
    [
        ("feature_name", pa.string()),
        ("version", pa.string()),
        ("definition_sql", pa.string()),
        ("first_as_of", frames.TIMESTAMP),
        ("first_run_id", pa.string()),
        ("last_run_id", pa.string()),
        ("last_built_at", frames.TIMESTAMP),
        ("replaced_version", pa.string()),
        ("replaced_in_run_id", pa.string()),
    ]
)
"""A row per feature and version that any build has had.

``first_as_of`` is the earliest ``as_of`` of a build with it (a replay may look from further back);
``last_run_id`` the newest build with it, which began at ``last_built_at``: another version than
today's was replaced after that. ``replaced_version`` is the one whose place it took, when last it
did, in the run ``replaced_in_run_id``; NULL in a feature's first version."""

_REPLACED = ("replaced_version", "replaced_in_run_id")

FEATURE_VERSIONS_ORDER = ("feature_name", "first_as_of", "version")


class FeatureVersionError(FeatureError):
    """A model was trained on another definition of a feature than this build has."""


def remember_versions(definitions: pd.DataFrame, earlier: pd.DataFrame, run: Run) -> pd.DataFrame:
    """Return the versions that earlier builds had, and this one's.

    Parameters
    ----------
    definitions
        ``feature_definitions``: a row per feature of this build.
    earlier
        What this function returned in the last build.
    run
        This build.

    Returns
    -------
    DataFrame
        A row per feature and version, with the columns of :data:`FEATURE_VERSIONS_SCHEMA`.
    """
    rows = {(row["feature_name"], row["version"]): row for row in earlier.to_dict("records")}
    standing = _standing(earlier)
    for row in definitions.to_dict("records"):
        key = name, version = row["feature_name"], row["version"]
        fresh = dict.fromkeys(_REPLACED) | {"first_as_of": run.as_of, "first_run_id": run.run_id}
        known = rows.get(key, fresh)
        replaced = standing.get(name, version)
        rows[key] = known | {
            "feature_name": name,
            "version": version,
            "definition_sql": row["definition_sql"],
            "first_as_of": min(known["first_as_of"], run.as_of),
            "last_run_id": run.run_id,
            "last_built_at": run.run_started_at,
        }
        if replaced != version:
            rows[key] |= dict(zip(_REPLACED, (replaced, run.run_id), strict=True))
    versions = pd.DataFrame(list(rows.values()), columns=FEATURE_VERSIONS_SCHEMA.names)
    return versions.sort_values(list(FEATURE_VERSIONS_ORDER), ignore_index=True)


def _standing(earlier: pd.DataFrame) -> dict[str, str]:
    """Return the version of each feature that was built last."""
    newest_last = earlier.sort_values(["last_built_at", "version"])
    return dict(zip(newest_last["feature_name"], newest_last["version"], strict=True))


def load_versions(relation: Any) -> dict[str, str]:
    """Read the version of each feature from ``dbt.ref("feature_definitions")``."""
    definitions = frames.read(relation, ["feature_name"])
    return dict(zip(definitions["feature_name"], definitions["version"], strict=True))


def versions_read(names: Iterable[str], versions: Mapping[str, str] | None) -> str:
    """Write which version of each feature is read, as the registry keeps it.

    Examples
    --------
    >>> versions_read(["orders_count_7d"], {"orders_count_7d": "1a2b", "orders_count_30d": "3c4d"})
    '{"orders_count_7d":"1a2b"}'
    """
    known = versions or {}
    read = {name: known[name] for name in names if name in known}
    return json.dumps(read, sort_keys=True, separators=(",", ":"))


def require_current(models: pd.DataFrame, versions: Mapping[str, str]) -> None:
    """Refuse models that learnt from other definitions than this build's.

    Parameters
    ----------
    models
        Rows of a registry, with ``model_id``, ``feature_names`` and ``feature_versions`` (both
        JSON; the latter NULL in rows written before versions were kept).
    versions
        The version of each feature of this build.

    Raises
    ------
    FeatureVersionError
        Naming model, feature, both versions, and what trains anew.
    """
    for model in models.to_dict("records"):
        said = next(_strangers(model, versions), None)
        if said:
            raise FeatureVersionError(
                f"model {model['model_id']} {said}: train again, with a whole dbt build"
            )


def _strangers(model: dict[str, Any], versions: Mapping[str, str]) -> Iterator[str]:
    """Say of each feature that has changed since the model was trained what has changed."""
    text = model["feature_versions"]
    trained_on = json.loads(text) if isinstance(text, str) else {}
    for name in json.loads(model["feature_names"]):
        then, now = trained_on.get(name), versions.get(name)
        if then is None:
            yield f"does not say which version of {name} it was trained on"
        elif now is None:
            yield f"was trained on {name} version {then}, and the build has no such feature now"
        elif then != now:
            yield f"was trained on {name} version {then}, the build now has {now}"
