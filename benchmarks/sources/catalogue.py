"""The sources of a shop, and which of them each build of the ablation reads."""

from __future__ import annotations

from dataclasses import dataclass

EVERYTHING, SHOP_ALONE = "everything", "shop alone"
WITHOUT, ALONE, COLUMNS = "without", "shop and", "without the columns of"
"""How the name of a variant begins."""
FITTED_AGAIN = "nothing, fitted again"
"""What chance in the fits alone does: everything is kept, and another seed fits."""


@dataclass(frozen=True)
class Ablated:
    """What is taken away together, or added to the shop's own orders.

    Attributes
    ----------
    title
        As the tables call it.
    sources
        Names in :data:`SOURCES`.
    families
        Feature tables that these sources alone fill; empty where no columns are theirs alone.
    """

    title: str
    sources: frozenset[str]
    families: tuple[str, ...] = ()


@dataclass(frozen=True)
class Variant:
    """One build: which sources it reads.

    Attributes
    ----------
    name
        Says what was done; unique.
    kept
        Names in :data:`SOURCES`.
    dropped_families
        Feature tables whose columns are then taken away from what was built.
    seed_added
        To the seed of the fits.
    """

    name: str
    kept: frozenset[str]
    dropped_families: tuple[str, ...] = ()
    seed_added: int = 0

    @property
    def is_of_everything(self) -> bool:
        """Tell whether it is measured on the build that has everything."""
        return bool(self.dropped_families or self.seed_added)

    @property
    def folder_name(self) -> str:
        """Return the name of the variant's folder."""
        return self.name.replace(" ", "-")


SOURCES: dict[str, tuple[str, ...]] = {
    "shop": ("orders", "order_lines", "products"),
    "ga4": ("web_events",),
    "segment": ("web_events",),
    "mixpanel": ("web_events",),
    "salesforce": ("contacts", "campaigns", "campaign_assignments", "campaign_outcomes"),
    "mailchimp": ("messages",),
    "klaviyo": ("messages",),
    "zendesk": ("tickets",),
    "feedback": ("feedback",),
    "costs": ("costs",),
    "rule_segments": ("rule_segments",),
}
"""The feeds of each. One that several bring is divided among them as ``tessera simulate --format
vendors`` does it."""

WEB = ("features_sessions", "features_web_events")
CRM = ("features_crm", "features_campaigns")
MAIL = ("features_messages", "features_message_channels")

ABLATED = (
    Ablated("web events", frozenset({"ga4", "segment", "mixpanel"}), WEB),
    Ablated("GA4", frozenset({"ga4"})),
    Ablated("Segment", frozenset({"segment"})),
    Ablated("Mixpanel", frozenset({"mixpanel"})),
    Ablated("Salesforce", frozenset({"salesforce"}), CRM),
    Ablated("messages", frozenset({"mailchimp", "klaviyo"}), MAIL),
    Ablated("Mailchimp", frozenset({"mailchimp"})),
    Ablated("Klaviyo", frozenset({"klaviyo"})),
    Ablated("Zendesk", frozenset({"zendesk"}), ("features_tickets",)),
    Ablated("feedback", frozenset({"feedback"}), ("features_feedback",)),
    Ablated("costs", frozenset({"costs"}), ("features_costs",)),
)
"""Not among them: rule_segments, which neither a feature nor identity reads. They are what segments
are compared with."""


def all_variants() -> tuple[Variant, ...]:
    """Return everything, the shop alone, each source away and alone, and columns away.

    Examples
    --------
    >>> [variant.name for variant in all_variants()][:4]
    ['everything', 'shop alone', 'without web events', 'without GA4']
    """
    everything, shop = frozenset(SOURCES), frozenset({"shop"})
    return (
        Variant(EVERYTHING, everything),
        Variant(SHOP_ALONE, shop),
        *(Variant(f"{WITHOUT} {each.title}", everything - each.sources) for each in ABLATED),
        *(Variant(f"{ALONE} {each.title}", shop | each.sources) for each in ABLATED),
        *(
            Variant(f"{COLUMNS} {each.title}", everything, each.families)
            for each in ABLATED
            if each.families
        ),
        Variant(f"{COLUMNS} {FITTED_AGAIN}", everything, seed_added=1),
    )
