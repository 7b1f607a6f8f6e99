import numpy as np
import pyarrow as pa
import pytest

from tessera.simulate.campaigns import CAMPAIGNS
from tessera.simulate.vendors.relabelling import relabelled
from tessera.simulate.vendors.salesforce_ids import CONTACT, salesforce_ids


def test_a_salesforce_id_carries_the_case_of_each_five_characters():
    # 10 + 36 stand for A and k; digits of the first group are 0, 0, 3, 0, 0
    (written,) = salesforce_ids(CONTACT, np.array([10 * 62 + 46])).to_pylist()
    assert written == "0030000000000AkAAI"


def test_numbers_as_large_as_any_id_give_ids_of_their_own():
    numbers = np.array([0, 1, 61, 62, 2**43 - 1])
    written = salesforce_ids(CONTACT, numbers).to_pylist()
    assert len(set(written)) == 5
    assert {len(each) for each in written} == {18}


def test_shop_ids_lose_their_letter_and_others_stay():
    table = pa.table(
        {"order_id": ["O17", "O4"], "customer_ref": ["U9", None], "store_id": ["s_1", "s_2"]}
    )
    assert relabelled("orders", table).to_pydict() == {
        "order_id": ["17", "4"],
        "customer_ref": ["9", None],
        "store_id": ["s_1", "s_2"],
    }


def test_columns_of_codes_stay_columns_of_codes():
    contact = pa.array(["C62", None, "C62"]).dictionary_encode()
    (told,) = relabelled("messages", pa.table({"contact_id": contact})).itercolumns()
    assert pa.types.is_dictionary(told.type)
    assert told.to_pylist() == ["003000000000010AAA", None, "003000000000010AAA"]


def test_chunks_of_codes_with_dictionaries_of_their_own_are_one_column():
    chunks = [pa.array([each]).dictionary_encode() for each in ("O1", "O2")]
    table = pa.table({"order_id": pa.chunked_array(chunks)})
    assert relabelled("orders", table).to_pydict() == {"order_id": ["1", "2"]}


def test_campaigns_get_ids_of_salesforce_and_mailings_of_no_campaign_keep_theirs():
    ids = [campaign.campaign_id for campaign in CAMPAIGNS]
    table = pa.table({"campaign_id": [*ids, "order_follow_up", None]})
    *campaigns, mailing, none = relabelled("messages", table)["campaign_id"].to_pylist()
    assert len(set(campaigns)) == len(CAMPAIGNS)
    assert {each[:3] for each in campaigns} == {"701"}
    assert (mailing, none) == ("order_follow_up", None)


def test_the_truth_about_identifiers_is_relabelled_kind_by_kind():
    told = {
        "contact_id": ("C62", "003000000000010AAA"),
        "customer_ref": ("U5", "5"),
        "user_ref": ("U5", "5"),
        "email": ("C1@mail.example", "C1@mail.example"),
    }
    table = pa.table(
        {
            "identifier_type": list(told),
            "identifier_value": [before for before, _ in told.values()],
        }
    )
    after = relabelled("truth/identifiers", table)["identifier_value"].to_pylist()
    assert after == [after for _, after in told.values()]


@pytest.mark.parametrize(
    ("name", "expected"), [("truth/texts/tickets", "7"), ("truth/texts/feedback", "T7")]
)
def test_of_the_truth_about_texts_only_tickets_are_relabelled(name, expected):
    assert relabelled(name, pa.table({"id": ["T7"]}))["id"].to_pylist() == [expected]


def test_an_empty_table_keeps_its_columns():
    nothing = pa.array([], pa.string())
    table = pa.table({"contact_id": nothing, "order_id": nothing})
    assert relabelled("orders", table).column_names == ["contact_id", "order_id"]
