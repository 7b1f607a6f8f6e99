"""The report as a reader meets it: in a browser, without a network."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

HOSTILE_NAME = "<script>alert('segment')</script>"
CONTRASTS = Path(__file__).with_name("contrasts.js").read_text()
OPEN_ALL = """isOpen => {
    document.querySelectorAll('details').forEach(one => { one.open = isOpen });
    if (isOpen) document.querySelectorAll('[role=tabpanel]').forEach(one => { one.hidden = false });
    else document.querySelectorAll('[role=tab]:first-child').forEach(tab => tab.click());
}"""
SECTIONS = (
    *("overview", "changes", "segments", "segment-pages", "migrations", "map", "choice"),
    *("propensities", "scorecards", "quality", "features"),
)


def test_the_page_says_no_error_and_asks_for_nothing(desktop, report_file):
    assert desktop.said == []
    assert [url for url in desktop.asked if not url.startswith("data:")] == [report_file.as_uri()]


def test_the_page_is_light(report_file):
    assert report_file.stat().st_size < 2_000_000


def test_every_section_is_there_and_the_navigation_leads_to_it(desktop):
    ids = desktop.page.eval_on_selector_all("main > section", "all => all.map(one => one.id)")
    links = desktop.page.eval_on_selector_all("nav a", "all => all.map(one => one.hash.slice(1))")
    assert tuple(ids) == tuple(links) == SECTIONS


def test_every_chart_is_drawn_with_marks_inside(desktop):
    empty = desktop.page.eval_on_selector_all(
        ".plot",
        """all => all.filter(plot => ![...plot.querySelectorAll(
               'svg .role-mark path, svg .role-mark line, svg .role-mark text')].length)
           .map(plot => plot.parentElement.id)""",
    )
    assert empty == []
    assert desktop.page.locator(".plot svg").count() == desktop.page.locator("figure").count() > 30


def test_every_chart_has_words_an_alternative_and_its_query(desktop):
    bare = desktop.page.eval_on_selector_all(
        "figure",
        """all => all.filter(f => !f.querySelector('h3').textContent.trim()
               || f.querySelector('.plot').getAttribute('role') !== 'img'
               || f.querySelector('.plot').getAttribute('aria-label').length < 20
               || !f.querySelector('.source pre').textContent.includes('from marts.')
               || !f.querySelector('.source table tbody tr')).map(f => f.id)""",
    )
    assert bare == []


def test_charts_in_hidden_sheets_are_as_wide_as_when_they_are_shown(desktop):
    widths = "all => all.map(plot => plot.querySelector('svg').getBoundingClientRect().width)"
    hidden = desktop.page.locator("[role=tabpanel][hidden]").first
    sheet = hidden.get_attribute("id")
    desktop.page.click(f"#tab-{sheet}")
    found = desktop.page.eval_on_selector_all(f"#{sheet} .plot", widths)
    desktop.page.locator("[role=tab]").first.click()
    assert found
    assert min(found) > 250


def test_search_narrows_the_catalogue_says_so_and_is_fast(desktop):
    page = desktop.page
    page.fill("#search", "web 01 PAGES_017")
    assert page.locator("#search-count").text_content() == "1 of 420"
    assert page.locator("#entries > li:visible b").all_text_contents() == [
        "web_pages_017_count_30d"
    ]
    page.fill("#search", "no such thing")
    assert page.locator(".catalogue .none").is_visible()
    milliseconds = page.evaluate(
        """() => {
            const box = document.getElementById('search');
            const begun = performance.now();
            box.value = 'web';
            box.dispatchEvent(new Event('input'));
            document.getElementById('entries').offsetHeight;  // lays out
            return performance.now() - begun;
        }"""
    )
    page.fill("#search", "")
    assert page.locator("#search-count").text_content() == "420 of 420"
    assert milliseconds < 500


def test_the_keyboard_reaches_content_search_and_sheets(opened):
    page = opened().page
    focused = "document.activeElement"
    page.keyboard.press("Tab")
    assert page.evaluate(f"{focused}.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate(f"{focused}.id") == "main"
    page.keyboard.press("/")
    assert page.evaluate(f"{focused}.id") == "search"
    page.keyboard.type("orders")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert "orders_amount_sum_365d" not in page.evaluate(f"{focused}.textContent")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.evaluate(f"{focused}.parentElement.open")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.input_value("#search") == ""
    page.locator("[role=tab]").first.focus()
    page.keyboard.press("ArrowRight")
    shown = page.locator("#segment-pages [role=tabpanel]:visible")
    assert shown.count() == 1
    assert page.evaluate(f"{focused}.getAttribute('aria-controls')") == shown.get_attribute("id")
    assert page.evaluate(f"getComputedStyle({focused}).outlineStyle") == "solid"


@pytest.mark.parametrize("theme", ["desktop", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(request, theme):
    page = request.getfixturevalue(theme).page
    page.evaluate(f"({OPEN_ALL})(true)")
    found = page.evaluate(CONTRASTS)
    page.evaluate(f"({OPEN_ALL})(false)")
    assert found["judged"] > 2000
    assert found["failures"] == []


def test_the_theme_follows_the_device_until_the_reader_chooses(dark):
    page = dark.page
    colour = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(colour) == "rgb(19, 22, 27)"
    page.click("#theme")
    assert page.evaluate(colour) == "rgb(250, 249, 246)"
    label = "getComputedStyle(document.querySelector('.plot .role-axis-label text')).fill"
    assert page.evaluate(label) == "rgb(27, 33, 41)"
    page.click("#theme")


def test_axe_finds_nothing_to_complain_about(desktop):
    page = desktop.page
    page.evaluate((resources.files("axe_playwright_python") / "axe.min.js").read_text())
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
    found = page.evaluate(
        """rules => axe.run({exclude: '#entries > li:nth-child(n+9)'},
                   {runOnly: rules, rules: {'color-contrast': {enabled: false}}})
               .then(r => r.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html)]))""",
        rules,
    )
    assert found == []


def test_a_phone_needs_no_scrolling_to_the_side(opened):
    page = opened(width=360, is_mobile=True, has_touch=True).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    widths = "all => all.map(one => one.getBoundingClientRect().width)"
    assert max(page.eval_on_selector_all(".plot svg", widths)) <= 340


def test_print_shows_every_sheet_in_light_colours(dark, tmp_path):
    page = dark.page
    page.emulate_media(media="print", color_scheme="dark")
    hidden = page.eval_on_selector_all(
        "main > section, [role=tabpanel]",
        "all => all.filter(one => !one.offsetHeight).map(one => one.id)",
    )
    assert hidden == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    page.emulate_media(media="screen", color_scheme="dark")
    pages = re.findall(rb"/Type\s*/Page\b", (tmp_path / "report.pdf").read_bytes())
    assert len(pages) > len(SECTIONS)


def test_motion_is_left_out_where_it_is_not_wanted(desktop):
    desktop.page.emulate_media(reduced_motion="reduce")
    behaviour = desktop.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
    desktop.page.emulate_media(reduced_motion="no-preference")
    assert behaviour == "auto"


def test_a_name_that_is_markup_is_shown_as_text(desktop):
    assert desktop.dialogs == []
    assert desktop.page.get_by_role("tab", name=HOSTILE_NAME).count() == 1
    assert desktop.page.locator("main script:not([type])").count() == 0


def test_planted_personal_data_are_nowhere_in_the_page(desktop, report_file):
    text = report_file.read_text()
    assert not re.findall(r"jane\.doe|mustermann|23125 ?017", text)
    assert "[personal data]" in desktop.page.locator("#quality").text_content()
