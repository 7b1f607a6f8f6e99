"""The command line: comfort around `dbt build`, which does everything by itself as well."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from tessera.commands import CommandError
from tessera.portrait.references import Shop  # noqa: TC001 - typer reads it
from tessera.simulate.settings import Dirt, Format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tessera.fetch.data_set import DataSet

app = typer.Typer(
    name="tessera",
    help="Customer segments and predictions, built, tested and trusted inside your own warehouse.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
fetch_app = typer.Typer(no_args_is_help=True, help="Bring a public data set here, as feeds.")
app.add_typer(fetch_app, name="fetch")

FeedsOut = Annotated[Path, typer.Option("--out", help="Folder for the feeds.")]
SaysNext = Annotated[bool, typer.Option("--next/--no-next", help="Say which command comes next.")]
Target = Annotated[str, typer.Option(help="Target of the project's profile: dev, ci or prod.")]


@fetch_app.command("complete-journey")
def fetch_complete_journey(
    out: FeedsOut = Path("data/complete_journey"), *, says_next: SaysNext = True
) -> None:
    """Write a year of a grocer's real baskets (2,469 households) as feeds, and check the sums."""
    from tessera.fetch.complete_journey import DATA_SET  # noqa: PLC0415 - starts faster

    _fetch(DATA_SET, out, says_next=says_next)


@fetch_app.command("cdnow")
def fetch_cdnow(out: FeedsOut = Path("data/cdnow"), *, says_next: SaysNext = True) -> None:
    """Write a record shop's real orders (23,570 customers, 18 months) as a feed, and check them."""
    from tessera.fetch.cdnow import DATA_SET  # noqa: PLC0415 - starts faster

    _fetch(DATA_SET, out, says_next=says_next)


@fetch_app.command("febrl")
def fetch_febrl(
    number: Annotated[int, typer.Option("--set", min=1, max=4, help="Which of the four sets.")] = 4,
    out: Annotated[Path | None, typer.Option(help="Folder (default: data/febrl_<set>).")] = None,
    *,
    says_next: SaysNext = True,
) -> None:
    """Write invented people with misspelt duplicates as contacts, and who they are as truth."""
    from tessera.fetch.febrl import data_set  # noqa: PLC0415 - starts faster

    _fetch(data_set(number), out or Path(f"data/febrl_{number}"), says_next=says_next)


def _fetch(data_set: DataSet, out: Path, *, says_next: bool) -> None:
    from tessera.commands.fetch import fetch  # noqa: PLC0415 - starts faster

    with _spoken_errors():
        fetch(data_set, out, Console(), says_next=says_next)


@app.command()
def check(
    data: Annotated[
        Path | None, typer.Argument(help="Feeds folder (default: TESSERA_DATA or the demo shop).")
    ] = None,
    target: Target = "dev",
    variables: Annotated[str, typer.Option("--vars", help="dbt vars, such as 'seed: 3'.")] = "",
    *,
    quick: Annotated[
        bool, typer.Option("--quick", help="Only read the feeds: no features, no label supply.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit code 3 when there are warnings.")
    ] = False,
) -> None:
    """Look at a feeds folder before any build. Exit code 0: it can be built; 1: it cannot."""
    from tessera.commands.check import CheckRequest  # noqa: PLC0415 - starts faster
    from tessera.commands.check import check as run  # noqa: PLC0415

    with _spoken_errors():
        request = CheckRequest(
            data=data, target=target, variables=variables, is_quick=quick, is_strict=strict
        )
        code = run(request, Console())
    raise typer.Exit(code)


@app.command()
def build(
    data: Annotated[
        Path | None, typer.Option(help="Feeds folder (default: TESSERA_DATA or the demo shop).")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="Look from this date or UTC time (default: newest order).")
    ] = None,
    target: Target = "dev",
    variables: Annotated[str, typer.Option("--vars", help="dbt vars, such as 'seed: 3'.")] = "",
    *,
    full: Annotated[bool, typer.Option("--full", help="Parse every file anew.")] = False,
) -> None:
    """Build everything from the feeds to the published tables, and say what came of it."""
    from tessera.commands.build import BuildRequest  # noqa: PLC0415 - starts faster
    from tessera.commands.build import build as run  # noqa: PLC0415

    with _spoken_errors():
        request = BuildRequest(
            data=data, as_of=as_of, target=target, variables=variables, is_full=full
        )
        has_succeeded = run(request, Console())
    raise typer.Exit(0 if has_succeeded else 1)


@app.command()
def simulate(  # noqa: PLR0913 - a command's options are its arguments
    out: Annotated[Path, typer.Option(help="Folder for the feeds and their truth.")] = Path(
        "data/simulated"
    ),
    customers: Annotated[int, typer.Option(help="How many people.")] = 5_000,
    months: Annotated[int, typer.Option(help="Months of history.")] = 24,
    seed: Annotated[int, typer.Option(help="Seed of every draw.")] = 7,
    as_of: Annotated[str, typer.Option(help="The day the history ends.")] = "2026-01-01",
    dirt: Annotated[
        Dirt | None,
        typer.Option(help="How badly the feeds are kept (default: realistic; vendors: none)."),
    ] = None,
    *,
    shape: Annotated[
        Format, typer.Option("--format", help="Thirteen feeds, or the exports of eight vendors.")
    ] = Format.FEEDS,
    says_next: Annotated[
        bool, typer.Option("--next/--no-next", help="Say which command comes next.")
    ] = True,
) -> None:
    """Write a shop with every channel whose truth is known: who is who, why they leave, …."""
    from tessera.commands.simulate import shop_settings  # noqa: PLC0415 - starts faster
    from tessera.commands.simulate import simulate as run  # noqa: PLC0415

    with _spoken_errors():
        settings = shop_settings(customers, months, seed, as_of, dirt, shape)
        run(settings, out, Console(), says_next=says_next)


@app.command()
def query(
    sql: Annotated[str, typer.Argument(help="A query over the published tables.")],
    limit: Annotated[int, typer.Option(min=1, help="Rows to print at most.")] = 40,
    target: Target = "dev",
) -> None:
    """Print the rows of a SQL query over the published tables."""
    from tessera.commands.project import find_project  # noqa: PLC0415 - starts faster
    from tessera.commands.query import query as run  # noqa: PLC0415

    with _spoken_errors():
        run(find_project(target).release_link, sql, limit, Console())


@app.command()
def report(
    out: Annotated[
        Path | None, typer.Option(help="Where to write (default: report.html beside the release).")
    ] = None,
    target: Target = "dev",
) -> None:
    """Write one HTML page about the published release; it needs no network."""
    from tessera.commands.project import find_project  # noqa: PLC0415 - starts faster
    from tessera.commands.report import report as run  # noqa: PLC0415

    with _spoken_errors():
        run(find_project(target).release_link, out, Console())


@app.command()
def export(
    what: Annotated[str, typer.Argument(help="A published table, or a query over them.")],
    out: Annotated[Path, typer.Option(help="File to write: .csv for a spreadsheet, or .parquet.")],
    target: Target = "dev",
) -> None:
    """Write a published table into a file; no cell of a CSV file can start a formula."""
    from tessera.commands.export import export as run  # noqa: PLC0415 - starts faster
    from tessera.commands.project import find_project  # noqa: PLC0415

    with _spoken_errors():
        run(find_project(target).release_link, what, out, Console())


@app.command("explain-identity")
def explain_identity(
    identifier: Annotated[
        str, typer.Argument(help="An e-mail, phone, id or cookie, as a feed writes it or as read.")
    ],
    identifier_type: Annotated[
        str | None, typer.Option("--type", help="Its type, such as email, when it may be several.")
    ] = None,
    target: Target = "dev",
    data: Annotated[
        Path | None, typer.Option(help="Feeds folder that must have been built (default: any).")
    ] = None,
    *,
    shows_values: Annotated[
        bool, typer.Option("--show-values", help="Show identifiers whole: personal data.")
    ] = False,
) -> None:
    """Tell whose an identifier is, by which links, and what would be without each of them."""
    from tessera.commands.explain_identity import IdentityRequest  # noqa: PLC0415 - starts faster
    from tessera.commands.explain_identity import explain_identity as run  # noqa: PLC0415

    with _spoken_errors():
        request = IdentityRequest(
            text=identifier,
            identifier_type=identifier_type,
            target=target,
            data=data,
            shows_values=shows_values,
        )
        run(request, Console())


@app.command("audit-leaks")
def audit_leaks(
    snapshot: Annotated[
        list[str] | None,
        typer.Option(help="A past snapshot, such as 2025-03-01; may be repeated (default: three)."),
    ] = None,
    customers: Annotated[
        int | None, typer.Option(min=1, help="Customers to compare at most (default: all).")
    ] = None,
    target: Target = "dev",
    variables: Annotated[
        str, typer.Option("--vars", help="The dbt vars that the build was given, if any.")
    ] = "",
    *,
    static: Annotated[
        bool, typer.Option("--static", help="Only read the queries: seconds, and no build.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit code 3 when later evidence says who is who.")
    ] = False,
) -> None:
    """Prove that no feature knows the future. Exit code 1: some do, and are named."""
    from tessera.commands.audit_leaks import AuditRequest  # noqa: PLC0415 - starts faster
    from tessera.commands.audit_leaks import audit_leaks as run  # noqa: PLC0415

    with _spoken_errors():
        request = AuditRequest(
            snapshots=tuple(snapshot or ()),
            customers=customers,
            target=target,
            variables=variables,
            is_static=static,
            is_strict=strict,
        )
        code = run(request, Console())
    raise typer.Exit(code)


@app.command()
def portrait(
    data: Annotated[Path, typer.Argument(help="A feeds folder, of a real or a simulated shop.")],
    as_reference: Annotated[
        Shop | None, typer.Option(help="Keep the figures as those of this real shop.")
    ] = None,
) -> None:
    """Show what a shop looks like beside two real ones and published retail figures."""
    from tessera.commands.portrait import portrait as run  # noqa: PLC0415 - starts faster

    with _spoken_errors():
        run(data, Console(), as_reference=as_reference)


@app.command()
def forget(
    identifier: Annotated[
        str, typer.Argument(help="E-mail address, phone number or id, as a feed writes it.")
    ],
    identifier_type: Annotated[
        str | None, typer.Option("--type", help="What it is: email, phone, contact_id, …")
    ] = None,
    target: Target = "dev",
    on: Annotated[
        str | None, typer.Option("--on", help="The day of the erasure (default: today).")
    ] = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would go, and change nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
) -> None:
    """Erase a person from everything built. Exit code 3: it names no single person."""
    from tessera.commands.forget import ForgetRequest  # noqa: PLC0415 - starts faster
    from tessera.commands.forget import forget as run  # noqa: PLC0415

    with _spoken_errors():
        request = ForgetRequest(
            value=identifier,
            identifier_type=identifier_type,
            target=target,
            forgotten_on=on or datetime.now(tz=UTC).date().isoformat(),
            is_dry_run=dry_run,
            is_confirmed=yes,
        )
        code = run(request, Console())
    raise typer.Exit(code)


@app.command()
def contract(target: Target = "dev") -> None:
    """Rewrite the contract of marts.customer_features from the features of the last build."""
    from tessera.commands.contract import write_contract as run  # noqa: PLC0415 - starts faster
    from tessera.commands.project import find_project  # noqa: PLC0415

    with _spoken_errors():
        run(find_project(target), Console())


@contextmanager
def _spoken_errors() -> Iterator[None]:
    """Print what a person can act on without a traceback, and leave with its exit code."""
    import duckdb  # noqa: PLC0415 - starts faster

    from tessera.commands.failures import plain_message  # noqa: PLC0415 - starts faster

    code = 1
    try:
        yield
    except CommandError as error:
        words, code = str(error), error.exit_code
    except OSError as error:
        words = str(error)
    except duckdb.Error as error:
        words = f"DuckDB: {plain_message(str(error))}"
    else:
        return
    # Not wrapped, so that a path or a command can be copied whole.
    Console(stderr=True, soft_wrap=True).print(words, style="red", markup=False, highlight=False)
    raise typer.Exit(code)
