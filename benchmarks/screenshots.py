"""Pictures of the report for the README: a desk in daylight, a phone in the dark."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tessera.commands import CommandError

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@dataclass(frozen=True)
class View:
    """A picture: its file, how large the window is, in which theme, and what is at its top."""

    name: str
    width: int
    height: int
    theme: Literal["light", "dark"]
    anchor: str


VIEWS = (
    View("report-desktop-light.png", 1200, 760, "light", "overview"),
    View("report-phone-dark.png", 390, 844, "dark", "segment-pages"),
)


def take_screenshots(page: Path, folder: Path, console: Console) -> None:
    """Write the pictures, and say how large they are.

    Parameters
    ----------
    page
        The report, as ``tessera report`` writes it.
    folder
        Gets the files of ``VIEWS``.
    console
        Told of each.

    Raises
    ------
    CommandError
        There is no Chromium, or no report.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - for the tests and this alone

    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise CommandError("no Chromium: on Debian, apt-get install chromium")
    if not page.exists():
        raise CommandError(f"there is no {page}: run `tessera report` first")
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=list(FLAGS))
        for view in VIEWS:
            opened = chromium.new_page(
                viewport={"width": view.width, "height": view.height}, color_scheme=view.theme
            )
            opened.goto(page.resolve().as_uri())
            opened.wait_for_selector("html[data-charts=drawn]")
            opened.evaluate(SCROLL, view.anchor)
            opened.screenshot(path=folder / view.name)
            console.print(f"{folder / view.name}: {(folder / view.name).stat().st_size:,} bytes")
        chromium.close()


SCROLL = """anchor => {
    document.documentElement.style.scrollBehavior = 'auto';
    if (anchor !== 'overview') document.getElementById(anchor).scrollIntoView();
}"""
