"""Outside is what lies beyond everything known; one value is no range."""

import pytest

from tessera.portrait.references import Published
from tessera.portrait.verdict import judge, sum_up

MEASURED = {"grocer": {"basket_mean": 30.0, "customers": 5}, "records": {"basket_mean": 36.0}}


def _published(figure: str, low: float, high: float) -> Published:
    return Published(figure, low, high, "somebody", 2020, "https://example.com", "it is so")


def _judge_one(name, value, measured=None, published=()):
    judgements = judge({name: value}, measured or {}, published)
    return next(judgement for judgement in judgements if judgement.figure.name == name)


@pytest.mark.parametrize(
    ("value", "side"), [(29.9, "below"), (30, "inside"), (36, "inside"), (36.1, "above")]
)
def test_the_edges_of_the_range_are_inside(value, side):
    assert _judge_one("basket_mean", value, MEASURED).side == side


def test_a_published_figure_widens_the_range_of_the_shops():
    published = [_published("basket_mean", 130, 130)]
    assert not _judge_one("basket_mean", 100.0, MEASURED, published).is_outside


def test_one_known_value_is_no_range():
    assert _judge_one("rating_mean", 1.0, published=[_published("rating_mean", 4, 4)]).side == ""


def test_size_is_not_judged():
    measured = {"grocer": {"customers": 5}, "records": {"customers": 9}}
    assert _judge_one("customers", 1e6, measured).side == ""


def test_a_real_shop_is_never_outside_itself_by_the_digits_that_were_dropped():
    measured = {"grocer": {"basket_mean": 29.4905}, "records": {"basket_mean": 35.8936}}
    assert _judge_one("basket_mean", 29.490493, measured).side == "inside"


def test_the_paragraph_says_what_is_outside_what_has_no_range_and_what_is_unknown():
    values = {"basket_mean": 20.0, "rating_mean": 4.5, "customers": 3.0}
    paragraph = sum_up(judge(values, MEASURED, []))
    assert paragraph.startswith(
        "Figures with a range: 1. Inside: 0. "
        "Outside: 1 (basket value, mean: 20.00, below 30.00). "
        "Not judged for want of a range: 1 (rating in reviews, mean). "
        "Not told by the feeds: "
    )


def test_the_paragraph_lists_nothing_when_nothing_is_outside():
    paragraph = sum_up(judge({"basket_mean": 33.0}, MEASURED, []))
    assert "Inside: 1. Outside: 0. Not judged for want of a range: 0. Not told" in paragraph
