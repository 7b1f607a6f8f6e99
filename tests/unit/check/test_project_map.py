from tessera.check.project_map import DeclaredFeed, Model, ProjectMap


def models(**parents):
    return {
        name: Model(name, f'"build"."pii"."{name}"', "staging", tuple(above))
        for name, above in parents.items()
    }


PROJECT = ProjectMap(
    feeds=(DeclaredFeed("orders", "", ()), DeclaredFeed("costs", "", ())),
    models=models(
        stg_shopify__orders=["base_shopify__lines"],
        base_shopify__lines=[],
        base_feeds__order_rows=["stg_shopify__orders", "email_providers"],
        base_feeds__orders=["base_feeds__order_rows", "test_orders"],
        stg_feeds__orders=["base_feeds__orders"],
        base_feeds__costs=[],
        stg_feeds__costs=["base_feeds__costs"],
    ),
    connectors={"shopify": ["order"], "zendesk": ["ticket"]},
)


def test_a_feed_is_read_from_its_connectors_on():
    assert PROJECT.reading("orders") == (
        "base_shopify__lines", "stg_shopify__orders",
        "base_feeds__order_rows", "base_feeds__orders", "stg_feeds__orders",
    )  # fmt: skip


def test_a_feed_that_no_connector_brings_is_read_from_its_files_on():
    assert PROJECT.reading("costs") == ("base_feeds__costs", "stg_feeds__costs")


def test_a_connector_with_a_model_is_switched_on():
    assert PROJECT.connected == ("shopify",)
    assert PROJECT.connectors_of("orders") == ("shopify",)
    assert PROJECT.connectors_of("costs") == ()
