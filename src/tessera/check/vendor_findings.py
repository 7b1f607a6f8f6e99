"""What is odd about vendors' exports: not switched on, empty, or with parts that nothing reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.check.finding import Finding, Severity, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tessera.check.vendor_facts import ConnectorFacts

COLUMNS_TOLD = 8
"""Names of columns in one finding; the page lists them all."""


def vendor_findings(
    connectors: Sequence[ConnectorFacts], switched_off: Sequence[str]
) -> Iterator[Finding]:
    """Judge the exports that connectors read, and the folders that none reads.

    Parameters
    ----------
    connectors
        Those that are switched on.
    switched_off
        Folders that bear the name of a connector that is not.
    """
    if switched_off:
        names = ", ".join([*(connector.name for connector in connectors), *switched_off])
        folders = ", ".join(f"{name}/" for name in switched_off)
        yield Finding(
            Severity.WARNING,
            "connectors",
            f"nothing reads {folders}: no connector of that name is switched on",
            f"Switch on what is to be read: --vars 'connectors: [{names}]', or the same var in "
            "dbt_project.yml (docs/connectors/README.md).",
        )
    for connector in connectors:
        yield from _of_one(connector)


def _of_one(connector: ConnectorFacts) -> Iterator[Finding]:
    subject = f"connector {connector.name}"
    if connector.unread_files:
        yield Finding(
            Severity.WARNING,
            subject,
            f"nothing reads {', '.join(connector.unread_files)}",
            f"It reads {', '.join(table.name for table in connector.tables)}: a table is named by "
            f"its file or folder (docs/connectors/{connector.name}.md).",
        )
    if connector.error:
        return
    tables = [table.name for table in connector.tables if table.files]
    # a connector of which no table lies there stops the build, which says so itself
    if tables and not connector.rows:
        what = f"is switched on, and no row was found in {', '.join(tables)}"
        yield Finding(Severity.WARNING, subject, what, "Is the export empty on purpose?")
    yield from _unread(connector, subject)


def _unread(connector: ConnectorFacts, subject: str) -> Iterator[Finding]:
    """Tell of columns that the connector does not read: one of them may be a custom field."""
    names = [f"{table.name}.{name}" for table in connector.tables for name in table.unread_columns]
    if names:
        told = ", ".join(names[:COLUMNS_TOLD])
        more = f" and {len(names) - COLUMNS_TOLD} more" if len(names) > COLUMNS_TOLD else ""
        yield Finding(
            Severity.NOTE,
            subject,
            f"{counted(len(names), 'column')} not read: {told}{more}",
            "A field of your own is listed in the var connector_fields "
            "(docs/connectors/README.md).",
        )
