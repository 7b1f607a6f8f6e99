import pyarrow as pa

from tessera.simulate.web.queries import query_words


def test_a_product_is_searched_by_kind_by_category_and_by_brand(world):
    index, queries = query_words(world.catalogue)
    assert pa.array(queries).take(pa.array(index[0])).to_pylist() == [
        "tools",
        "kitchen",
        "nobody tools",
    ]
    assert len(queries) == 5
