from tessera.check.finding import Severity
from tessera.check.vendor_facts import ConnectorFacts, VendorTable
from tessera.check.vendor_findings import vendor_findings

ORDERS = VendorTable("order", files=1, rows=7, columns=("id",))


def told(*connectors, off=()):
    return list(vendor_findings(connectors, off))


def test_a_connector_that_reads_all_there_is_is_not_mentioned():
    assert told(ConnectorFacts("shopify", tables=(ORDERS, VendorTable("refund")))) == []


def test_a_folder_that_is_not_switched_on_is_a_warning_with_the_var_to_set():
    (finding,) = told(ConnectorFacts("shopify", tables=(ORDERS,)), off=["mailchimp"])
    assert finding.severity is Severity.WARNING
    assert finding.what == "nothing reads mailchimp/: no connector of that name is switched on"
    assert "--vars 'connectors: [shopify, mailchimp]'" in finding.advice


def test_a_connector_without_any_row_is_a_warning_that_names_the_tables_there_are():
    tables = (VendorTable("order", files=1), VendorTable("refund"))
    (finding,) = told(ConnectorFacts("shopify", tables=tables))
    assert finding.severity is Severity.WARNING
    assert finding.what == "is switched on, and no row was found in order"


def test_columns_that_nothing_reads_are_counted_and_the_first_are_named():
    names = tuple(f"field_{number}" for number in range(10))
    (finding,) = told(ConnectorFacts("shopify", tables=(VendorTable("order", 1, 7, (), names),)))
    assert finding.severity is Severity.NOTE
    assert finding.what.startswith("10 columns not read: order.field_0, order.field_1")
    assert finding.what.endswith("order.field_7 and 2 more")
    assert "connector_fields" in finding.advice


def test_a_file_that_bears_the_name_of_no_table_is_a_warning_with_the_names_that_are_read():
    (finding,) = told(
        ConnectorFacts("shopify", tables=(ORDERS,), unread_files=("shopify/bestellungen.csv",))
    )
    assert finding.what == "nothing reads shopify/bestellungen.csv"
    assert finding.advice.startswith("It reads order:")


def test_of_a_connector_that_cannot_be_read_only_the_error_is_told_elsewhere():
    assert told(ConnectorFacts("shopify", error="column 'id' is missing", tables=(ORDERS,))) == []


def test_a_connector_of_which_nothing_lies_there_is_told_by_the_build_itself():
    assert told(ConnectorFacts("shopify", tables=(VendorTable("order"),))) == []
