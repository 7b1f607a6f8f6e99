"""Expectations pushed down to DuckDB: a gate costs a few scans, not a copy of the table.

Great Expectations reads through :mod:`tessera.gates.connection`, on a connection of its own to the
database of the model:

- a query that fails at run time aborts the transaction it runs in: not the model's;
- everything a gate reads has been committed by the model before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tessera.gates import quiet
from tessera.gates.connection import EagerConnection
from tessera.gates.entries import UNEXPECTED_ROWS, Entry, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tessera.gates.suites import Suite

SAMPLE_ROWS = 5
"""Offending rows shown per expectation: enough to see what is wrong, too few to be a copy."""


class MissingParameterError(LookupError):
    """A suite needs a parameter that nobody gave."""


@dataclass(frozen=True)
class Outcome:
    """What one expectation found.

    Attributes
    ----------
    entry
        The expectation, as its file spells it.
    has_passed
        Whether the relation satisfies it.
    kwargs
        Its arguments with the suite parameters filled in.
    result
        What Great Expectations measured (``observed_value``, ``element_count``, …).
    sample
        At most :data:`SAMPLE_ROWS` offending values, or rows as mappings: raw, not yet masked.
    failure
        Why it could not be checked at all, or ``None``.
    """

    entry: Entry
    has_passed: bool
    kwargs: Mapping[str, Any]
    result: Mapping[str, Any]
    sample: tuple[Any, ...] = ()
    failure: str | None = None


def validate(
    session: Any, relation: Any, suite: Suite, parameters: Mapping[str, Any]
) -> list[Outcome]:
    """Check a relation against its suite, in the order of the suite.

    Parameters
    ----------
    session
        The DuckDB connection that dbt hands to a Python model; an open transaction on it is
        neither seen nor touched.
    relation
        What ``dbt.ref(...)`` returns: a relation over committed tables or views.
    suite
        What it must satisfy.
    parameters
        Values of the suite parameters; more than the suite needs is fine.

    Raises
    ------
    MissingParameterError
        The suite needs a parameter that ``parameters`` does not have.
    """
    _require_parameters(suite, parameters)
    connection = session.cursor()
    try:
        view = _create_view(connection, session, relation, suite.relation)
        outcomes = _validate_view(connection, view, suite, parameters)
        return [_with_unexpected_rows(connection, view, outcome) for outcome in outcomes]
    finally:
        connection.close()  # and the temporary view with it


def _require_parameters(suite: Suite, parameters: Mapping[str, Any]) -> None:
    for name in suite.parameters:
        if name not in parameters:
            raise MissingParameterError(
                f"suite '{suite.relation}' needs the parameter '{name}'{nearest(name, parameters)}"
                f" (given: {sorted(parameters)})"
            )


def _create_view(connection: Any, session: Any, relation: Any, name: str) -> str:
    """Name the relation on ``connection``, whatever it is called and in whichever schema."""
    zone = session.execute("select current_setting('TimeZone')").fetchall()[0][0]
    connection.execute(f"set TimeZone = '{zone}'")  # settings of a connection are not inherited
    view = f"gate_input_{name}"
    connection.execute(f"create or replace temp view {view} as {relation.sql_query()}")
    return view


def _validate_view(
    connection: Any, view: str, suite: Suite, parameters: Mapping[str, Any]
) -> list[Outcome]:
    with quiet.library() as gx:
        batch = _batch(quiet.quiet_context(gx), connection, view)
        ask = {
            "result_format": _result_format(suite),
            "expectation_parameters": dict(parameters),
        }
        found = {result.expectation_config.id: result for result in _all_at_once(batch, suite, ask)}
        return [
            _outcome(entry, found.get(entry.expectation_id))
            if _is_checked(found.get(entry.expectation_id))
            else _alone(batch, expectation, entry, ask)
            for entry, expectation in zip(
                suite.entries, suite.expectations.expectations, strict=True
            )
        ]


def _batch(context: Any, connection: Any, view: str) -> Any:
    from sqlalchemy.pool import StaticPool  # noqa: PLC0415 - comes with Great Expectations

    source = context.data_sources.add_sql(
        name="warehouse",
        connection_string="duckdb:///:memory:",  # chooses the dialect; `creator` connects
        kwargs={"creator": lambda: EagerConnection(connection), "poolclass": StaticPool},
    )
    asset = source.add_table_asset(name=view, table_name=view)
    return asset.add_batch_definition_whole_table("whole").get_batch()


def _result_format(suite: Suite) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "result_format": "SUMMARY",
        "partial_unexpected_count": SAMPLE_ROWS,
    }
    if suite.key is not None:
        asked["unexpected_index_column_names"] = [suite.key]
    return asked


def _all_at_once(batch: Any, suite: Suite, ask: Mapping[str, Any]) -> Sequence[Any]:
    try:
        results: Sequence[Any] = batch.validate(suite.expectations, **ask).results
    except Exception:  # noqa: BLE001 - whatever it is, each one alone will say it of itself
        return []
    return results


def _is_checked(result: Any) -> bool:
    return result is not None and not _failure(result.exception_info)


def _alone(batch: Any, expectation: Any, entry: Entry, ask: Mapping[str, Any]) -> Outcome:
    """Check one expectation by itself.

    Great Expectations counts for all of them in one statement, so one impossible cast fails its
    neighbours too: whoever failed is asked again alone, and only the guilty fail twice.
    """
    try:
        return _outcome(entry, batch.validate(expectation, **ask))
    except Exception as error:  # noqa: BLE001 - an expectation that cannot be checked is a red row
        return Outcome(entry, has_passed=False, kwargs=entry.kwargs, result={}, failure=str(error))


def _outcome(entry: Entry, result: Any) -> Outcome:
    kwargs = result.expectation_config.kwargs
    measured = dict(result.result or {})
    offenders = measured.get("partial_unexpected_index_list")
    if not offenders:
        offenders = measured.get("partial_unexpected_list") or []
    failure = _failure(result.exception_info)
    return Outcome(
        entry=entry,
        has_passed=bool(result.success) and failure is None,
        kwargs={name: value for name, value in kwargs.items() if name != "batch_id"},
        result=measured,
        sample=tuple(sorted(offenders, key=repr))[:SAMPLE_ROWS],
        failure=failure,
    )


def _failure(exception_info: Any) -> str | None:
    """Return the message of an exception info, which is flat or one per failed metric."""
    info = dict(exception_info or {})
    if "raised_exception" not in info:
        info = next((dict(each) for each in info.values()), {})
    if not info.get("raised_exception"):
        return None
    return str(info.get("exception_message") or "unknown")


def _with_unexpected_rows(connection: Any, view: str, outcome: Outcome) -> Outcome:
    """Add the first rows that a failed query found, which Great Expectations gives in no order."""
    if outcome.entry.expectation != UNEXPECTED_ROWS or outcome.has_passed or outcome.failure:
        return outcome
    query = outcome.kwargs["unexpected_rows_query"].format(batch=view)
    connection.execute(f"select * from ({query}) order by all limit {SAMPLE_ROWS}")  # noqa: S608
    names = [column[0] for column in connection.description]
    rows = tuple(dict(zip(names, row, strict=True)) for row in connection.fetchall())
    return Outcome(outcome.entry, outcome.has_passed, outcome.kwargs, outcome.result, rows)
