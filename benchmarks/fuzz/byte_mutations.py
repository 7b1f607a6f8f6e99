"""Files damaged on their way."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random


def truncate(rng: Random, content: bytes) -> bytes:
    """Lose the end of the file."""
    return content[: rng.randrange(len(content) + 1)]


def empty_file(_: Random, __: bytes) -> bytes:
    """Deliver no byte."""
    return b""


def all_zeros(_: Random, content: bytes) -> bytes:
    """Deliver what a disk gives back after a crash."""
    return bytes(min(len(content), 4_096))


def zeros_inside(rng: Random, content: bytes) -> bytes:
    """Lose a stretch inside the file to zeros."""
    place = rng.randrange(len(content) + 1)
    return content[:place] + bytes(64) + content[place + 64 :]


def flip_bytes(rng: Random, content: bytes) -> bytes:
    """Replace some bytes by others."""
    damaged = bytearray(content)
    for _ in range(min(rng.choice((1, 5, 100)), len(damaged))):
        damaged[rng.randrange(len(damaged))] = rng.randrange(256)
    return bytes(damaged)


def noise(rng: Random, _: bytes) -> bytes:
    """Deliver something else altogether."""
    return rng.randbytes(2_000)


def hidden_gzip(_: Random, content: bytes) -> bytes:
    """Compress without saying so."""
    return gzip.compress(content, mtime=0)


BYTE_MUTATIONS = {
    mutation.__name__: mutation
    for mutation in (
        truncate,
        empty_file,
        all_zeros,
        zeros_inside,
        flip_bytes,
        noise,
        hidden_gzip,
    )
}
