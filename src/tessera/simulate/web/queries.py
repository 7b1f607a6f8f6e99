"""What people type into the search field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.catalogue import Catalogue

WAYS = 3


def query_words(catalogue: Catalogue) -> tuple[NDArray[np.int64], pa.StringArray]:
    """Return the ways to search for each product: its kind, its category, its kind and brand.

    Returns
    -------
    tuple
        Indices of shape (products, 3) into the queries; and the queries, each once.
    """
    table = catalogue.table
    kind, category = pc.utf8_lower(table["subcategory"]), pc.utf8_lower(table["category"])
    with_brand = pc.binary_join_element_wise(pc.utf8_lower(table["brand"]), kind, " ")
    ways = pa.chunked_array(kind.chunks + category.chunks + with_brand.chunks)
    encoded = ways.combine_chunks().dictionary_encode()
    indices = encoded.indices.to_numpy().astype(np.int64)
    return indices.reshape(WAYS, len(table)).T, encoded.dictionary
