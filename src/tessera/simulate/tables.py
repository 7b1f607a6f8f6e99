"""Every table of a block of people: the feeds as they are delivered, and the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.simulate.block import draw_block
from tessera.simulate.campaign_feeds import campaign_assignments, campaign_outcomes, effect_truth
from tessera.simulate.costs import costs
from tessera.simulate.crm.contacts import contacts
from tessera.simulate.crm.truth import contact_truth, identifier_truth
from tessera.simulate.feedback import feedback
from tessera.simulate.messages import messages
from tessera.simulate.orders import Receipts, order_lines, orders
from tessera.simulate.persona_history import persona_history
from tessera.simulate.rule_segments import rule_segments
from tessera.simulate.tickets import tickets
from tessera.simulate.truth import outlook_truth, people_truth
from tessera.simulate.web.events import web_events
from tessera.simulate.web.traffic import draw_traffic
from tessera.simulate.web.truth import web_truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from tessera.simulate.world import World


def block_tables(world: World, number: int) -> Iterator[tuple[str, pa.Table]]:
    """Yield name and rows of every table of a block; the truth's names begin with ``truth/``.

    One at a time, so that a table can be written and forgotten before the next is drawn.
    """
    block = draw_block(world, number)
    receipts = Receipts(block)
    yield "orders", orders(block, receipts)
    yield "order_lines", order_lines(block, receipts)
    yield "campaign_assignments", campaign_assignments(block)
    yield "campaign_outcomes", campaign_outcomes(block, receipts)
    yield "rule_segments", rule_segments(block)
    yield "contacts", contacts(block)
    yield "messages", messages(block)
    said, meant, support = tickets(block)
    yield "tickets", said
    yield "truth/texts/tickets", meant
    yield "costs", costs(block, support)
    said, meant = feedback(block)
    yield "feedback", said
    yield "truth/texts/feedback", meant
    traffic = draw_traffic(block)
    yield "web_events", web_events(block, traffic)
    for name, table in web_truth(block, traffic).items():
        yield f"truth/{name}", table
    yield "truth/contacts", contact_truth(block)
    yield "truth/identifiers", identifier_truth(block)
    yield "truth/people", people_truth(block)
    yield "truth/personas", persona_history(block)
    yield "truth/outlooks", outlook_truth(block, receipts)
    yield "truth/effects", effect_truth(block)
