"""``python -m benchmarks``: what a build costs and what its predictions are worth.

``python -m benchmarks stages``, ``churn``, ``kill``, ``texts``, ``simulation``, ``identity``,
``linkage``, ``leak-zoo``, ``features``, ``scoring``, ``segments``, ``lead-time``,
``hazard``, ``segment-truth``, ``segments-over-time``, ``sources``, ``cdnow``, ``metrics``,
``connectors``, ``fuzz`` and ``screenshots`` do one thing each.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from subprocess import CalledProcessError
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from benchmarks.cdnow import measure_cdnow
from benchmarks.churn import HORIZONS_DAYS, measure_churn
from benchmarks.connectors.measure import measure_connectors
from benchmarks.dbt_process import DbtFailedError
from benchmarks.features.measure import measured_shops
from benchmarks.features.report import print_report
from benchmarks.fuzz.builds import FolderBuilder
from benchmarks.fuzz.measure import Trials, drawn_plans, measure_fuzz
from benchmarks.fuzz.mutations import read_plan
from benchmarks.identity import measure_identity
from benchmarks.kill import measure_kills
from benchmarks.lead_time import measure_lead_time
from benchmarks.leak_zoo.measure import measure_leak_zoo
from benchmarks.linkage import measure_linkage
from benchmarks.metrics import measure_metrics
from benchmarks.process_cost import StepFailedError
from benchmarks.release_content import NotWholeError
from benchmarks.scoring import measure_scoring
from benchmarks.screenshots import take_screenshots
from benchmarks.segment_truth import measure_segment_truth
from benchmarks.segments import measure_segments
from benchmarks.segments_over_time import measure_segments_over_time
from benchmarks.simulation import measure_simulation
from benchmarks.sources.catalogue import all_variants
from benchmarks.sources.measure import OtherPersonsError, measure_sources
from benchmarks.sources.propensities import TooFewOriginsError
from benchmarks.stages import measure_stages
from benchmarks.texts import measure_texts
from benchmarks.true_hazard import measure_true_hazard
from benchmarks.workspace import temporary_workspace
from tessera.commands import CommandError
from tessera.simulate.settings import Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.workspace import Workspace

JOURNEY = Path("data/complete_journey")
DEMO_SHOP = Path("seeds/demo_shop")
CDNOW = Path("data/cdnow")
SOURCES = Path("data/sources")

SPOKEN = (
    CommandError,
    DbtFailedError,
    NotWholeError,
    OtherPersonsError,
    SettingsError,
    StepFailedError,
    TooFewOriginsError,
)

app = typer.Typer(help=__doc__, pretty_exceptions_enable=False, add_completion=False)
# a file or a pipe has no width of its own: wide enough for every column
console = Console() if sys.stdout.isatty() else Console(width=120)
Data = Annotated[Path, typer.Option(help="Feeds folder.")]


@app.callback(invoke_without_command=True)
def measure(context: typer.Context, data: Data = JOURNEY) -> None:
    """Measure stages and churn predictions, one after the other, in one workspace."""
    if context.invoked_subcommand is None:
        with _workspace(data) as workspace:
            measure_stages(workspace, console)
            measure_churn(workspace, console)


@app.command()
def stages(data: Data = JOURNEY) -> None:
    """Seconds and peak memory per stage, of a first build and of a second one."""
    with _workspace(data) as workspace:
        measure_stages(workspace, console)


@app.command()
def churn(data: Data = JOURNEY) -> None:
    """ROC AUC of churn at 30, 60 and 90 days, beside logistic regression and recency alone."""
    with _workspace(data) as workspace:
        measure_churn(workspace, console)


@app.command()
def texts() -> None:
    """Accuracy of a simple classifier on what is planted in the simulated shop's texts."""
    measure_texts(console)


@app.command()
def kill(
    data: Data = DEMO_SHOP,
    times: Annotated[int, typer.Option(min=1, help="Builds to kill.")] = 10,
    seed: Annotated[int, typer.Option(help="Draws the moments.")] = 7,
) -> None:
    """Kill builds at random moments; exit code 1 unless readers always saw a whole release."""
    with _workspace(data) as workspace:
        is_whole = measure_kills(workspace, times, seed, console)
    raise typer.Exit(0 if is_whole else 1)


@app.command()
def screenshots(
    report: Annotated[Path, typer.Option(help="The page.")] = Path("warehouse/report.html"),
    out: Annotated[Path, typer.Option(help="Folder for the pictures.")] = Path("docs/images"),
) -> None:
    """Pictures of the report for the README, by the Chromium that is on the machine."""
    with _spoken_errors():
        take_screenshots(report, out, console)


@app.command()
def simulation(
    customers: Annotated[int, typer.Option(min=1, help="People of the large shop.")] = 1_000_000,
) -> None:
    """Seconds and peak memory of ``tessera simulate``, for a small shop and a large one."""
    measure_simulation(customers, console)


@app.command()
def connectors(
    customers: Annotated[int, typer.Option(min=1, help="People of the shop.")] = 5_000,
    months: Annotated[int, typer.Option(min=1, help="Months of history.")] = 24,
    seed: Annotated[int, typer.Option(help="Seed of the shop.")] = 7,
) -> None:
    """Compare a shop from plain feeds with its vendors' exports; exit code 1: unexplained."""
    with _spoken_errors():
        is_explained = measure_connectors(customers, months, seed, console)
    raise typer.Exit(0 if is_explained else 1)


@app.command()
def linkage() -> None:
    """Worth and cost of probable links; exit code 1 when FEBRL falls short."""
    with _spoken_errors():
        is_good = measure_linkage(console)
    raise typer.Exit(0 if is_good else 1)


@app.command()
def leak_zoo() -> None:
    """Planted leaks stopped, culprits named, false alarms, beside simple thresholds."""
    measure_leak_zoo(console)


@app.command()
def segments_over_time(
    data: Data = JOURNEY,
    customers: Annotated[int, typer.Option(min=1, help="People of the simulated shop.")] = 5_000,
) -> None:
    """Calm of segments, agreement, explained spend and planted moves, by rule of moving."""
    with _spoken_errors():
        measure_segments_over_time(data, customers, console)


@app.command()
def identity(
    customers: Annotated[int, typer.Option(min=1, help="People to link.")] = 1_000_000,
) -> None:
    """Seconds and peak memory of linking identifiers: full, incremental, and beside peers."""
    measure_identity(customers, console)


@app.command()
def features(
    customers: Annotated[int, typer.Option(min=1, help="People of the largest shop.")] = 1_000_000,
    memory: Annotated[
        str, typer.Option(help="DuckDB's limit; a profile's target `prod` has the same.")
    ] = "12GB",
    peers_python: Annotated[
        str, typer.Option(help="A Python that has pandas, Polars and Featuretools.")
    ] = sys.executable,
) -> None:
    """Seconds and peak memory of all features, beside bare queries and the usual ways."""
    os.environ["TESSERA_MEMORY"] = memory
    with _spoken_errors():
        shops = list(measured_shops(customers, peers_python, console.print))
    print_report(shops, console)
    if shops[-1].failed:
        raise typer.Exit(1)


@app.command()
def scoring(
    customers: Annotated[int, typer.Option(min=1, help="People to score.")] = 1_000_000,
    memory: Annotated[str, typer.Option(help="DuckDB's limit, as profiles.yml has one.")] = "3GB",
) -> None:
    """Train on a sample, score everybody; exit code 1 unless it fits in 6 GB and 5 minutes."""
    with _spoken_errors():
        is_met = measure_scoring(customers, memory, console)
    raise typer.Exit(0 if is_met else 1)


@app.command()
def segments(
    customers: Annotated[int, typer.Option(min=1_000, help="People to segment.")] = 1_000_000,
    memory: Annotated[str, typer.Option(help="DuckDB's limit, as profiles.yml has one.")] = "3GB",
) -> None:
    """Fit, choose and assign segments; exit code 1 unless it fits in 8 GB and 5 minutes."""
    with _spoken_errors():
        is_met = measure_segments(customers, memory, console)
    raise typer.Exit(0 if is_met else 1)


@app.command()
def lead_time(
    customers: Annotated[int, typer.Option(min=1, help="People of the simulated shop.")] = 2_000,
    horizon: Annotated[int, typer.Option(help="Days of the churn target: 30, 60 or 90.")] = 30,
) -> None:
    """How early alerts of churn are, and what each of four early signals is worth to them."""
    if horizon not in HORIZONS_DAYS:
        raise typer.BadParameter("expected 30, 60 or 90", param_hint="--horizon")
    with _spoken_errors():
        measure_lead_time(customers, horizon, console)


@app.command()
def hazard(
    customers: Annotated[int, typer.Option(min=1, help="People of the simulated shop.")] = 4_000,
) -> None:
    """How near predictions come to the true chances; exit code 1 unless within .03 of AUC."""
    with _spoken_errors():
        is_met = measure_true_hazard(customers, console)
    raise typer.Exit(0 if is_met else 1)


@app.command()
def segment_truth(
    customers: Annotated[int, typer.Option(min=1, help="People of each simulated shop.")] = 5_000,
) -> None:
    """Segments beside the personas of two simulated shops, and who is about to go beside RFM."""
    with _spoken_errors():
        measure_segment_truth(customers, console)


@app.command()
def sources(
    customers: Annotated[int, typer.Option(help="People of the simulated shop.")] = 5_000,
    months: Annotated[int, typer.Option(help="Months of its history.")] = 24,
    seed: Annotated[int, typer.Option(help="Draws the shop, the fits and the intervals.")] = 7,
    work: Annotated[Path, typer.Option(help="Folder that keeps what is measured.")] = SOURCES,
    only: Annotated[
        list[str] | None, typer.Option(help="A variant to measure now; may be given several times.")
    ] = None,
) -> None:
    """Worth of each source: segments and predictions with it and without it."""
    unknown = {*(only or [])} - {variant.name for variant in all_variants()}
    if unknown:
        names = ", ".join(f"'{variant.name}'" for variant in all_variants())
        raise typer.BadParameter(f"expected one of {names}", param_hint="--only")
    with _spoken_errors():
        settings = Settings(customers=customers, months=months, seed=seed)
        measure_sources(settings, work, only or [], console)


@app.command()
def cdnow(
    data: Annotated[Path, typer.Option(help="Feeds that tessera fetch cdnow wrote.")] = CDNOW,
) -> None:
    """Who of CDNOW's customers buys again in 39 weeks, beside BG/NBD and a regression."""
    with _workspace(data) as workspace:
        measure_cdnow(workspace, console)


@app.command()
def metrics(
    mf: Annotated[Path, typer.Option(help="The program of dbt-metricflow.")],
    data: Data = DEMO_SHOP,
) -> None:
    """Ask every metric of a release; exit code 1 unless all agree with plain SQL."""
    with _workspace(data) as workspace:
        is_true = measure_metrics(workspace, mf, console)
    raise typer.Exit(0 if is_true else 1)


@app.command()
def fuzz(
    folders: Annotated[int, typer.Option(min=1, help="Folders to mutate and build.")] = 200,
    seed: Annotated[int, typer.Option(help="Draws the mutations.")] = 1,
    whole: Annotated[int, typer.Option(min=0, help="How many of them get a whole build.")] = 10,
    only: Annotated[
        str, typer.Option(help="One folder, by its mutations, as a report has them.")
    ] = "",
) -> None:
    """Build mutated feeds folders; exit code 1 unless each ended well or in one clear error."""
    try:
        plans = [read_plan(only)] if only else drawn_plans(folders, seed)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--only") from None
    with _workspace(DEMO_SHOP) as workspace:
        builder = FolderBuilder(workspace.project_folder, workspace.folder)
        trials = Trials(builder, workspace.project_folder / DEMO_SHOP)
        is_safe = measure_fuzz(trials, plans, min(whole, len(plans)), console)
    raise typer.Exit(0 if is_safe else 1)


@contextmanager
def _workspace(data: Path) -> Iterator[Workspace]:
    """Give a workspace, and say without a traceback what a person can act on."""
    with _spoken_errors(), temporary_workspace(data) as workspace:
        yield workspace


@contextmanager
def _spoken_errors() -> Iterator[None]:
    # Asked to end, end as after an error: builds are stopped and the workspace is removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        yield
    except (*SPOKEN, OSError, CalledProcessError) as error:
        Console(stderr=True).print(str(error), style="red", markup=False, highlight=False)
        raise typer.Exit(1) from None


if __name__ == "__main__":
    app(prog_name="python -m benchmarks")
