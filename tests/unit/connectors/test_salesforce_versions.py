"""Versions of a contact, rebuilt from what it is and from the history of its fields."""

import pytest

OWN = ("id", "created_date", "last_modified_date", "email", "mailing_city", "is_deleted")
CREATED, MODIFIED = "2024-01-01T08:00:00Z", "2024-06-01T08:00:00Z"


@pytest.fixture(scope="module")
def versions(macros, warehouse):
    """Return what a contact said from when on: (day, e-mail, city), by contact."""

    fields = [field["name"] for field in macros.salesforce_fields("contact")]
    own = ("id", "contact_id", "field", "old_value", "created_date")

    def values(rows, names):
        listed = ", ".join("(" + ", ".join("?::varchar" for _ in names) + ")" for _ in rows)
        place = "'f' as feed_file, row_number() over () as feed_row"
        return f"select *, {place} from (values {listed}) as t ({', '.join(names)})"

    def found(contacts, history):
        missing = [name for name in fields if name not in OWN]
        query = f"""
            with contact as ({values(contacts, OWN)}),
            identified as (
                select *, id as record_id, cast(null as timestamp) as also_known_at,
                    cast(null as varchar) as _fivetran_deleted,
                    {", ".join(f'cast(null as varchar) as "{name}"' for name in missing)}
                from contact
            ),
            history as ({values(history, own)}),
            {macros.salesforce_versions("contact")}
            select strftime(version_at, '%m-%d'), email, mailing_city
            from versions order by record_id, version_at
        """
        parameters = [value for row in (*contacts, *history) for value in row]
        return warehouse.execute(query, parameters).fetchall()

    return found


def contact(
    created=CREATED, modified=MODIFIED, email="new@x", city="Ulm", deleted="false", ident="003"
):
    return (ident, created, modified, email, city, deleted)


def change(day, field, old, ident="1"):
    return (ident, "003", field, old, f"2024-{day}T08:00:00Z")


def test_before_a_change_a_field_had_the_old_value(versions):
    history = [change("01-01", "created", None), change("03-01", "Email", "old@x")]
    assert versions([contact(city=None)], history) == [
        ("01-01", "old@x", None),
        ("03-01", "new@x", None),
        ("06-01", "new@x", None),
    ]


def test_no_value_shows_before_it_was_set(versions):
    history = [change("03-01", "Email", None), change("04-01", "MailingCity", None)]
    assert versions([contact()], history) == [
        ("01-01", None, None),
        ("03-01", "new@x", None),
        ("04-01", "new@x", "Ulm"),
        ("06-01", "new@x", "Ulm"),
    ]


def test_a_field_that_nobody_tracks_is_known_when_the_record_was_last_modified(versions):
    assert [city for _, _, city in versions([contact()], [change("03-01", "Email", "old@x")])] == [
        None,
        None,
        "Ulm",
    ]


def test_a_value_that_came_and_went_shows_in_between(versions):
    history = [
        change("02-01", "Email", "a@x"),
        change("03-01", "Email", "b@x"),
        change("06-01", "Email", "c@x"),
    ]
    emails = [email for _, email, _ in versions([contact()], history)]
    assert emails == ["a@x", "b@x", "c@x", "new@x"]


def test_of_two_changes_in_one_moment_the_first_knows_what_was_before(versions):
    history = [change("06-01", "Email", "b@x", "2"), change("06-01", "Email", "a@x", "1")]
    assert [email for _, email, _ in versions([contact()], history)] == ["a@x", "new@x"]


def test_a_history_that_was_cut_off_reaches_back_eighteen_months(versions):
    old = contact(created="2020-01-01T08:00:00Z")
    assert versions([old], [change("03-01", "Email", "old@x")])[0] == ("09-01", "old@x", None)


def test_without_a_history_there_is_one_version(versions):
    nothing = [("1", "another", "Email", None, None)]
    assert versions([contact()], nothing) == [("06-01", "new@x", "Ulm")]


def test_a_deleted_record_has_one_row_whatever_its_history_says(versions):
    history = [change("03-01", "Email", "old@x")]
    assert versions([contact(deleted="true")], history) == [("06-01", "new@x", "Ulm")]


def test_rows_that_are_versions_already_stay_versions(versions):
    earlier = contact(modified="2024-02-01T08:00:00Z", email="old@x")
    nothing = [("1", "another", "Email", None, None)]
    assert versions([earlier, contact()], nothing) == [
        ("02-01", "old@x", "Ulm"),
        ("06-01", "new@x", "Ulm"),
    ]


@pytest.mark.parametrize("flag", [None, "FALSE", "0"])
def test_a_record_that_is_not_said_to_be_deleted_is_there(versions, flag):
    history = [change("03-01", "Email", "old@x")]
    assert len(versions([contact(deleted=flag)], history)) == 3


def test_a_record_that_was_deleted_and_came_back_is_there(versions):
    gone = contact(modified="2024-02-01T08:00:00Z", deleted="true")
    assert len(versions([gone, contact()], [change("03-01", "Email", "old@x")])) == 4


def test_a_row_without_an_id_stays_to_be_set_aside(versions):
    nothing = [("1", "another", "Email", None, None)]
    assert len(versions([contact(ident=None), contact(ident=None), contact()], nothing)) == 3
