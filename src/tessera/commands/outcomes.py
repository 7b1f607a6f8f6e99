"""What a dbt build came to, in Tessera's own words: plain data, without dbt."""

from __future__ import annotations

from dataclasses import dataclass

FAILURES = frozenset({"error", "fail", "runtime error", "partial success"})

STAGES = (
    "run context",
    "seeds",
    "staging",
    "intermediate",
    "core",
    "gates",
    "features",
    "training",
    "evaluation",
    "registry",
    "scoring",
    "marts",
    "publishing",
    "tests",
)
"""The order in which data flow; a folder that is not listed comes before the tests."""


@dataclass(frozen=True)
class NodeOutcome:
    """How one node of the DAG ended.

    Attributes
    ----------
    name
        Name of the model, seed or test.
    kind
        dbt's resource type: model, seed, test, unit_test.
    stage
        The first folder under ``models`` or ``python_models``; ``tests`` for every test.
    status
        dbt's status: success, pass, warn, error, fail, skipped, ...
    seconds
        Execution time.
    message
        What dbt said, or an empty string.
    test_name
        Name of the generic test, or an empty string.
    tested
        For a test, the relations of the models it looks at (quoted), nearest first.
    """

    name: str
    kind: str
    stage: str
    status: str
    seconds: float
    message: str = ""
    test_name: str = ""
    tested: tuple[str, ...] = ()

    @property
    def has_failed(self) -> bool:
        """Whether this node stopped the build."""
        return self.status in FAILURES

    @property
    def is_built(self) -> bool:
        """Whether this node left a table behind."""
        return self.status == "success"


@dataclass(frozen=True)
class BuildOutcome:
    """How a build ended: its run id, its nodes, and what stopped it before any node ran."""

    run_id: str
    has_succeeded: bool
    nodes: tuple[NodeOutcome, ...] = ()
    message: str = ""

    @property
    def failures(self) -> list[NodeOutcome]:
        """The nodes that stopped the build, in the order dbt met them."""
        return [node for node in self.nodes if node.has_failed]

    @property
    def skipped(self) -> int:
        """Count the nodes that were not run because one before them failed."""
        return sum(node.status == "skipped" for node in self.nodes)


def stage_of(kind: str, path: str) -> str:
    """Return the stage a node belongs to, by its kind and its path below the model folder.

    Examples
    --------
    >>> stage_of("model", "staging/feeds/stg_feeds__orders.sql")
    'staging'
    >>> stage_of("unit_test", "features/orders/_orders__unit_tests.yml")
    'tests'
    >>> stage_of("model", "run_context.sql")
    'run context'
    """
    if kind in {"test", "unit_test"}:
        return "tests"
    if kind == "seed":
        return "seeds"
    folder, _, rest = path.partition("/")
    return folder if rest else "run context"


def seconds_per_stage(nodes: tuple[NodeOutcome, ...]) -> list[tuple[str, int, float]]:
    """Add up nodes and their seconds per stage: (stage, nodes, seconds), as data flow."""
    stages = sorted({node.stage for node in nodes}, key=_position)
    return [
        (
            stage,
            sum(node.stage == stage for node in nodes),
            sum(node.seconds for node in nodes if node.stage == stage),
        )
        for stage in stages
    ]


def _position(stage: str) -> tuple[float, str]:
    known = STAGES.index(stage) if stage in STAGES else len(STAGES) - 1.5
    return (known, stage)
