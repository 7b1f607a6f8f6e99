"""phone_numbers: the number behind each phone as written. One row per phone and country.

Thin binder over tessera.identity.phones.read_phone_numbers.
"""

from tessera import frames
from tessera.identity import phones


def model(dbt, session):
    written, default_country = phones.read_written_phones(dbt.ref("reference_sets"))
    numbers = phones.read_phone_numbers(written, default_country)
    return frames.typed(numbers, phones.PHONE_NUMBERS_SCHEMA)
