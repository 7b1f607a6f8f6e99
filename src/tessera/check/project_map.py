"""The project as dbt's manifest describes it: feeds, models, and what stands on what."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

BASE, STAGED = "base_feeds__", "stg_feeds__"
"""Models of a feed: every row as delivered, and the rows that go on."""

PLAIN = "feeds"
"""The dbt source of the plain feeds; every other one is a connector's."""

MART, GATE = "marts", "gates"
FEATURES, SPINE, RUN = "customer_features", "customer_snapshots", "run_context"
DUE, WHOSE, FAMILY = "snapshots_due", "reference_customers", "features_"


@dataclass(frozen=True)
class DeclaredColumn:
    """A column as ``_feeds__sources.yml`` declares it."""

    name: str
    data_type: str
    is_required: bool = False
    is_reference: bool = False
    is_past: bool = False

    @property
    def is_time(self) -> bool:
        """Whether it says when something happened, rather than how a person is."""
        return self.data_type == "timestamp"

    @property
    def is_optional(self) -> bool:
        """Whether a build does without it, and no other column stands in for it."""
        return not (self.is_required or self.is_reference)


@dataclass(frozen=True)
class DeclaredFeed:
    """A feed as ``_feeds__sources.yml`` declares it."""

    name: str
    description: str
    columns: tuple[DeclaredColumn, ...]


@dataclass(frozen=True)
class Model:
    """One model of the project.

    Attributes
    ----------
    relation
        Where it is built, quoted (``"build"."core"."orders"``).
    stage
        Its first folder: staging, core, features, gates, marts, ...
    parents
        Names of the models it reads.
    needs_labels
        It has rows only for targets with a model (``needs_labels`` in its meta).
    """

    name: str
    relation: str
    stage: str
    parents: tuple[str, ...]
    needs_labels: bool = False

    @property
    def table(self) -> str:
        """The name that readers know it by, which an alias may set."""
        return self.relation.replace('"', "").rpartition(".")[2]


@dataclass(frozen=True)
class ProjectMap:
    """Every feed that a model reads, in the order of declaration, and every model by name.

    Attributes
    ----------
    feeds
        Of the plain feeds' source.
    models
        Those that are switched on.
    connectors
        Every connector there is, with the tables of its vendor.
    """

    feeds: tuple[DeclaredFeed, ...]
    models: Mapping[str, Model]
    connectors: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def base(self, feed: str) -> str:
        """Return the relation that holds every row of a feed."""
        return self.models[f"{BASE}{feed}"].relation

    def staged(self, feed: str) -> str:
        """Return the relation that holds the rows of a feed that went on."""
        return self.models[f"{STAGED}{feed}"].relation

    def reading(self, feed: str) -> tuple[str, ...]:
        """Return the models that read a feed, in order: rows as delivered may take two steps."""
        return (*dict.fromkeys(self._steps(f"{BASE}{feed}")), f"{STAGED}{feed}")

    def _steps(self, model: str) -> Iterator[str]:
        known = self.models.get(model)
        for parent in known.parents if known else ():
            if parent.startswith(BASE) or self.connector_of(parent):
                yield from self._steps(parent)
        yield model

    def connector_of(self, model: str) -> str:
        """Return the connector that a model belongs to, or an empty string."""
        kind, _, rest = model.partition("_")
        name, _, _ = rest.partition("__")
        return name if kind in {"base", "stg"} and name in self.connectors else ""

    def connectors_of(self, feed: str) -> tuple[str, ...]:
        """Return the connectors that are switched on and bring a feed."""
        return tuple(name for name in self.connectors if connector_model(name, feed) in self.models)

    @cached_property
    def connected(self) -> tuple[str, ...]:
        """The connectors that are switched on: what is switched off has no models."""
        brought = {name for feed in self.feeds for name in self.connectors_of(feed.name)}
        return tuple(name for name in self.connectors if name in brought)

    @cached_property
    def marts(self) -> tuple[Model, ...]:
        """The published tables, by name."""
        marts = [model for model in self.models.values() if model.stage == MART]
        return tuple(sorted(marts, key=lambda model: model.table))

    @cached_property
    def families(self) -> tuple[Model, ...]:
        """The feature families, in the order in which the feature mart reads them."""
        parents = self.models[FEATURES].parents if FEATURES in self.models else ()
        return tuple(self.models[name] for name in parents if name.startswith(FAMILY))

    def feeds_below(self, model: str, *, not_through: Collection[str] = ()) -> tuple[str, ...]:
        """Return the feeds that a model's content comes from, in the order of declaration.

        Parameters
        ----------
        model
            Name of a model.
        not_through
            Models whose own parents do not count. A feature of orders stands on orders alone,
            though its rows, one per known customer, come from every feed that names customers:
            not through :data:`SPINE`.
        """
        # Which rows are due, and whose they are, is asked of every feed: nothing of it goes on.
        below = set(self._walk(model, {RUN, DUE, WHOSE, *not_through}))
        return tuple(feed.name for feed in self.feeds if f"{BASE}{feed.name}" in below)

    def _walk(self, model: str, cut: set[str]) -> Iterator[str]:
        # Gates look at everything and give nothing on; the run's instant is no content.
        seen: set[str] = set()
        waiting = [model]
        while waiting:
            name = waiting.pop()
            known = self.models.get(name)
            if name in seen or name in cut or known is None or known.stage == GATE:
                continue
            seen.add(name)
            yield name
            waiting.extend(known.parents)


def connector_model(connector: str, feed: str) -> str:
    """Return the model in which a connector brings a feed.

    Examples
    --------
    >>> connector_model("shopify", "orders")
    'stg_shopify__orders'
    """
    return f"stg_{connector}__{feed}"
