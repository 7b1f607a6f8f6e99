"""The YAML files that stand beside this package's modules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

FOLDER = Path(__file__).parent


def read_yaml(name: str) -> dict[str, Any]:
    """Return the content of a file of the package, such as ``grammars/requests.yml``."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    # libyaml reads several times as fast, and comes with every wheel of PyYAML
    content: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return content
