"""Training without labels: u from random pairs, m by expectation maximisation, then the prior.

The way of Splink (Linacre et al., "Splink: free software for probabilistic record linkage at
scale", International Journal of Population Data Science 7, 2022), done here on counted patterns:
sums over pairs come out differently with the number of threads, whole numbers do not. There are
three additions. Where people have many records, some random pairs are one person's, so u weighs
each pair by the probability that it is two people's. Few matches teach little, so m begins at what
is expected of it. And the prior is the one at which as many random pairs match as should.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.identity.linkage.comparisons import expectations, shares_of
from tessera.identity.linkage.parameters import Parameters
from tessera.identity.linkage.patterns import (
    Patterns,
    count_patterns,
    counts_by_level,
    log_ratios,
    probabilities,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb
    from numpy.typing import NDArray

    from tessera.identity.linkage.comparisons import Comparison

    Floats = NDArray[np.float64]

SAMPLE_CONTACTS = 2_000
"""Contacts whose 2 million pairs estimate u. A birth date that one pair in 22,000 shares is met
90 times, which pins it to a tenth; twice the contacts take four times as long."""

TRAINING_PAIRS = 1_000_000
"""Pairs that a rule gives at most: whole blocks, drawn by their hash."""

ROUNDS = 3
"""Fits: the first takes u from all random pairs; after the third no probability of the files that
were tried (FEBRL 1 and 2) moves by more than a thousandth."""

STEPS = 100
"""Steps of expectation maximisation; FEBRL 1 and 2 stand still after 40."""

EXPECTED_MATCHES = 50.0
"""Matches that the expectation of m is worth: some hundred real ones outweigh it."""

FIRST_PRIOR = 0.1
"""Share of a block's pairs that match, before the first step."""

LEAST_PRIOR = 1e-6
"""Where a block has no match at all, its share goes to zero, and the logarithm with it."""

RULES: dict[str, tuple[str, ...]] = {
    "birth_date": ("birth_date",),
    "names": ("first_name", "last_name", "gender"),
    "postcode_and_first": ("address", "first_name", "gender"),
}
"""Kind of block that gives pairs to learn from, and the comparisons whose agreement it takes for
granted and so cannot teach. Each holds something of the person: from those of one address or last
name, one would learn what families are like. A city and a first name hold too little: in a large
shop hardly a pair is one person's, and one would learn what namesakes are like."""

OF_A_PERSON = ("first_name", "last_name", "birth_date")
"""Comparisons that hardly ever differ wholly between two records of one person."""

MOST_DIFFERING = 0.5
"""Share of a rule's matches that may differ in one of these. One person's differ in a tenth, where
typing is bad in a quarter; where more than half do, the matches are namesakes or a family, as the
82 % of differing last names that a large shop's blocks of city and first name once taught."""

TRAINED_ON = """
create table trained_on as
select * exclude (recency)
from (
    select
        *,
        row_number() over (
            partition by identifier_id order by known_at desc, record_number desc
        ) as recency
    from blocked
)
where recency = 1
"""
"""Each contact once, as last seen: versions of one contact are no evidence of how people differ."""

SAMPLED = """
create table sampled as
select * from trained_on
order by md5(identifier_id || ':' || cast($seed as varchar)), record_number
limit $contacts
"""


def fit_parameters(
    bench: duckdb.DuckDBPyConnection, comparisons: Sequence[Comparison], seed: int
) -> Parameters:
    """Fit the model to the records on the workbench.

    Parameters
    ----------
    bench
        A workbench: table ``blocked``.
    comparisons
        What is compared.
    seed
        Draws the contacts whose pairs stand for all pairs.
    """
    bench.execute(TRAINED_ON)
    bench.execute(SAMPLED, {"seed": seed, "contacts": SAMPLE_CONTACTS})
    random_pairs = count_patterns(bench, "sampled", comparisons)
    lessons = [_lesson(bench, comparisons, kind) for kind in RULES]
    m = {each.name: expectations(each.name) for each in comparisons}
    fitted = Parameters(LEAST_PRIOR, m, {})
    are_two_people = np.ones(len(random_pairs.counts))
    for _ in range(ROUNDS):
        u = _fit_u(random_pairs, are_two_people)
        m = _fit_m(lessons, Parameters(fitted.prior, fitted.m, u))
        fitted = Parameters(_fit_prior(random_pairs, Parameters(fitted.prior, m, u)), m, u)
        are_two_people = 1 - probabilities(log_ratios(random_pairs, fitted), fitted.prior)
    return fitted


def _lesson(
    bench: duckdb.DuckDBPyConnection, comparisons: Sequence[Comparison], kind: str
) -> Patterns:
    """Return the patterns of a rule's pairs, in the comparisons that it can teach."""
    ((pairs,),) = bench.execute(
        f"select coalesce(sum(records * (records - 1) / 2), 0) "  # noqa: S608 - our own names
        f"from (select count(*) as records from trained_on "
        f"where block_{kind} is not null group by block_{kind})"
    ).fetchall()
    share = min(1.0, TRAINING_PAIRS / max(pairs, 1))
    drawn = f"md5(l.block_{kind}) < '{min(int(share * 0x10000), 0xFFFF):04x}g'"
    taught = [each for each in comparisons if each.name not in RULES[kind]]
    within = f"l.block_{kind} = r.block_{kind} and {drawn}"
    return count_patterns(bench, "trained_on", taught, within)


def _fit_u(patterns: Patterns, are_two_people: Floats) -> dict[str, list[float]]:
    """Return each level's share among pairs of two people; what was not met is half a pair."""
    met = counts_by_level(patterns, patterns.counts * are_two_people)
    return {name: shares_of(name, found + 0.5) for name, found in met.items()}


def _fit_m(lessons: Sequence[Patterns], fitted: Parameters) -> dict[str, list[float]]:
    """Return the share of each level among pairs of one person, over all that the rules taught."""
    met = {name: EXPECTED_MATCHES * np.array(expectations(name)) for name in fitted.m}
    for patterns in lessons:
        if not len(patterns.counts):
            continue
        learnt = _learn(patterns, fitted)
        if not _are_of_one_person(learnt):
            continue
        for name, found in learnt.items():
            met[name] += found
    return {name: shares_of(name, found) for name, found in met.items()}


def _learn(patterns: Patterns, fitted: Parameters) -> dict[str, Floats]:
    """Return the matches at each level, by expectation maximisation over a rule's pairs."""
    start = {
        each.name: EXPECTED_MATCHES * np.array(expectations(each.name))
        for each in patterns.comparisons
    }
    m, share = dict(fitted.m), FIRST_PRIOR
    met: dict[str, Floats] = {}
    for _ in range(STEPS):
        now = Parameters(share, m, fitted.u)
        matches = patterns.counts * probabilities(log_ratios(patterns, now), share)
        share = float(np.clip(matches.sum() / patterns.counts.sum(), LEAST_PRIOR, 1 - LEAST_PRIOR))
        met = counts_by_level(patterns, matches)
        for name, found in met.items():
            m[name] = shares_of(name, found + start[name])
    return met


def _are_of_one_person(learnt: dict[str, Floats]) -> bool:
    """Say whether a rule's matches can be people's own records, and not their namesakes'."""
    return all(
        found[-1] <= MOST_DIFFERING * found.sum()
        for name, found in learnt.items()
        if name in OF_A_PERSON
    )


def _fit_prior(patterns: Patterns, fitted: Parameters) -> float:
    """Return the prior at which as many random pairs match as it says, half a match added."""
    prior, evidence = fitted.prior, log_ratios(patterns, fitted)
    for _ in range(STEPS):
        matches = float(patterns.counts @ probabilities(evidence, prior))
        prior = (matches + 0.5) / (float(patterns.counts.sum()) + 1)
    return prior
