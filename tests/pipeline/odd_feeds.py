"""A feeds folder as real exports make it, each file small enough to check by hand."""

import gzip
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

LONG_TEXT = "word " * 1_000_000

NUMBERS = {
    # as written: in a file with commas or tabs, in one with semicolons
    "12.5": ("12.5", "12.5"),
    "+12.50": ("12.5", "12.5"),
    "1.234,50": ("1234.5", "1234.5"),
    "1,234.50": ("1234.5", "1234.5"),
    "1 234,50": ("1234.5", "1234.5"),
    "1\u00a0234,50": ("1234.5", "1234.5"),
    "1'234.50": ("1234.5", "1234.5"),
    "12,5": ("12.5", "12.5"),
    "1,234": ("1234", "1.234"),
    "0,125": ("0.125", "0.125"),
    "1234,567": ("1234.567", "1234.567"),
    "1.234": ("1.234", "1.234"),
    "1.234.567": ("1234567", "1234567"),
    "1,234,567": ("1234567", "1234567"),
    "€ 12.50": ("12.5", "12.5"),
    "-$1,234.00": ("-1234", "-1234"),
    "12,50 €": ("12.5", "12.5"),
    "(12.50)": ("-12.5", "-12.5"),
    "\u22123": ("-3", "-3"),
    "1.5e3": ("1500", "1500"),
    "1,5E3": ("1500", "1500"),
    "12,34,567": (None, None),
    "1 2": (None, None),
    "--5": (None, None),
    "5 apples": (None, None),
    "nan": (None, None),
    "99999999999999999999": (None, None),
}

TIMES = {
    "2024-03-01": "2024-03-01 00:00:00",
    "2024/03/01 10:00": "2024-03-01 10:00:00",
    "2024-03-01T10:00:00": "2024-03-01 10:00:00",
    "2024-03-01T10:00:00Z": "2024-03-01 10:00:00",
    "2024-03-01T10:00Z": "2024-03-01 10:00:00",
    "2024-03-01 10:00 -0530": "2024-03-01 15:30:00",
    "2024-03-01T10:00:00+02:00": "2024-03-01 08:00:00",
    "2024-03-01 10:00:00 +0200": "2024-03-01 08:00:00",
    "2024-03-01 10:00:00-05": "2024-03-01 15:00:00",
    "2024-03-01 10:00:00.123456": "2024-03-01 10:00:00.123456",
    "2024-03-01 10:00:00,5": "2024-03-01 10:00:00.5",
    "2024-03-01T10:00:00.123456789Z": "2024-03-01 10:00:00.123456",
    "20240301": "2024-03-01 00:00:00",
    "20240301T100000Z": "2024-03-01 10:00:00",
    "20240301100000": "2024-03-01 10:00:00",
    "1709287200": "2024-03-01 10:00:00",
    "1709287200.5": "2024-03-01 10:00:00.5",
    "1709287200123": "2024-03-01 10:00:00.123",
    "1709287200123456": "2024-03-01 10:00:00.123456",
    "1709287200123456789": "2024-03-01 10:00:00.123456",
    "03.02.2024": None,
    "02/03/2024": None,
    "01-02-03": None,
    "0000-00-00 00:00:00": None,
    "0001-01-01": None,
    "2024-02-30": None,
    "infinity": None,
    "now": None,
    "45352.6": None,
    "99999999999999999999": None,
    "99999999-01-01": None,
}

BOOLEANS = {
    **dict.fromkeys(["true", "TRUE", "t", "1", "yes", "Y"], True),
    **dict.fromkeys(["False", "f", "0", "NO", "n"], False),
    **dict.fromkeys(["", " "], None),
}
NO_BOOLEANS = ["maybe", "2"]

HEADER = "order_id,contact_id,ordered_at,amount\n"
UTF_16 = "\ufeff" + HEADER

ORDERS = {
    "bom.csv": "\ufeffORDER ID,Contact-ID,ordered.at,AMOUNT\nbom,ann,2024-01-01,1\n".encode(),
    "crlf.csv": f"{HEADER}crlf,ann,2024-01-01,1\n".replace("\n", "\r\n").encode(),
    "header_only.csv": HEADER.encode(),
    "latin_1.csv": f"{HEADER}latin_1,Zoë,2024-01-01,1\n".replace(",", ";").encode("latin-1"),
    "mixed_ends.csv": f"{HEADER}ends_1,ann,2024-01-01,1\r\nends_2,ann,2024-01-01,1\r".encode(),
    "nothing.csv": b"",
    "nul.csv": f"{HEADER}nul,a\0nn,2024-01-01,1\n".encode(),
    "ONE.CSV.GZ": gzip.compress(f"{HEADER}packed,ann,2024-01-01,1\n".encode()),
    "order.csv": b"amount,extra,ordered_at,contact_id,order_id\n1,what,2024-01-01,ann,order\n",
    "padded.csv.gz": gzip.compress(f"{HEADER}padded,ann,2024-01-01,1\n".encode()) + bytes(9),
    "part1.csv": f"{HEADER}part,ann,2024-01-01,1\n".encode(),
    "part[1].csv": f"{HEADER}part_[1],ann,2024-01-01,1\n".encode(),
    "part*.csv": f"{HEADER}part_*,ann,2024-01-01,1\n".encode(),
    "pipe.csv": b"order_id|contact_id|ordered_at|amount|channel\npipe|ann|2024-01-01|1|a,b;c\n",
    "quotes.csv": (
        b'"order_id","contact_id","ordered_at","amount","channel"\n'
        b'"quotes","ann","2024-01-01","1","says ""hi"",\nand goes"\n'
    ),
    "sep.csv": b"sep=;\norder_id;contact_id;ordered_at;amount\nsep;ann;2024-01-01;1\n",
    "tab.csv": b"order_id\tcontact_id\tordered_at\tamount\ntab\tann\t2024-01-01\t1\n",
    "utf_16_be.csv": f"{UTF_16}utf_16_be,Łukasz,2024-01-01,1\n".encode("utf-16-be"),
    "utf_16_le.csv": f"{UTF_16}utf_16_le,😀,2024-01-01,1\n".encode("utf-16-le"),
    "utf_8.csv": f"{HEADER}utf_8,Łukasz 😀,2024-01-01,1\n".encode(),
    "windows.csv": f"{HEADER}windows,“Zoë” €,2024-01-01,1\n".encode("cp1252"),
}

MISSHAPEN = (
    "product_id,name,category\n"
    "p1,good,c\n"
    "p2,too few\n"
    "p3,too,many,values\n"
    "p4,a blank value too many,c,\n"
    'p5,"never closed,c\n'
    "p6,good,c\n"
    'p7,"quoted" and on,c\n'
    "p8,Zoë,c\n"
    "p9,bro@ken,c\n"
    "\n"
    'p10,"good, ""quoted""",c\n'
)


def write_odd_feeds(folder):
    """Write them all; ``folder`` exists."""
    for name, content in ORDERS.items():
        _write(folder / "orders" / name, content)
    _write(folder / "order_lines" / "commas.csv", _numbers(","))
    _write(folder / "order_lines" / "semicolons.csv", _numbers(";"))
    times = [f't{place},"name","{text}"' for place, text in enumerate(TIMES)]
    _write(folder / "campaigns.csv", "\n".join(["campaign_id,name,started_at", *times]).encode())
    damaged = MISSHAPEN.encode().replace(b"bro@ken", b"bro\xffken")
    _write(folder / "products.csv.gz", gzip.compress(damaged))
    _write(folder / "contacts" / "1.csv", _contacts())
    _write(folder / "contacts" / "2.csv", f"contact_id,street\nlong,{LONG_TEXT}\n".encode())
    _write_parquet(folder / "campaign_assignments")
    (folder / "campaign_outcomes.csv").touch()


def _write(path, content):
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def _numbers(delimiter):
    header = delimiter.join(["order_id", "line_number", "product_id", "quantity", "unit_price"])
    rows = [
        delimiter.join([f'"{text}"', str(place), "p", "1", f'"{text}"'])
        for place, text in enumerate(NUMBERS)
    ]
    return "\n".join([header, *rows]).encode()


def _contacts():
    rows = [f"b{place},{text}," for place, text in enumerate([*BOOLEANS, *NO_BOOLEANS])]
    header = "contact_id,email_consent,birth_date,Attr Score,unknown"
    dates = ["d0,,1980-05-17", "d1,,1980-05-17T23:00:00Z", "d2,,17.05.1980", "d3,,19800517"]
    return "\n".join([header, *(f"{row},7,x" for row in [*rows, *dates])]).encode()


def _write_parquet(folder):
    folder.mkdir()
    noon = datetime(2024, 3, 1, 12, 0, tzinfo=UTC)
    kinds = {
        "zoned": pa.array([noon], pa.timestamp("us", tz="America/New_York")),
        "naive": pa.array([noon.replace(tzinfo=None)], pa.timestamp("ns")),
        "dates": pa.array([date(2024, 3, 1)], pa.date32()),
        "seconds": pa.array([1709294400], pa.int64()),
        "millis": pa.array([1709294400000.0], pa.float64()),
        "micros": pa.array([Decimal(1709294400000000)], pa.decimal128(20, 0)),
        "nanos": pa.array([1709294400000000000], pa.int64()),
        "nested": pa.array([{"at": noon}], pa.struct([("at", pa.timestamp("us", tz="UTC"))])),
        "nothing": pa.array([None], pa.null()),
    }
    for kind, times in kinds.items():
        table = pa.table(
            {
                "Campaign ID": [kind],
                "arm": pa.array([{"name": "a", "share": 0.5}]),
                "contact_id": pa.array([7], pa.int32()),
                "assigned_at": times,
                "is_control": [True],
                "attr": pa.array([[1, 2]]),
            }
        )
        pq.write_table(table, folder / f"{kind}.parquet")
