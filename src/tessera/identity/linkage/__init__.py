"""Linkage: contacts that share no identifier, and are probably one person all the same."""

from tessera.identity.linkage.fitting import fit_linkage
from tessera.identity.linkage.linking import link_contacts
from tessera.identity.linkage.records import load_nicknames, load_records
from tessera.identity.linkage.schemas import (
    CONTACT_LINKAGE_MODELS_ORDER,
    CONTACT_LINKAGE_MODELS_SCHEMA,
    CONTACT_LINKS_ORDER,
    CONTACT_LINKS_SCHEMA,
)

__all__ = [
    "CONTACT_LINKAGE_MODELS_ORDER",
    "CONTACT_LINKAGE_MODELS_SCHEMA",
    "CONTACT_LINKS_ORDER",
    "CONTACT_LINKS_SCHEMA",
    "fit_linkage",
    "link_contacts",
    "load_nicknames",
    "load_records",
]
