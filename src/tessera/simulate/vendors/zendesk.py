"""Zendesk Support: tickets as they are now, users, comments as HTML, ratings, field histories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.rows import repeated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tessera.simulate.vendors.vendor_shop import VendorShop

CONNECTOR_FIELDS = {"zendesk.tickets": {"handling_minutes": "custom_handling_minutes"}}
FORMATS = {"ticket_comments": "ndjson"}

CHANNELS = {"form": "web", "phone": "voice"}
"""Zendesk's words for channels that the shop calls otherwise."""

HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;", "\n": "<br>"}
OPENING, CLOSING = '<div class="zd-comment" dir="auto"><p>', "</p></div>"
ROOM = 2**32
"""Numbers of one block of people."""
AGENT = 7_000
TICKETS_PER_MISHAP = 100


def exports(shop: VendorShop) -> Iterator[tuple[str, pa.Table]]:
    """Yield the tables of one block of people; the shop as a whole has an agent."""
    if shop.number is None:
        yield "users", _users(pa.array([AGENT]), pa.nulls(1, pa.string()), "agent")
        return
    first, last = openings_and_endings(shop.feeds["tickets"])
    requester, users = requesters(last, shop.number)
    yield "users", users
    yield "tickets", pa.concat_tables([tickets(last, requester), mishaps(last, requester)])
    yield "ticket_comments", comments(last, requester)
    yield "satisfaction_ratings", ratings(last, requester)
    yield "ticket_field_history", field_history(first, last)


def openings_and_endings(feed: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Return the first and the last delivery of each ticket, in the same order."""
    ordered = feed.sort_by([("ticket_id", "ascending"), ("recorded_at", "ascending")])
    ids = ordered["ticket_id"].cast(pa.string()).combine_chunks().dictionary_encode().indices
    codes = ids.to_numpy(zero_copy_only=False)
    starts = np.flatnonzero(np.append(True, codes[1:] != codes[:-1])[: len(codes)])
    ends = np.append(starts[1:], len(codes))[: len(starts)] - 1
    return ordered.take(pa.array(starts)), ordered.take(pa.array(ends))


def requesters(tickets: pa.Table, number: int) -> tuple[pa.Array, pa.Table]:
    """Return who asks, one user per address or number, and the users."""
    names = pc.coalesce(tickets["email"].cast(pa.string()), tickets["phone"].cast(pa.string()))
    encoded = pa.chunked_array(names.chunks, pa.string()).combine_chunks().dictionary_encode()
    ids = pa.array(number * ROOM + 10 * AGENT + np.arange(len(encoded.dictionary)))
    return ids.take(encoded.indices), _users(ids, encoded.dictionary, "end-user")


def _users(ids: pa.Array, names: pa.Array, role: str) -> pa.Table:
    is_email = pc.match_substring(names, "@")
    return pa.table(
        {
            "id": ids,
            "email": pc.if_else(is_email, names, None),
            "phone": pc.if_else(is_email, None, names),
            "external_id": pa.nulls(len(ids), pa.string()),
            "role": repeated(role, len(ids)),
            "active": np.ones(len(ids), bool),
        }
    )


def tickets(last: pa.Table, requester: pa.Array) -> pa.Table:
    """Return one row per ticket, as it is now."""
    return pa.table(
        {
            "id": last["ticket_id"].cast(pa.int64()),
            "requester_id": requester,
            "subject": last["subject"].cast(pa.string()),
            "description": last["body"].cast(pa.string()),
            "via": _via(last["channel"]),
            "priority": last["priority"].cast(pa.string()),
            "status": last["status"].cast(pa.string()),
            "custom_handling_minutes": last["handling_minutes"],
            "merged_ticket_ids": repeated("[]", len(last)),
            "created_at": _instants(last["created_at"]),
            "updated_at": _instants(last["recorded_at"]),
        }
    )


def _via(channels: pa.ChunkedArray) -> pa.Array:
    """Return channels as the API nests them."""
    encoded = channels.cast(pa.string()).combine_chunks().dictionary_encode()
    words = [CHANNELS.get(word, word) for word in encoded.dictionary.to_pylist()]
    nested = pa.array([f'{{"channel": "{word}", "source": {{"rel": null}}}}' for word in words])
    return nested.cast(pa.string()).take(encoded.indices)


def mishaps(last: pa.Table, requester: pa.Array) -> pa.Table:
    """Return copies of some tickets that came in twice, and were deleted."""
    place = pa.array(np.arange(0, len(last), TICKETS_PER_MISHAP))
    copies = tickets(last.take(place), requester.take(place))
    ids = pc.add(copies["id"].cast(pa.int64()), 2**44)
    copies = copies.set_column(0, "id", ids)
    return copies.set_column(
        copies.column_names.index("status"), "status", [repeated("deleted", len(copies))]
    )


def comments(last: pa.Table, requester: pa.Array) -> pa.Table:
    """Return two comments per ticket: what the customer wrote, and a note of an agent."""
    place = np.arange(len(last))
    asked = last.filter(pc.is_valid(last["body"]))
    asks = _comments(asked, requester.filter(pc.is_valid(last["body"]).combine_chunks()), "asks")
    body = html_bodies(asked["body"])
    asks = asks.append_column("html_body", [body])
    notes = _comments(last, pa.array(np.full(len(place), AGENT)), "notes")
    return pa.concat_tables(
        [asks, notes.append_column("html_body", [repeated("<p>On it.</p>", len(notes))])]
    )


def _comments(of: pa.Table, author: pa.Array, kind: str) -> pa.Table:
    is_public = kind == "asks"
    numbers = pc.multiply(of["ticket_id"].cast(pa.int64()), 2)
    return pa.table(
        {
            "id": pc.add(numbers, 0 if is_public else 1),
            "ticket_id": of["ticket_id"].cast(pa.int64()),
            "author_id": author,
            "public": np.full(len(of), is_public),
            "created_at": _instants(of["created_at"]),
        }
    )


def html_bodies(bodies: pa.ChunkedArray) -> pa.Array:
    """Return texts as the HTML of comments.

    Examples
    --------
    >>> html_bodies(pa.chunked_array([["a < b"]])).to_pylist()
    ['<div class="zd-comment" dir="auto"><p>a &lt; b</p></div>']
    """
    text = bodies.cast(pa.string())
    for character, name in HTML.items():
        text = pc.replace_substring(text, character, name)
    whole = pc.binary_join_element_wise(OPENING, text, CLOSING, "")
    return pa.chunked_array(whole.chunks, pa.string()).combine_chunks()


def ratings(last: pa.Table, requester: pa.Array) -> pa.Table:
    """Return one row per solved ticket: its rating, or that one was offered."""
    is_solved = pc.is_valid(last["resolved_at"]).combine_chunks()
    solved = last.filter(is_solved)
    score = solved["satisfaction_score"].cast(pa.int64()).cast(pa.string())
    return pa.table(
        {
            "id": solved["ticket_id"].cast(pa.int64()),
            "ticket_id": solved["ticket_id"].cast(pa.int64()),
            "requester_id": requester.filter(is_solved),
            "score": pc.fill_null(score, "offered"),
            "created_at": _instants(solved["resolved_at"]),
            "updated_at": _instants(solved["resolved_at"]),
        }
    )


def field_history(first: pa.Table, last: pa.Table) -> pa.Table:
    """Return what each ticket said when it was opened, and when it was solved."""
    parts = [
        _values(first, name, first[name], first["recorded_at"])
        for name in ("subject", "priority", "status")
    ]
    solved = last.filter(pc.is_valid(last["resolved_at"]))
    parts.append(_values(solved, "status", solved["status"], solved["resolved_at"]))
    return pa.concat_tables(parts)


def _values(of: pa.Table, name: str, values: pa.ChunkedArray, updated: pa.ChunkedArray) -> pa.Table:
    return pa.table(
        {
            "ticket_id": of["ticket_id"].cast(pa.int64()),
            "field_name": repeated(name, len(of)),
            "value": values.cast(pa.string()),
            "updated": _instants(updated),
        }
    ).filter(pc.is_valid(values))


def _instants(times: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return times (UTC) as such: to the API they are texts, to Fivetran times."""
    return times.cast(pa.timestamp("us", "UTC"))
