"""A small town: 250 people with names of their own, 60 of them written down twice, with a slip."""

from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from tessera import frames
from tessera.identity import linkage
from tessera.runs import Run

PEOPLE, TWICE = 250, 60
FIRST_DAY = datetime(2024, 1, 1)  # noqa: DTZ001 - times of the warehouse carry no zone
LATER_DAY = datetime(2024, 3, 1)  # noqa: DTZ001

SCHEMA = pa.schema(
    [
        *(
            (name, pa.string())
            for name in ("contact_record_id", "identifier_id", "first_name", "last_name", "street")
        ),
        *((name, pa.string()) for name in ("postcode", "city", "country")),
        ("birth_date", pa.date32()),
        *((name, pa.string()) for name in ("gender", "email_local_part", "email_domain")),
        ("phone_digits", pa.string()),
        ("known_at", frames.TIMESTAMP),
    ]
)
"""Of contact_records."""

SYLLABLES = ("an", "ber", "cil", "dor", "el", "fam", "gri", "hol", "ist", "jun", "kar", "lo")


def person(number: int) -> dict[str, object]:
    """Return one of the town's people, drawn by their number."""
    rng = np.random.default_rng(number)
    first, last, street, city = ("".join(rng.choice(SYLLABLES, 3)) for _ in range(4))
    return {
        "contact_record_id": f"record {number:04d}",
        "identifier_id": f"contact {number:04d}",
        "first_name": first,
        "last_name": last,
        "street": f"{street} st {number}",
        "postcode": str(rng.integers(1000, 9999)),
        "city": f"{city}ton",
        "country": "au",
        "birth_date": date(1950, 1, 1) + timedelta(days=int(rng.integers(18_000))),
        "known_at": FIRST_DAY,
    }


def again(number: int) -> dict[str, object]:
    """Return the person's second contact, known later: the last letter of the name is lost."""
    original = person(number)
    return {
        **original,
        "contact_record_id": f"record {number:04d} again",
        "identifier_id": f"contact {number:04d} again",
        "last_name": str(original["last_name"])[:-1],
        "known_at": LATER_DAY,
    }


def table(rows: list[dict[str, object]]) -> pa.Table:
    """Write rows as contact_records; what they do not say is empty."""
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def run(run_id: str, seed: int = 7) -> Run:
    """Return a build that looks from the end of 2024."""
    day = pd.Timestamp("2024-12-31")
    return Run(run_id, day, day, "demo", seed)


@pytest.fixture(scope="session")
def town():
    return [person(number) for number in range(PEOPLE)] + [again(number) for number in range(TWICE)]


@pytest.fixture(scope="session")
def nicknames():
    return pa.table({"nickname": ["ank"], "formal_name": ["anka"]})


@pytest.fixture(scope="session")
def nothing_remembered():
    return frames.empty(linkage.CONTACT_LINKAGE_MODELS_SCHEMA)


@pytest.fixture(scope="session")
def fitted(town, nicknames, nothing_remembered):
    """The registry after a first build."""
    return linkage.fit_linkage(table(town), nicknames, nothing_remembered, run("first"))
