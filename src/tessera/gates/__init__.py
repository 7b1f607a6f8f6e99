"""Gates between the stages: is this batch good enough for the next one.

A gate is a table plus a test. The gate's model calls :func:`check` and writes one row per
expectation; the generic test ``gate_passes`` fails the build when a critical one failed; whoever
reads on calls :func:`require_passed`.
"""

from tessera.gates.checks import check
from tessera.gates.due import clauses_due, rows_due
from tessera.gates.entries import SuiteError
from tessera.gates.evidence import EVIDENCE_ORDER, EVIDENCE_SCHEMA
from tessera.gates.merges import merges_ceiling
from tessera.gates.newest import customers_floor
from tessera.gates.passage import GateNotPassed, require_passed
from tessera.gates.previous import previous_volumes

__all__ = [
    "EVIDENCE_ORDER",
    "EVIDENCE_SCHEMA",
    "GateNotPassed",
    "SuiteError",
    "check",
    "clauses_due",
    "customers_floor",
    "merges_ceiling",
    "previous_volumes",
    "require_passed",
    "rows_due",
]
