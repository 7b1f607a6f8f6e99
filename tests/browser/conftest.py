"""A page of a made release, open in a headless Chromium that has no network."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from made_release import PLANTED, Shop, earlier, write_release
from rich.console import Console

from tessera.commands.report import report

if TYPE_CHECKING:
    from pathlib import Path

try:
    from playwright.sync_api import sync_playwright
except ImportError:
    sync_playwright = None

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
HOSTILE_NAME = "<script>alert('segment')</script>"


def _require(what):
    if os.environ.get("TESSERA_REQUIRE_BROWSER") == "1":
        pytest.fail(f"TESSERA_REQUIRE_BROWSER is 1, and there is no {what}")
    pytest.skip(f"no {what}: the page is not looked at (on Debian: apt-get install chromium)")


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium; without one these tests are skipped, or fail where they must not be."""
    found = os.environ.get("TESSERA_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        _require("Chromium")
    if sync_playwright is None:
        _require("package playwright")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def report_file(tmp_path_factory):
    """The page of a release whose names are markup and whose texts hold personal data."""
    folder = tmp_path_factory.mktemp("release")
    shop = Shop(customers=300, snapshots=7, extra_text=" ".join(PLANTED))
    shop.names["s6"] = HOSTILE_NAME
    write_release(folder, earlier(shop))
    return report(write_release(folder, shop), None, Console(quiet=True))


class Opened:
    """An open page, and what it said and asked for."""

    def __init__(self, context, path: Path):
        self.said, self.asked, self.dialogs = [], [], []
        context.set_offline(True)
        self.page = context.new_page()
        self.page.on("console", lambda m: self.said.append(m.text) if m.type != "log" else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on(
            "dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss())
        )
        self.page.goto(path.as_uri())
        self.page.wait_for_selector("html[data-charts=drawn]", timeout=60_000)


@pytest.fixture(scope="session")
def opened(chromium, report_file):
    """Open the page anew: width, colour scheme."""
    contexts = []

    def open_page(width=1280, scheme="light", **options):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        contexts.append(context)
        return Opened(context, report_file)

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def desktop(opened):
    """The page on a wide screen, light; tests leave it as they found it."""
    return opened()


@pytest.fixture(scope="session")
def dark(opened):
    """The same on a device that is set to dark."""
    return opened(scheme="dark")
