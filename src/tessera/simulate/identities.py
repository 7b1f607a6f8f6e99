"""By which names the company's systems know each person, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.ids import spell_ids

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from tessera.simulate.lifetimes import Lifetimes
    from tessera.simulate.people import People

ACCOUNT_SHARE = 0.72
LATE_ACCOUNT_SHARE = 0.3
CONTACT_SHARE = 0.75
PHONE_SHARE = 0.7
SECOND_EMAIL_SHARE = 0.12
HOUSEHOLD_SHARE = 0.12
SHARED_EMAIL_SHARE = 0.35
EMAIL_CONSENT_SHARE = 0.52
SMS_CONSENT_SHARE = 0.3
WITHDRAWAL_DAYS = 7_500.0
FADING_WITHDRAWAL_SHARE = 0.08
"""With these, one e-mail in 400 and one text in 150 is answered by an unsubscription: published
rates are 0.10 to 0.27 % and 0.5 to 1.2 % (see the portrait)."""


@dataclass(frozen=True)
class Identities:
    """Identifiers of each person, arrays of shape (people,). Times are days; inf is never.

    Attributes
    ----------
    account
        Id of the shop account; in force from ``account_day``.
    account_day
        When the account was opened.
    contact
        Id of the main CRM contact; it exists from ``contact_day``.
    contact_day
        When the CRM learned of the person.
    email_owner, later_email_day
        Whose address the person uses (their own index, or that of the partner in the household),
        and from when they use a second address of their own.
    has_phone
        Whether a phone number is known.
    partner
        Index of the other person of the household, -1 for none.
    email_consent_day, email_withdrawn_day
        Consent to e-mail lasts from the one to the other.
    sms_consent_day, sms_withdrawn_day
        The same for SMS.
    """

    account: pa.StringArray
    account_day: NDArray[np.float64]
    contact: pa.StringArray
    contact_day: NDArray[np.float64]
    email_owner: NDArray[np.int64]
    later_email_day: NDArray[np.float64]
    has_phone: NDArray[np.bool_]
    partner: NDArray[np.int64]
    email_consent_day: NDArray[np.float64]
    email_withdrawn_day: NDArray[np.float64]
    sms_consent_day: NDArray[np.float64]
    sms_withdrawn_day: NDArray[np.float64]


def draw_identities(
    rng: np.random.Generator, block: int, people: People, lifetimes: Lifetimes
) -> Identities:
    """Draw by which names each person is known."""
    count = len(people)
    account_day = _account_days(rng, people)
    contact_day = _contact_days(rng, people, account_day)
    partner = _partners(rng, count)
    shares = (
        (partner >= 0) & (np.arange(count) > partner) & (rng.random(count) < SHARED_EMAIL_SHARE)
    )
    has_phone = rng.random(count) < PHONE_SHARE
    email_from = np.where(rng.random(count) < EMAIL_CONSENT_SHARE, contact_day, np.inf)
    sms_from = np.where(has_phone & (rng.random(count) < SMS_CONSENT_SHARE), contact_day, np.inf)
    return Identities(
        account=spell_ids("U", block, count),
        account_day=account_day,
        contact=spell_ids("C", block, count),
        contact_day=contact_day,
        email_owner=np.where(shares, partner, np.arange(count)),
        later_email_day=_later_email_days(rng, people),
        has_phone=has_phone,
        partner=partner,
        email_consent_day=email_from,
        email_withdrawn_day=_withdrawals(rng, email_from, lifetimes),
        sms_consent_day=sms_from,
        sms_withdrawn_day=_withdrawals(rng, sms_from, lifetimes),
    )


def _account_days(rng: np.random.Generator, people: People) -> NDArray[np.float64]:
    """Most open an account when they join, some a while later, some never."""
    count = len(people)
    waits = np.where(rng.random(count) < LATE_ACCOUNT_SHARE, rng.exponential(90, count), 0.0)
    return np.where(rng.random(count) < ACCOUNT_SHARE, people.joined_day + waits, np.inf)


def _contact_days(
    rng: np.random.Generator, people: People, account_day: NDArray[np.float64]
) -> NDArray[np.float64]:
    count = len(people)
    known = (rng.random(count) < CONTACT_SHARE) | people.is_prospect
    first = np.where(np.isfinite(account_day), account_day, people.joined_day)
    return np.where(known, first + rng.exponential(2.0, count), np.inf)


def _partners(rng: np.random.Generator, count: int) -> NDArray[np.int64]:
    """Return the other person of two-person households: neighbours in number, -1 for singles."""
    index = np.arange(count)
    other = np.minimum(index ^ 1, count - 1)
    is_couple = np.repeat(rng.random((count + 1) // 2) < HOUSEHOLD_SHARE, 2)[:count]
    return np.where(is_couple & (other != index), other, -1)


def _later_email_days(rng: np.random.Generator, people: People) -> NDArray[np.float64]:
    count = len(people)
    later = people.joined_day + rng.uniform(30, 900, count)
    return np.where(rng.random(count) < SECOND_EMAIL_SHARE, later, np.inf)


def _withdrawals(
    rng: np.random.Generator, given: NDArray[np.float64], lifetimes: Lifetimes
) -> NDArray[np.float64]:
    """Return when consent is withdrawn: at any time, and more often while interest fades."""
    count = len(given)
    usual = given + rng.exponential(WITHDRAWAL_DAYS, count)
    span = lifetimes.churn_day - lifetimes.decline_day
    fading = lifetimes.decline_day + rng.random(count) * span
    leaves = (rng.random(count) < FADING_WITHDRAWAL_SHARE) & (fading > given)
    withdrawn = np.where(leaves, np.minimum(usual, fading), usual)
    return np.where(np.isfinite(given), withdrawn, np.inf)
