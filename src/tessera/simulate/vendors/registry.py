"""The vendors whose exports can be simulated, each with its writer."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tessera.simulate.vendors.vendor_shop import Exports

VENDORS = (
    "shopify",
    "salesforce",
    "zendesk",
    "mailchimp",
    "klaviyo",
    "segment",
    "ga4",
    "mixpanel",
)
"""Their connectors, in the order of macros/connectors/connector_feeds.sql."""


@dataclass(frozen=True)
class Vendor:
    """One vendor.

    Attributes
    ----------
    name
        Of its connector, and of its folder.
    exports
        Its writer.
    formats
        How a table is written: ``parquet`` (of those not named), ``csv``, ``csv.gz``, ``ndjson`` or
        ``ndjson.gz``.
    fields
        The listed fields (dbt var ``connector_fields``) with which its export is to be read.
    """

    name: str
    exports: Exports
    formats: Mapping[str, str]
    fields: Mapping[str, Mapping[str, str]]


def simulated_vendors() -> list[Vendor]:
    """Return every vendor, each with its writer."""
    return [_vendor(name) for name in VENDORS]


def _vendor(name: str) -> Vendor:
    module = import_module(f"{__package__}.{name}")
    return Vendor(
        name,
        module.exports,
        getattr(module, "FORMATS", {}),
        getattr(module, "CONNECTOR_FIELDS", {}),
    )
