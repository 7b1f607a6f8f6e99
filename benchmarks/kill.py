"""Kill builds with SIGKILL at random moments, and see whether readers keep a whole release.

A moment is drawn over the time in which dbt builds; a third of them fall into publishing, or
just after it, where the file that people read changes. A build that ended before its moment was not
killed: it does not count, and another moment of its kind is drawn. Each build has another seed, so
that it trains models, and a second process reads the published file all along.
"""

from __future__ import annotations

import random
import signal
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from benchmarks.dbt_process import DbtFailedError, DbtProcess, require_success, started
from benchmarks.progress import nodes_shown, steps_shown
from benchmarks.reader import reading
from benchmarks.release_content import NotWholeError, Release, read_release

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from benchmarks.reader import Reader
    from benchmarks.workspace import Workspace

PUBLISHING = "releases"
"""The node that publishes."""
FINE_POLL_SECONDS = 0.005
MOST_DRAWS = 5
"""Moments drawn for one kill; when builds always end before, the timed build was a slow one."""
FIRST_SEED = 1000
"""The builds to be killed take their seeds from here, away from the project's own."""


@dataclass(frozen=True)
class Moment:
    """A moment to kill a build: seconds after a node began (None: after the first one began)."""

    seconds: float
    after: str | None = None

    def __str__(self) -> str:
        """Say when, in words."""
        return f"{self.seconds:.2f} s after " + (f"{self.after} began" if self.after else "begin")


@dataclass(frozen=True)
class Pace:
    """How long a build takes, from the begin of its first node, and how long publishing."""

    whole: float
    publishing: float


@dataclass(frozen=True)
class Kill:
    """What came of one build that was to be killed.

    Attributes
    ----------
    moment
        When it was to be killed.
    has_landed
        Whether it was: the build had not ended before.
    working_at
        The nodes that were at work.
    shown
        ``last good``, ``new`` (this build had published already) or empty.
    fault
        What was wrong, in words; empty when nothing was.
    reads
        How often the second process read meanwhile.
    """

    moment: Moment
    has_landed: bool
    working_at: str
    shown: str
    fault: str
    reads: int


def measure_kills(workspace: Workspace, times: int, seed: int, console: Console) -> bool:
    """Build, kill ``times`` builds, build again, print, and return whether all was always whole."""
    with nodes_shown(console, "first build") as show:
        _complete_build(workspace, None, show)
    with nodes_shown(console, "timed build") as show:
        pace = _complete_build(workspace, FIRST_SEED, show)
    last_good = read_release(workspace.release_link)
    attempts: list[Kill] = []
    with steps_shown(console, "killing builds", times) as show_step:
        for draws in draw_moments(times, pace, seed):
            show_step(str(draws[0]))
            for moment in draws:
                build_seed = FIRST_SEED + 1 + len(attempts)
                kill, last_good = kill_build(workspace, moment, build_seed, last_good)
                attempts.append(kill)
                if kill.has_landed:
                    break
    console.print(kills_table([kill for kill in attempts if kill.has_landed or kill.fault]))
    return _print_end(workspace, attempts, times, last_good, console)


def draw_moments(times: int, pace: Pace, seed: int) -> list[list[Moment]]:
    """Draw the moments: two thirds spread over the build, a third around publishing.

    Each comes with others of its kind, to be tried in turn when the build ends before it.
    """
    draw = random.Random(seed)  # noqa: S311 - spreading, not secrecy
    in_publishing = times // 3
    spread = times - in_publishing
    share = pace.whole / max(spread, 1)
    moments = [
        [Moment((place + draw.random()) * share) for _ in range(MOST_DRAWS)]
        for place in range(spread)
    ]
    window = pace.publishing * 1.25  # the last fifth of the window lies after the link was swapped
    moments += [
        [Moment(draw.random() * window, PUBLISHING) for _ in range(MOST_DRAWS)]
        for _ in range(in_publishing)
    ]
    return moments


def kill_build(
    workspace: Workspace, moment: Moment, seed: int, last_good: Release
) -> tuple[Kill, Release]:
    """Start a build, kill it at ``moment``, and look at what is published.

    Returns
    -------
    tuple
        What came of it, and the release that is the last good one from now on.
    """
    with (
        reading(workspace.release_link) as reader,
        started(workspace, "build", variables={"seed": seed}) as process,
    ):
        _wait_for(process, moment)
        working_at = ", ".join(sorted(process.running)) or "none"
        process.kill()
        kill, shown = _judge(workspace, process, last_good)
        reader.stop()
    # Its own word for it: the build may also end between the last look at it and the signal.
    code = process.wait()
    if code not in {0, -signal.SIGKILL}:
        kill = replace(kill, fault=f"the build failed by itself: {process.last_words}")
    kill = replace(kill, moment=moment, has_landed=code == -signal.SIGKILL, working_at=working_at)
    kill = replace(kill, reads=len(reader.reads))
    return replace(kill, fault=kill.fault or _reader_fault(reader, last_good, shown)), shown


def _judge(workspace: Workspace, process: DbtProcess, last_good: Release) -> tuple[Kill, Release]:
    """Compare what is published with what may be: the last good release, or this build's own."""
    nothing_known = Kill(Moment(0.0), False, "", "", "", 0)
    try:
        shown = read_release(workspace.release_link)
    except NotWholeError as error:
        return replace(nothing_known, fault=str(error)), last_good
    if shown == last_good:
        return replace(nothing_known, shown="last good"), last_good
    if shown.run_id != process.run_id or shown.tables.keys() != last_good.tables.keys():
        fault = f"{shown.run_id} is neither the last good release, unchanged, nor this build's"
        return replace(nothing_known, fault=fault), last_good
    return replace(nothing_known, shown="new"), shown


def _reader_fault(reader: Reader, before: Release, after: Release) -> str:
    """Say what the second process saw that it should not have seen."""
    faults = [read.fault for read in reader.reads if read.fault]
    strangers = {read.run_id for read in reader.reads} - {before.run_id, after.run_id, ""}
    if faults:
        return f"the second process could not read: {faults[0]}"
    return f"the second process saw {', '.join(sorted(strangers))}" if strangers else ""


def _wait_for(process: DbtProcess, moment: Moment) -> None:
    """Wait until ``moment``, or until the build ends before."""
    while process.is_alive:
        begun = dict(process.nodes_begun)
        began = begun.get(moment.after) if moment.after else min(begun.values(), default=None)
        if began is not None and time.monotonic() >= began + moment.seconds:
            return
        time.sleep(FINE_POLL_SECONDS)


def _complete_build(
    workspace: Workspace, seed: int | None, on_node: Callable[[int, int, str], None]
) -> Pace:
    variables = None if seed is None else {"seed": seed}
    with started(workspace, "build", variables=variables, on_node=on_node) as process:
        require_success(process)
    whole = time.monotonic() - min(process.nodes_begun.values())
    return Pace(whole, process.seconds_of[PUBLISHING])


def kills_table(kills: list[Kill]) -> Table:
    """Lay out a line per killed build."""
    table = Table(title="Builds killed with SIGKILL", title_justify="left")
    for heading in ("killed", "at work", "release shown", "whole"):
        table.add_column(heading)
    table.add_column("reads meanwhile", justify="right")
    for kill in kills:
        verdict = Text(f"no: {kill.fault}", "red") if kill.fault else Text("yes", "green")
        table.add_row(str(kill.moment), kill.working_at, kill.shown, verdict, str(kill.reads))
    return table


def _print_end(
    workspace: Workspace, attempts: list[Kill], times: int, last_good: Release, console: Console
) -> bool:
    kills = [kill for kill in attempts if kill.has_landed]
    whole = sum(not kill.fault for kill in kills)
    reads = sum(kill.reads for kill in kills)
    missed = len(attempts) - len(kills)
    console.print(
        f"{len(kills)} builds of {times} were killed at work ({missed} more ended before their "
        f"moment and do not count). {whole} of {len(kills)} times the published file was one "
        f"release and whole, also for the second process, which read it {reads} times meanwhile."
    )
    try:
        with nodes_shown(console, "next build") as show:
            _complete_build(workspace, None, show)
        shown = read_release(workspace.release_link)
    except (DbtFailedError, NotWholeError) as error:
        console.print(f"The next build does not work: {error}", style="red", markup=False)
        return False
    is_new = shown.run_id != last_good.run_id
    console.print(
        "The next build simply worked and published its release."
        if is_new
        else "The next build worked, but published nothing."
    )
    is_all_whole = not any(attempt.fault for attempt in attempts)
    return is_new and is_all_whole and len(kills) == times
