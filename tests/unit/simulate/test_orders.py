import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tessera.simulate.orders import Receipts, order_lines, orders


@pytest.fixture(scope="module")
def receipts(block):
    return Receipts(block)


@pytest.fixture(scope="module")
def placed(block, receipts):
    return orders(block, receipts).to_pandas()


@pytest.fixture(scope="module")
def lines(block, receipts):
    return order_lines(block, receipts).to_pandas()


def newest(deliveries):
    return deliveries.sort_values("recorded_at").groupby("order_id").last()


def test_the_lines_of_an_order_add_up_to_its_newest_delivery(placed, lines):
    paid = (lines.quantity * lines.unit_price).round(2) - lines.discount_amount
    total = paid.groupby(lines.order_id).sum()
    amount = newest(placed).amount
    assert len(total) == len(amount)
    assert (total - amount).abs().max() < 0.005


def test_nothing_is_shown_from_outside_the_history(world, placed, lines):
    calendar = world.calendar
    for table in (placed, lines):
        assert (table.recorded_at.dt.date < calendar.as_of).all()
    assert (placed.ordered_at.dt.date >= calendar.starts_on).all()


def test_an_order_that_ends_otherwise_is_delivered_again_and_later(placed):
    times = placed.groupby("order_id").size()
    assert set(times) == {1, 2}
    ended = placed[placed.order_id.isin(times[times == 2].index)]
    first, last = (ended[ended.duplicated("order_id", keep=keep)] for keep in ("last", "first"))
    assert set(first.status) == {"completed"}
    assert {"cancelled", "returned"} <= set(last.status)
    assert placed[placed.status != "completed"].order_id.isin(times[times == 2].index).all()


def test_a_part_that_came_back_is_a_negative_line_recorded_on_its_return(placed, lines):
    back = lines[lines.is_return]
    assert len(back) > 0
    assert (back.quantity < 0).all()
    ended = newest(placed).loc[back.order_id]
    assert (ended.recorded_at.to_numpy() == back.recorded_at.to_numpy()).all()
    assert (ended.status == "completed").all()


def test_every_order_names_its_customer(placed):
    assert (placed.customer_ref.notna() | placed.email.notna()).all()


def test_orders_in_a_shop_have_a_store_and_are_recorded_at_night(placed):
    in_store = placed.channel == "store"
    assert (placed.store_id.notna() == in_store).all()
    original = placed[in_store & (placed.status == "completed")].drop_duplicates("order_id")
    assert (original.recorded_at.dt.hour == 3).all()
    assert (original.recorded_at > original.ordered_at).all()


def test_countries_pay_in_their_own_money(placed):
    assert set(placed.currency) == {"EUR", "CHF", "GBP", "USD"}


def test_money_is_whole_cents(block, receipts):
    amount = orders(block, receipts)["amount"]
    assert pc.all(pc.equal(pc.round(amount, 2), amount)).as_py()
    assert amount.type == pa.float64()
