import stat

import pytest

from tessera.identity.spellings import Identifier, identifier_key, keys_of, spellings
from tessera.identity.tombstones import (
    TombstoneError,
    add_tombstones,
    read_tombstones,
    require_secret,
)

ZOE = {("email", identifier_key("s", "email", "zoe@example.org"))}
ANN = {("email", identifier_key("s", "email", "ann@example.org"))}


def test_without_a_file_nobody_was_forgotten(tmp_path):
    assert read_tombstones(tmp_path / "forgotten.csv") == ()


def test_what_was_written_stays_when_somebody_is_added(tmp_path):
    path = tmp_path / "forgotten.csv"
    assert add_tombstones(path, "s", ZOE, "2026-01-01") == 1
    assert add_tombstones(path, "s", ZOE | ANN, "2026-02-01") == 1
    emails = {
        (each.identifier_id, each.forgotten_on)
        for each in read_tombstones(path)
        if each.identifier_type == "email"
    }
    assert emails == {(next(iter(ZOE))[1], "2026-01-01"), (next(iter(ANN))[1], "2026-02-01")}


def test_the_same_tombstones_are_the_same_bytes_in_any_order(tmp_path):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    add_tombstones(one, "s", ZOE, "2026-01-01")
    add_tombstones(one, "s", ANN, "2026-01-01")
    add_tombstones(two, "s", ANN | ZOE, "2026-01-01")
    assert one.read_bytes() == two.read_bytes()


def test_the_file_shows_no_identifier_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "forgotten.csv"
    add_tombstones(path, "s", ZOE, "2026-01-01")
    assert "zoe" not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_another_secret_is_refused(tmp_path):
    path = tmp_path / "forgotten.csv"
    add_tombstones(path, "s", ZOE, "2026-01-01")
    before = path.read_bytes()
    with pytest.raises(TombstoneError, match="another TESSERA_IDENTITY_KEY"):
        add_tombstones(path, "other", ANN, "2026-01-01")
    with pytest.raises(TombstoneError, match="another TESSERA_IDENTITY_KEY"):
        require_secret(path, read_tombstones(path), "other")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("who\n", "row 1: expected the header"),
        ("", "row 1: expected the header"),
        ("identifier_type,identifier_id,forgotten_on\nemail,zoe@x.org,2026-01-01\n", "row 2"),
        ("identifier_type,identifier_id,forgotten_on\nemail\n", "row 2"),
    ],
)
def test_a_damaged_file_is_named_with_its_row_and_without_its_values(tmp_path, text, said):
    path = tmp_path / "forgotten.csv"
    path.write_text(text)
    with pytest.raises(TombstoneError, match=said) as raised:
        read_tombstones(path)
    assert "zoe" not in str(raised.value)


@pytest.mark.parametrize("written", ["+493023125017", "00493023125017", "03023125017"])
def test_a_number_read_as_e164_is_recognised_by_the_digits_of_other_spellings(written):
    digits = "".join(character for character in written if character.isdigit())
    assert digits in spellings(Identifier("phone", "+493023125017"))


def test_few_digits_are_no_phone_number_of_anybody():
    assert spellings(Identifier("phone", "ext. 17")) == {"ext. 17"}


def test_an_id_keeps_its_case_and_an_address_has_none():
    assert keys_of("s", Identifier("user_ref", "Ann")) != keys_of(
        "s", Identifier("user_ref", "ann")
    )
    assert keys_of("s", Identifier("email", "a@b.c")) < keys_of("s", Identifier("email", "A@b.c"))
