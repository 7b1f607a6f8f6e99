"""The dbt vars that a command is given."""

from __future__ import annotations

from typing import Any

import yaml  # type: ignore[import-untyped]

from tessera.commands import CommandError


def given_variables(text: str) -> dict[str, Any]:
    """Return the dbt vars that are written as YAML.

    Raises
    ------
    CommandError
        It is no YAML mapping.
    """
    try:
        variables = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise CommandError(f"--vars is no YAML: {error}") from error
    if not isinstance(variables, dict):
        raise CommandError(f"--vars must be a mapping such as 'seed: 3'; got: {text}")
    return variables
