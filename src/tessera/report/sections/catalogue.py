"""The catalogue of features: what each means, to be searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.answers import Query
from tessera.report.blocks import Catalogue, Entry, Section, missing_of
from tessera.report.numbers import NOTHING, decimal, share
from tessera.report.sentences import plural, spoken

if TYPE_CHECKING:
    from tessera.report.answers import Answers, Row

QUERIES = (
    Query(
        "catalogue",
        "feature_catalog",
        "select feature_name, family, description, data_type, null_policy, source_columns,\n"
        "    definition_sql, is_own, null_share, drift_psi\n"
        "from marts.feature_catalog\n"
        "order by feature_name\n"
        "limit 2000",
    ),
    Query(
        "catalogue_size",
        "feature_catalog",
        "select count(*) as features from marts.feature_catalog",
    ),
    Query(
        "feature_worth",
        "feature_values",
        "select feature_name, target, value\n"
        "from marts.feature_values\n"
        "qualify row_number() over (\n"
        "    partition by feature_name order by value desc nulls last, target\n"
        ") = 1\n"
        "order by feature_name\n"
        "limit 2000",
    ),
)


def section(answers: Answers) -> Section:
    """Return all features, with what they mean and what they are worth."""
    catalogue = answers["catalogue"]
    worth = {row["feature_name"]: row for row in answers.rows("feature_worth")}
    entries = tuple(_entry(row, worth.get(row["feature_name"], {})) for row in catalogue.rows)
    shown = Catalogue(
        label="Search features",
        headings=("Feature", "No value", "Drift", "Worth most for"),
        entries=entries,
        source=catalogue,
    )
    return Section(
        "features",
        "Features",
        "Feature catalogue",
        _lead(answers),
        ((shown,) if entries else ()) + missing_of(catalogue, answers["feature_worth"]),
    )


def _lead(answers: Answers) -> str:
    features = answers.first("catalogue_size").get("features", 0)
    shown = len(answers.rows("catalogue"))
    if not features:
        return "This release has no features."
    said = f"{plural(features, 'feature')} describe every customer."
    if shown < features:
        return f"{said} The first {shown:,} are here; marts.feature_catalog has them all."
    return f"{said} Press / to search by name, meaning or family."


def _entry(row: Row, worth: Row) -> Entry:
    valued = f"{share(worth['value'])} of {worth['target']}" if worth.get("value") else NOTHING
    return Entry(
        name=row["feature_name"],
        words=row["description"] or "",
        group=spoken((row["family"] or "").removeprefix("features_"))
        + (", own" if row["is_own"] else ""),
        facts=(share(row["null_share"]), decimal(row["drift_psi"], 2), valued),
        details=(
            ("Type", f"{row['data_type']}; {_null_words(row['null_policy'])}"),
            ("Computed as", _cut(row["definition_sql"] or "")),
            ("Reads", _cut(row["source_columns"] or "nothing but the date")),
        ),
    )


def _null_words(policy: str | None) -> str:
    return "0 when nothing happened" if policy == "zero" else "empty when there is no value"


def _cut(text: str, most: int = 320) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()} …"
