"""Suites: what a relation must satisfy before the next stage may read it.

One YAML file per relation, ``expectations/<relation>.yml``, in Great Expectations' own schema.
Great Expectations drops what it cannot read and says so only in a log; :func:`load_suite` refuses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tessera.gates import quiet
from tessera.gates.entries import (
    Entry,
    SuiteError,
    as_entry,
    checked_entry,
    nearest,
    require_known_keys,
)

if TYPE_CHECKING:
    from pathlib import Path

_SUITE_KEYS = ("name", "expectations", "meta", "notes")


@dataclass(frozen=True)
class Suite:
    """All expectations of one relation.

    Attributes
    ----------
    relation
        Name of the relation it guards, and of its file.
    key
        Column that tells which row offends (``meta: {key: order_id}``), or ``None``.
    names
        Columns that hold names of columns (``meta: {names: [feature_name]}``): evidence may show
        them, since they say what a relation is and not what it holds.
    entries
        In the order of the file.
    expectations
        The same as a ``great_expectations.ExpectationSuite``.
    """

    relation: str
    key: str | None
    names: tuple[str, ...]
    entries: tuple[Entry, ...]
    expectations: Any = field(repr=False, compare=False)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the suite parameters it needs, such as ``orders_rows_floor``."""
        options = self.expectations.suite_parameter_options
        return tuple(option for option in options if option.isidentifier())


def load_suite(path: Path) -> Suite:
    """Load one suite file, whole or not at all.

    Raises
    ------
    SuiteError
        The file is missing or no YAML, a key or a type is misspelt, an entry lacks its severity,
        description or id, two share an id, or Great Expectations would have dropped one. The
        message names the file and the entry.
    """
    document = _read_document(path)
    with quiet.library() as gx:
        raw_entries = [
            checked_entry(raw, f"{path.name}: {_name_of(raw, position)}")
            for position, raw in enumerate(document["expectations"], start=1)
        ]
        _require_unique_ids([raw["id"] for raw in raw_entries], path)
        suite = gx.ExpectationSuite(name=document["name"], expectations=raw_entries)
    _require_nothing_dropped(raw_entries, suite.expectations, path)
    meta = document.get("meta") or {}
    return Suite(
        relation=document["name"],
        key=meta.get("key"),
        names=tuple(meta.get("names") or ()),
        entries=tuple(as_entry(raw) for raw in raw_entries),
        expectations=suite,
    )


def _read_document(path: Path) -> dict[str, Any]:
    from ruamel.yaml import YAML, YAMLError  # noqa: PLC0415 - comes with Great Expectations

    if not path.is_file():
        here = sorted(other.stem for other in path.parent.glob("*.yml"))
        raise SuiteError(f"no suite {path}; suites there: {here}{nearest(path.stem, here)}")
    try:  # ruamel refuses a key written twice, where PyYAML silently keeps the last
        document = YAML(typ="safe", pure=True).load(path)
    except YAMLError as error:
        raise SuiteError(f"{path.name} is not YAML: {error}") from error
    if not isinstance(document, dict) or not document.get("expectations"):
        raise SuiteError(f"{path.name} holds no expectations: a gate that checks nothing is open")
    require_known_keys(document, _SUITE_KEYS, path.name)
    if document.get("name") != path.stem:
        raise SuiteError(
            f"{path.name}: name is {document.get('name')!r}, not {path.stem!r} "
            "(one relation, one suite, one name)"
        )
    return document


def _name_of(raw: Any, position: int) -> str:
    name = raw.get("id") or raw.get("type") if isinstance(raw, dict) else None
    return f"entry {position}" + (f" ({name})" if name else "")


def _require_unique_ids(ids: list[str], path: Path) -> None:
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise SuiteError(f"{path.name}: ids used more than once: {twice}")


def _require_nothing_dropped(
    raw_entries: list[dict[str, Any]], kept: list[Any], path: Path
) -> None:
    kept_ids = {expectation.id for expectation in kept}
    dropped = [raw["id"] for raw in raw_entries if raw["id"] not in kept_ids]
    if dropped or len(kept) != len(raw_entries):
        raise SuiteError(
            f"{path.name}: Great Expectations kept {len(kept)} of {len(raw_entries)} entries; "
            f"dropped: {dropped}"
        )
