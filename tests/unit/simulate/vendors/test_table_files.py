import gzip

import numpy as np
import pyarrow as pa

from tessera.simulate.table_files import write_text

ROWS = pa.table(
    {
        "id": ["1", "2"],
        "at": [np.datetime64("2025-01-02T03:04:05.678", "us"), None],
        "kind": pa.array(["a", "a"]).dictionary_encode(),
    }
)


def test_a_row_of_json_leaves_out_what_it_does_not_know(tmp_path):
    table = ROWS.append_column("more", pa.array([{"x": 1, "y": None}, {"x": None, "y": None}]))
    assert write_text(table, tmp_path / "of" / "rows.ndjson") == 2
    assert (tmp_path / "of" / "rows.ndjson").read_text().splitlines() == [
        '{"id": "1", "at": "2025-01-02T03:04:05.678000", "kind": "a", "more": {"x": 1}}',
        '{"id": "2", "kind": "a", "more": {}}',
    ]


def test_a_csv_has_a_header_and_nothing_for_null(tmp_path):
    write_text(ROWS, tmp_path / "rows.csv")
    assert (tmp_path / "rows.csv").read_text().splitlines() == [
        '"id","at","kind"',
        '"1",2025-01-02 03:04:05.678000,"a"',
        '"2",,"a"',
    ]


def test_a_packed_file_holds_the_plain_one_and_no_time_of_day(tmp_path):
    write_text(ROWS, tmp_path / "rows.csv")
    write_text(ROWS, tmp_path / "rows.csv.gz")
    packed = (tmp_path / "rows.csv.gz").read_bytes()
    assert gzip.decompress(packed) == (tmp_path / "rows.csv").read_bytes()
    assert packed[4:8] == b"\0\0\0\0"
