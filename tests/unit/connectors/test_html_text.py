"""HTML becomes the text that a reader sees."""

import pytest


@pytest.fixture(scope="module")
def text_of(macros, warehouse):
    query = f"""
        with given as (select ?::varchar as html),
        untagged as (select {macros.html_without_tags("html")} as text from given)
        select {macros.html_characters("text")} from untagged
    """
    return lambda html: warehouse.execute(query, [html]).fetchone()[0]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Hello</p>", "Hello"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br>two<BR />three", "one\ntwo\nthree"),
        ("<div>one</div>\n  <div>two</div>", "one\n\ntwo"),
        ("<ul><li>a</li><li>b</li></ul>", "a\n\nb"),
        ("<b>bo</b>ld and <a href='https://x.example/?a=1'>a link</a>", "bold and a link"),
        ("a<script type='x'>if (a < b) { alert('<p>no</p>') }</script>z", "a z"),
        ("a<style>p { color: red }</style><!-- a note -->z", "a z"),
        ("<p>many\n   spaces</p>", "many spaces"),
    ],
)
def test_tags_are_left_out_and_blocks_are_lines(text_of, html, text):
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Ada &amp; Bob", "Ada & Bob"),
        ("1&nbsp;000&euro;", "1 000€"),
        ("it&#39;s &quot;so&quot;", 'it\'s "so"'),
        ("&auml;&ouml;&uuml;&szlig;", "äöüß"),
        ("&amp;lt;p&amp;gt;", "&lt;p&gt;"),
        ("<p>3 &lt; 5</p>", "3 < 5"),
        ("AT&T; &unknown;", "AT&T; &unknown;"),
    ],
)
def test_characters_stand_for_their_names(text_of, html, text):
    assert text_of(html) == text


@pytest.mark.parametrize("text", ["two\n\n\n\nlines", "3 < 5 > 2", "I <3 it", "plain"])
def test_text_without_tags_keeps_its_own_lines_and_marks(text_of, text):
    assert text_of(text) == text


@pytest.mark.parametrize("html", [None, "", "   ", "<p> </p>", "<p>&nbsp;</p>", "<img src='x'>"])
def test_what_shows_nothing_is_no_text(text_of, html):
    assert text_of(html) is None
