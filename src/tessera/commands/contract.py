"""`tessera contract`: write down what readers of marts.customer_features may rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.commands import CommandError
from tessera.commands.project import path_to_show, tessera_command
from tessera.commands.release_reader import opened_read_only
from tessera.features.columns import KEY_COLUMNS
from tessera.features.contract import render_contract
from tessera.features.grammar import FeatureNameError

if TYPE_CHECKING:
    from rich.console import Console

    from tessera.commands.project import Project

CONTRACT = "models/marts/_customer_features.yml"

_BUILT = """
select table_name from information_schema.tables
where table_schema = 'features' and table_name in ('customer_features', 'feature_definitions')
"""
_PROMISED = """
select columns.column_name
from information_schema.columns as columns
left join features.feature_definitions as definitions
    on columns.column_name = definitions.feature_name
where
    columns.table_schema = 'features' and columns.table_name = 'customer_features'
    and not coalesce(definitions.is_own, false)
order by columns.ordinal_position
"""


def write_contract(project: Project, console: Console) -> None:
    """Write the contract from ``features.customer_features`` of the last build.

    Raises
    ------
    CommandError
        Nothing has been built yet, a build is running, or a feature's name does not follow the
        grammar.
    """
    names = [name for name in _columns(project) if name not in KEY_COLUMNS]
    try:
        text = render_contract(names)
    except FeatureNameError as error:
        raise CommandError(f"{error}. The grammar is in CONTRIBUTING.md.") from error
    path = project.folder / CONTRACT
    path.write_text(text, encoding="utf-8")
    console.print(
        f"{path_to_show(path)} promises {len(names)} features. Read it, and commit it.",
        markup=False,
    )


def _columns(project: Project) -> list[str]:
    """List the mart's columns without the features of the user's own files."""
    with opened_read_only(project.database) as connection:
        built = {name for (name,) in connection.execute(_BUILT).fetchall()}
        for name in ("customer_features", "feature_definitions"):
            if name not in built:
                raise CommandError(
                    f"{path_to_show(project.database)} has no features.{name}: "
                    f"run `{tessera_command()} build` first"
                )
        found = connection.execute(_PROMISED).fetchall()
    return [name for (name,) in found]
