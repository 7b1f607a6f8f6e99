"""Identifiers shown so that whoever knows one recognises it, and nobody else learns it."""

from __future__ import annotations

HIDDEN = "***"
_FEWEST_TO_SHOW_ENDS = 8


def masked(identifier_type: str, value: str) -> str:
    """Return an identifier without its middle.

    Examples
    --------
    >>> masked("email", "jane.doe@gmail.com")
    'j***@g***.com'
    >>> masked("phone", "+493023125017")
    '+49***17'
    >>> masked("customer_ref", "K4711")
    'K***'
    """
    if identifier_type == "email" and "@" in value:
        name, _, domain = value.rpartition("@")
        host, _, ending = domain.rpartition(".")
        return f"{name[:1]}{HIDDEN}@{host[:1]}{HIDDEN}.{ending}"
    if len(value) >= _FEWEST_TO_SHOW_ENDS:
        return f"{value[:3]}{HIDDEN}{value[-2:]}"
    return f"{value[:1]}{HIDDEN}"
