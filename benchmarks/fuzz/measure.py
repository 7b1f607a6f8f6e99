"""Mutate, build, judge, and tell."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.table import Table

from benchmarks.fuzz.mutations import counted_rows, draw_plan, mutated_files, write_files
from benchmarks.fuzz.small_shop import read_small_shop
from benchmarks.fuzz.verdicts import Ending, Verdict, judge, private_values
from benchmarks.progress import steps_shown

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from benchmarks.fuzz.builds import FolderBuilder
    from benchmarks.fuzz.mutations import Plan


@dataclass(frozen=True)
class Trial:
    """One mutated folder and how its build ended."""

    plan: Plan
    is_whole: bool
    verdict: Verdict
    seconds: float

    @property
    def recipe(self) -> str:
        """What makes the same folder again."""
        words = " ".join(map(str, self.plan))
        return f'python -m benchmarks fuzz --only "{words}" --whole {int(self.is_whole)}'


class Trials:
    """Tries plans on the small shop, one after the other.

    Parameters
    ----------
    builder
        Builds the folders.
    demo_shop
        The folder of the demo shop.
    """

    def __init__(self, builder: FolderBuilder, demo_shop: Path) -> None:
        self.builder = builder
        self.shop = read_small_shop(demo_shop)
        self._private = private_values(self.shop)

    def run(self, plan: Plan, *, is_whole: bool = False) -> Trial:
        """Mutate the shop, build it, and judge the build."""
        self.builder.clear()
        write_files(mutated_files(self.shop, plan), self.builder.feeds)
        began = time.monotonic()
        outcome = self.builder.build(is_whole=is_whole)
        accounts = self.builder.accounts() if outcome.has_succeeded else []
        counted = counted_rows(self.shop, plan)
        mutated = {mutation.feed for mutation in plan}
        verdict = judge(outcome, accounts, counted, mutated, self._private)
        return Trial(plan, is_whole, verdict, time.monotonic() - began)


def measure_fuzz(trials: Trials, plans: list[Plan], whole: int, console: Console) -> bool:
    """Try plans, and print what came of each kind of mutation.

    Parameters
    ----------
    trials
        Tries them.
    plans
        What to try.
    whole
        How many of them get a whole build; they are spread over all.

    Returns
    -------
    bool
        Whether no build ended in a crash.
    """
    done: list[Trial] = []
    with steps_shown(console, "building mutated folders", len(plans)) as show_step:
        for number, plan in enumerate(plans):
            show_step(" ".join(f"{each.kind}:{each.feed}" for each in plan))
            is_whole = (number + 1) * whole // len(plans) > number * whole // len(plans)
            done.append(trials.run(plan, is_whole=is_whole))
    console.print(kinds_table(done))
    console.print(endings_line(done), markup=False, highlight=False)
    for trial in done:
        if trial.verdict.ending is Ending.CRASH:
            console.print(f"\nCRASH: {trial.verdict.words}", style="red", markup=False)
            console.print(trial.recipe, markup=False, highlight=False, soft_wrap=True)
    return all(trial.verdict.ending is not Ending.CRASH for trial in done)


def kinds_table(trials: list[Trial]) -> Table:
    """Lay out a line per kind of mutation: how many folders had it, and how their builds ended."""
    endings: dict[str, Counter[Ending]] = defaultdict(Counter)
    for trial in trials:
        for kind in {mutation.kind for mutation in trial.plan}:
            endings[kind][trial.verdict.ending] += 1
    table = Table(title="Mutated folders", title_justify="left")
    table.add_column("mutation (with up to three others)")
    table.add_column("folders", justify="right")
    for ending in Ending:
        table.add_column(ending, justify="right")
    for kind, counted in sorted(endings.items()):
        counts = [str(counted[ending] or "") for ending in Ending]
        table.add_row(kind, str(counted.total()), *counts)
    return table


def endings_line(trials: list[Trial]) -> str:
    """Say how many folders ended how."""
    counted = Counter(trial.verdict.ending for trial in trials)
    whole = sum(trial.is_whole for trial in trials)
    seconds = sum(trial.seconds for trial in trials if not trial.is_whole)
    part = max(len(trials) - whole, 1)
    told = ", ".join(f"{counted[ending]} {ending}" for ending in Ending)
    return (
        f"{len(trials)} folders ({whole} built as a whole): {told}. "
        f"Staging and core took {seconds / part:.1f} s a folder."
    )


def drawn_plans(folders: int, seed: int) -> list[Plan]:
    """Draw the plans of a run."""
    return [draw_plan(seed, number) for number in range(folders)]
