"""The encoding of a file is found in its bytes."""

import pytest

from tessera.feeds.encodings import find_encoding


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"plain", "utf-8"),
        ("Zoë".encode(), "utf-8"),
        ("\ufeffZoë".encode(), "utf-8-sig"),
        ("\ufeffZoë".encode("utf-16-le"), "utf-16"),
        ("\ufeffZoë".encode("utf-16-be"), "utf-16"),
        ("Zoë".encode("latin-1"), "cp1252"),
        ("€ “Zoë”".encode("cp1252"), "cp1252"),
        ("Zoë and Zoë".encode() + b"\xff", "utf-8"),
        ("Zoë".encode() + "ëëë".encode("latin-1"), "cp1252"),
    ],
)
def test_an_encoding_is_found(tmp_path, content, encoding):
    path = tmp_path / "feed.csv"
    path.write_bytes(content)
    assert find_encoding(path) == encoding


@pytest.mark.parametrize("block", [1, 2, 3])
def test_a_character_between_two_blocks_is_one_character(tmp_path, monkeypatch, block):
    monkeypatch.setattr("tessera.feeds.streams.BLOCK", block)
    path = tmp_path / "feed.csv"
    path.write_bytes("€€".encode() + b"\xff")
    assert find_encoding(path) == "utf-8"
