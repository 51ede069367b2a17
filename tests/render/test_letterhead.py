from __future__ import annotations

from pathlib import Path

from kpikit.charts.look import Colour
from kpikit.render.check import check_page
from kpikit.render.letterhead import Letterhead, letterhead
from kpikit.render.shell import shell
from kpikit.words.language import Language
from kpikit.workspace.reports.branding import Branding

NAME = {"en": 'Coffee "&" Co', "da": "Kaffe"}


def test_a_page_wears_logo_colour_fonts_and_footer(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"\x89PNG\r\n\x1a\n")
    branding = Branding(
        logo, Colour("#004b87", "#7fb2e5"), "Source Sans 3", "Georgia", {"en": "Call <us>", "da": "Ring"}
    )
    page = letterhead(branding, NAME, Language("en")).on(shell("A", "en", "<h1>A</h1>", "<p></footer></p>"))
    check_page(page)
    top, main = page.index('<img class="logo"'), page.index("<h1>A</h1>")
    assert page.index("<header") < top < main
    assert 'alt="Coffee &quot;&amp;&quot; Co"' in page and "data:image/png;base64,iVBORw0KGgo=" in page
    for part in (
        "--kpi-accent: #004b87",
        "--kpi-accent: #7fb2e5",
        '--kpi-font: "Source Sans 3", system-ui',
        '"Georgia"',
    ):
        assert part in page
    assert page.rstrip().endswith("<p>Call &lt;us&gt;</p>\n</footer>\n</body>\n</html>")


def test_without_branding_a_page_stays_as_it_is() -> None:
    page = shell("A", "en", "<h1>A</h1>", "")
    assert letterhead(Branding(), NAME, Language("da")) == Letterhead() and Letterhead().on(page) == page


def test_a_page_without_a_header_gets_one() -> None:
    page = Letterhead(top="<p>Draft</p>").on('<body><main class="kpikit"></main></body>')
    assert page == '<body><header class="kpikit">\n<p>Draft</p></header>\n<main class="kpikit"></main></body>'


def test_a_page_says_how_far_its_report_has_come() -> None:
    head = letterhead(Branding(), NAME, Language("en"), "Sent by <Ane>, 5 February 2024")
    page = head.on(shell("A", "en", "<h1>A</h1>", ""))
    check_page(page)
    assert page.index('<p class="standing">Sent by &lt;Ane&gt;, 5 February 2024</p>') < page.index("<h1>A</h1>")
    assert ".standing {" in page
