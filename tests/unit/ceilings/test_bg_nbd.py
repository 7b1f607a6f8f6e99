"""BG/NBD against what its authors published of CDNOW's classic sample."""

import csv

import numpy as np
import pytest

from benchmarks.bg_nbd import BgNbd, Histories, fit_bg_nbd
from tessera.fetch import cdnow
from tessera.fetch.packages import find_package_folder

PUBLISHED = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426)
FIRST_CUSTOMER = Histories(np.array([2.0]), np.array([30.43]), np.array([38.86]))


@pytest.fixture
def sample() -> Histories:
    package = find_package_folder(cdnow.DATA_SET.import_name)
    if package is None:
        pytest.skip("lifetimes is not installed")
    with (package / "datasets" / "cdnow_customers_summary.csv").open() as file:
        rows = list(csv.DictReader(file))
    columns = ("frequency", "recency", "T")
    return Histories(*(np.array([float(row[name]) for row in rows]) for name in columns))


def test_the_published_customer_is_expected_to_buy_as_published():
    assert PUBLISHED.expected_purchases(FIRST_CUSTOMER, 39)[0] == pytest.approx(1.226, abs=5e-4)


def test_who_never_came_back_is_alive_for_certain():
    once = Histories(np.zeros(1), np.zeros(1), np.array([38.86]))
    assert PUBLISHED.probability_alive(once)[0] == 1.0


def test_the_published_parameters_are_found_on_the_classic_sample(sample):
    assert PUBLISHED.log_likelihoods(sample).sum() == pytest.approx(-9582.4, abs=0.05)
    found = fit_bg_nbd(sample)
    assert (found.r, found.alpha) == pytest.approx((0.243, 4.414), abs=5e-4)
    assert (found.a, found.b) == pytest.approx((0.793, 2.426), abs=5e-4)
    assert found.expected_purchases(sample, 39).sum() == pytest.approx(1653, abs=0.5)
