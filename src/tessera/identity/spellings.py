"""Keys of an identifier, as the tables of identity write them and as a later file may spell it.

A key is what the macro ``identifier_key`` writes: MD5 of the secret, the type and the value. From
the key nobody who lacks the secret can tell the value.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import quote

import phonenumbers
from phonenumbers import PhoneNumberFormat

REFERENCE_TYPES = (
    "contact_id",
    "customer_ref",
    "user_ref",
    "email",
    "phone",
    "device_id",
    "anonymous_id",
)
"""The columns of the feeds that say whose row it is, the strongest first."""

WEAK_TYPES = ("device_id", "anonymous_id")

FEWEST_DIGITS = 6
"""A phone number of fewer digits is an extension or a slip: its digits alone say nothing."""

TELLING_DIGITS = 9
TELLING_LENGTH = 8
"""From these lengths on a value is taken for the same thing wherever it stands in a text."""

_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, order=True)
class Identifier:
    """A value of an identifier type: as a source wrote it, or as identity normalised it."""

    identifier_type: str
    value: str


def identifier_key(secret: str, identifier_type: str, value: str) -> str:
    """Return the keyed hash that stands for an identifier outside schema ``pii``.

    Examples
    --------
    >>> identifier_key("demo", "email", "zoe@example.org")
    '9deff958d69976b6635c698b7b6304f1'
    """
    return hashlib.md5(f"{secret}:{identifier_type}:{value}".encode()).hexdigest()  # noqa: S324


def is_key(text: str) -> bool:
    """Tell whether a text has the shape of a keyed hash."""
    return _KEY.fullmatch(text) is not None


def digits_of(text: str) -> str:
    """Return the digits of a text, which is how a phone number is compared whatever its marks.

    Examples
    --------
    >>> digits_of("+49 (30) 901-820")
    '4930901820'
    """
    return "".join(character for character in text if character in "0123456789")


def spellings(identifier: Identifier) -> set[str]:
    """Return the spellings by which a later file may name the same identifier.

    Those of an e-mail address are in small letters. Those of a phone number are its digits, as it
    is dialled from abroad and at home. Any other identifier has one spelling.

    Examples
    --------
    >>> sorted(spellings(Identifier("email", "Zoe@Example.org")))
    ['Zoe@Example.org', 'zoe@example.org']
    >>> sorted(spellings(Identifier("phone", "+4930901820")))
    ['+4930901820', '004930901820', '030901820', '49030901820', '4930901820']
    """
    value = identifier.value
    if identifier.identifier_type == "email":
        return {value, value.lower()}
    digits = digits_of(value)
    if identifier.identifier_type != "phone" or len(digits) < FEWEST_DIGITS:
        return {value}
    return {value, digits, *_dialled(value)}


def _dialled(phone: str) -> set[str]:
    """Return the digits by which an international number is called, and is at times written."""
    if not phone.startswith("+"):
        return set()
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return set()
    at_home = digits_of(phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL))
    abroad = digits_of(phonenumbers.format_number(number, PhoneNumberFormat.E164))
    return {abroad, f"00{abroad}", at_home, f"{number.country_code}{at_home}"}


def keys_of(secret: str, identifier: Identifier) -> set[str]:
    """Return the keys of every spelling of an identifier."""
    kind = identifier.identifier_type
    return {identifier_key(secret, kind, each) for each in spellings(identifier)}


def mailbox_address(
    address: str, provider: str, same_as: str | None, ignored: str | None, separator: str | None
) -> str:
    """Return an address as its provider reads it: macro ``provider_address`` for one value.

    Parameters
    ----------
    address
        In small letters.
    provider, same_as, ignored, separator
        A row of ``seeds/email_providers.csv``.

    Examples
    --------
    >>> mailbox_address("zo.e+x@googlemail.com", "googlemail", "gmail", ".", "+")
    'zoe@gmail.com'
    """
    local, _, domain = address.partition("@")
    name = local.split(separator)[0] if separator else local
    kept = "".join(character for character in name if character not in (ignored or ""))
    return f"{kept or local}@{same_as + domain[len(provider) :] if same_as else domain}"


def is_telling(identifier: Identifier) -> bool:
    """Tell whether a value means this person in any text: ``17`` may be anything, an address not.

    Examples
    --------
    >>> [is_telling(Identifier("contact_id", value)) for value in ("17", "anna", "crm-000-17")]
    [False, False, True]
    """
    value = identifier.value
    if "@" in value:
        return True
    if identifier.identifier_type == "phone":
        return len(digits_of(value)) >= TELLING_DIGITS
    is_mixed = any(c.isdigit() for c in value) and any(c.isalpha() for c in value)
    return len(value) >= TELLING_LENGTH and is_mixed


def telling_texts(identifier: Identifier) -> set[str]:
    """Return what to look for in free text and in links, in small letters; nothing if it is vague.

    Examples
    --------
    >>> sorted(telling_texts(Identifier("email", "Zoe@example.org")))
    ['zoe%40example.org', 'zoe@example.org']
    """
    if not is_telling(identifier):
        return set()
    value = identifier.value.lower()
    return {value, quote(value, safe="").lower()}
