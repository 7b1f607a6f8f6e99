import pyarrow as pa


def products(rng, n):
    c = rng.integers(0, 40, n)
    return pa.table(
        {
            "product_id": [f"P{i}" for i in range(n)],
            "name": [f"n{i}" for i in range(n)],
            "category": [f"c{i}" for i in c],
            "subcategory": [f"s{i}" for i in c],
            "brand": ["b"] * n,
            "department": ["d"] * n,
            "list_price": rng.lognormal(3, 0.7, n),
            "cost_share": rng.uniform(0.4, 0.7, n),
        }
    )
