"""The ablation, one variant after the other; what was measured is kept, and not measured again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from benchmarks.sources.built_variant import build_variant, is_built, read_built
from benchmarks.sources.catalogue import EVERYTHING, all_variants
from benchmarks.sources.draws import Draws, mean_drawn
from benchmarks.sources.persons import (
    in_one_piece,
    known_before,
    purchases_of,
    read_order_persons,
    read_personas,
)
from benchmarks.sources.propensities import measure_propensities
from benchmarks.sources.report import print_report
from benchmarks.sources.segments import measure_segments
from benchmarks.sources.variant_feeds import write_variant
from tessera import registry
from tessera.simulate.shop import simulate_shop

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from benchmarks.sources.catalogue import Variant
    from tessera.simulate.settings import Settings

FIGURES = "figures.parquet"
ONE_PIECE = "one_piece"


class OtherPersonsError(ValueError):
    """A variant was measured on other persons than the others: the figures do not compare."""


def measure_sources(settings: Settings, work: Path, only: list[str], console: Console) -> None:
    """Measure the variants that are not measured yet, print what is there, and write the CSV.

    What was measured stands until its folder is removed, also when the project has changed since.

    Parameters
    ----------
    settings
        Of the simulated shop.
    work
        Folder to keep shop, builds and figures in.
    only
        Names of variants to measure now; all of them when empty.
    """
    folder = (
        work.resolve()
        / f"{settings.customers}-people-{settings.months}-months-seed-{settings.seed}"
    )
    shop = folder / "shop"
    if not shop.exists():
        unfinished = folder / "unfinished"
        simulate_shop(settings, unfinished, lambda *_: None)
        unfinished.rename(shop)
    variants = all_variants()
    for number, variant in enumerate(variants, start=1):
        if not only or variant.name in only:
            console.print(f"{number} of {len(variants)}: {variant.name}", style="dim")
            measured(variant, folder, settings.seed, console)
    figures = {
        variant.name: pd.read_parquet(folder / variant.folder_name / FIGURES)
        for variant in variants
        if (folder / variant.folder_name / FIGURES).exists()
    }
    require_same_persons(figures)
    print_report(figures, folder / "sources.csv", settings, console)


def measured(variant: Variant, folder: Path, seed: int, console: Console) -> None:
    """Build and measure one variant, unless that was done before."""
    out, shop = folder / variant.folder_name, folder / "shop"
    if (out / FIGURES).exists():
        return
    out.mkdir(parents=True, exist_ok=True)
    built_in = folder / EVERYTHING if variant.is_of_everything else out
    if not is_built(built_in):
        built_in.mkdir(parents=True, exist_ok=True)
        write_variant(shop, variant, built_in / "feeds")
        build_variant(built_in / "feeds", built_in, variant.name, console)
    figures_of(variant, built_in, shop, seed).to_parquet(out / FIGURES)


def figures_of(variant: Variant, built_in: Path, shop: Path, seed: int) -> pd.DataFrame:
    """Measure a built variant: a column per figure, a row per draw, the figure itself first.

    ``customers``, ``seconds`` and ``persons`` say how many customers the variant has, how long it
    took to build, and how many persons it is judged on; ``judged_on`` is a hash of their purchases.
    """
    built = read_built(built_in).without(variant.dropped_families)
    purchases = purchases_of(built.orders, read_order_persons(shop))
    as_of = pd.Timestamp(built.scoring_set["snapshot_at"].iloc[0])
    persons = known_before(purchases, as_of).persons
    draws = Draws.of(persons, seed)
    personas = read_personas(shop, as_of)
    pieces = mean_drawn(in_one_piece(purchases, persons), draws.weights_of(persons))
    figures = {
        ONE_PIECE: pieces,
        **dict(measure_segments(built, purchases, personas, draws, seed + variant.seed_added)),
        **dict(measure_propensities(built, purchases, draws, seed + variant.seed_added)),
    }
    judged = purchases[["order_id", "person"]].sort_values("order_id", ignore_index=True)
    told = {
        "customers": int(built.orders["customer_id"].nunique()),
        "seconds": built.seconds,
        "persons": len(persons),
        "judged_on": registry.fingerprint(judged),
    }
    return pd.DataFrame(figures).assign(**told)


def require_same_persons(figures: dict[str, pd.DataFrame]) -> None:
    """Refuse figures of different persons.

    Raises
    ------
    OtherPersonsError
        Naming the variant that differs from the first.
    """
    judged_on = {name: each["judged_on"].iloc[0] for name, each in figures.items()}
    for name, found in judged_on.items():
        if found != next(iter(judged_on.values())):
            raise OtherPersonsError(
                f"'{name}' was measured on other purchases than '{next(iter(judged_on))}': remove "
                "the work folder and measure again"
            )
