import numpy as np
import pyarrow as pa

from tessera.simulate.mailboxes import (
    first_numbers,
    in_ascii,
    second_numbers,
    spell_mailboxes,
)


def test_accents_and_umlauts_are_written_in_plain_letters():
    names = pa.array(["Jörg", "Zoë", "O'Brien", "Groß-Weber", "Łukasz", "Anne Marie"])
    assert in_ascii(names).to_pylist() == [
        "joerg", "zoe", "obrien", "gross-weber", "lukasz", "annemarie",
    ]  # fmt: skip


def test_people_of_one_name_have_different_addresses():
    count = 500
    names = pa.array(["Ann"] * count), pa.array(["Lee"] * count)
    spelled = spell_mailboxes(
        np.random.default_rng(1), *names, np.arange(count), pa.array(["example.org"] * count)
    )
    assert len(set(spelled.to_pylist())) == count


def test_no_number_is_given_twice():
    number = np.arange(10_000)
    given = np.concatenate([first_numbers(number), second_numbers(number)])
    assert len(np.unique(given)) == 20_000
