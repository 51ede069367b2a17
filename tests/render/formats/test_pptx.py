"""The slides, read back with python-pptx: native charts, notes, and the agency's own master."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml

from kpikit.render.content import Content
from kpikit.render.deck import Deck, _paint_track
from kpikit.render.formats import FORMATS, possible
from kpikit.render.formats import pptx as slides_format
from kpikit.render.history import Track
from kpikit.render.room import smaller
from tests.render.formats.conftest import NAMES

Of = Callable[[str], Content]


def read(content: bytes) -> Any:
    FORMATS["pptx"].check(content)
    return pptx.Presentation(io.BytesIO(content))


@pytest.fixture(scope="module")
def deck(content: Of) -> Any:
    return read(slides_format.slides(content("a")))


def test_a_title_the_scorecard_and_a_slide_for_each_kpi_that_needs_attention(deck: Any, content: Of) -> None:
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles == [NAMES["a"], "Scorecard", *(line.headline for line in content("a").urgent)]
    assert titles[2].startswith("Revenue: £259.65")  # of £400.00
    assert deck.slides[0].placeholders[1].text.splitlines()[:1] == ["June 2024, as of 30 June 2024"]


def test_the_scorecard_is_a_table(deck: Any, content: Of) -> None:
    table = next(shape.table for shape in deck.slides[1].shapes if shape.has_table)
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Indicator", "June 2024", "Target", "Status", "Signal"]
    assert rows[1][:4] == ["Revenue", "£259.65", "≥\xa0£400.00", "◆ Missed"]
    assert len(rows) == 4
    beneath = [shape.text_frame.text for shape in deck.slides[1].shapes if shape.has_text_frame]
    assert all(sentence in beneath[-1] for sentence in content("a").sentences)
    assert deck.slides[1].shapes.title.text_frame.paragraphs[0].runs[0].font.name == "Georgia"


def test_a_long_scorecard_leaves_the_sentences_to_a_slide_before_it(
    content: Of, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slides_format, "MOST_ABOVE_WORDS", 2)  # this one has three lines
    _, words, scorecard, *_ = read(slides_format.slides(content("a"))).slides
    assert (words.shapes.title.text, scorecard.shapes.title.text) == ("In short", "Scorecard")
    shown, beneath = ("".join(one.text_frame.text for one in each.shapes if one.has_text_frame)
                      for each in (words, scorecard))  # fmt: skip
    assert all(sentence in shown and sentence not in beneath for sentence in content("a").sentences)


@pytest.mark.parametrize(
    ("name", "slides"), [("Cost", 2), ("Cost of conversions of ads in networks of search " * 3, 4)]
)
def test_a_scorecard_with_long_names_goes_on_on_further_slides(name: str, slides: int, content: Of) -> None:
    one, deck = content("a"), Deck(content("a"))
    lines = [replace(one.kpis[at % 3], label=f"{name} {at}") for at in range(14)]
    deck.scorecard(lines, one.sentences, ())
    tables = [shape for slide in deck.file.slides for shape in slide.shapes if shape.has_table]
    assert [row.cells[0].text for each in tables for row in list(each.table.rows)[1:]] == [line.label for line in lines]
    assert len(tables) == slides
    for each in tables:
        assert each.top + sum(row.height for row in each.table.rows) <= deck.file.slide_height


def test_the_chart_is_native_with_its_numbers_and_an_alternative_text(deck: Any, content: Of) -> None:
    frame = next(shape for shape in deck.slides[2].shapes if shape.has_chart)
    series = {each.name: list(each.values) for each in frame.chart.plots[0].series}
    assert {"Target", "Value", "Worse than usual"} <= set(series)
    assert series["Value"][-1] == 259.65 and len(series["Value"]) == 18
    assert series["Worse than usual"][-1] == 259.65 and None in series["Worse than usual"]
    assert frame._element.xpath(".//p:cNvPr")[0].get("descr") == content("a").urgent[0].picture
    assert list(frame.chart.plots[0].categories)[-1] == "Jun 2024"


@pytest.mark.parametrize(("values", "marker"), [((7.2, None, 7.4), "circle"), ((7.2, 7.3, None, 7.4, 7.5), "none")])
def test_a_value_between_gaps_is_drawn_as_a_dot(values: tuple[float | None, ...], marker: str) -> None:
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = [str(at) for at in range(len(values))]
    data.add_series("Value", values)
    file: Any = pptx.Presentation()
    slide = file.slides.add_slide(file.slide_layouts[5])
    (series,) = slide.shapes.add_chart(XL_CHART_TYPE.LINE, 0, 0, 100, 100, data).chart.plots[0].series
    _paint_track(series, Track("Value", values, "ink", 2.25))
    assert series._element.xpath(".//c:marker/c:symbol/@val") == [marker]


def test_months_stand_beneath_values_below_zero(deck: Any) -> None:
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert charts and {each.category_axis.tick_label_position for each in charts} == {XL_TICK_LABEL_POSITION.LOW}


@pytest.mark.parametrize(
    ("text", "size", "found"),
    [  # letters of 20 points are 11.2 wide, so that 8 stand in a line of 90; half a line stays free, 60 is the height
        ("a" * 8, 20, 0),
        ("a" * 17, 20, 18),  # three lines of 20 or 19, and two of 18: 2.9 x 18 = 52
        ("a" * 80, 20, 12),  # too long for any size: that of tables
    ],
)
def test_a_title_that_does_not_fit_is_smaller_than_the_masters(text: str, size: int, found: int) -> None:
    assert smaller(text, SimpleNamespace(width=90 * 12_700, height=60 * 12_700), size) == found


def test_the_words_beside_the_chart_begin_with_the_value_its_period_and_its_status(deck: Any, content: Of) -> None:
    words = [shape.text_frame.text for shape in deck.slides[2].shapes if shape.has_text_frame][-1].splitlines()
    assert words[:4] == ["£259.65", "June 2024", "◆ Missed", content("a").urgent[0].texts[0]]


def test_the_notes_hold_the_sentences(deck: Any, content: Of) -> None:
    said = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    for sentence in content("a").sentences:
        assert sentence in said[0] and sentence in said[1]
    for text in content("a").urgent[0].texts:
        assert text in said[2]


def own_deck(path: Path) -> None:
    """A presentation with a secret in all that may hold one, as PowerPoint saves it."""
    own = pptx.Presentation()
    own.slide_width, own.slide_height = 10_000_000, 7_000_000
    own.slide_layouts[0].name = "Our opening"
    for at in (0, 1):
        slide = own.slides.add_slide(own.slide_layouts[at])
        slide.shapes.title.text = slide.notes_slide.notes_text_frame.text = SECRET
    for name in ("title", "author", "subject", "keywords", "comments", "category", "content_status", "version"):
        setattr(own.core_properties, name, SECRET)
    _link_everywhere(own, slide)
    own.save(str(path.with_suffix(".0")))
    with zipfile.ZipFile(path.with_suffix(".0")) as plain, zipfile.ZipFile(path, "w") as filled:
        for name in plain.namelist():
            whole = {"docProps/app.xml": APP, "docProps/thumbnail.jpeg": SECRET}.get(name)
            filled.writestr(name, whole or plain.read(name))


def _link_everywhere(own: Any, slide: Any) -> None:
    """Sections, a custom show, authors of comments and own properties; and a layout that jumps to a slide."""
    ids = "".join(f'<p14:sldId id="{each.get("id")}"/>' for each in own.part._element.sldIdLst)
    show = own.part._element.sldIdLst[0].rId
    for part in (SECTIONS.replace("IDS", ids), SHOW.replace("SHOW", show)):
        own.part._element.append(parse_xml(part))
    package = own.part.package
    authors = Part(PackURI("/ppt/commentAuthors.xml"), "application/xml", package, f"<a>{SECRET}</a>".encode())
    custom = Part(PackURI("/docProps/custom.xml"), "application/xml", package, f"<a>{SECRET}</a>".encode())
    own.part.relate_to(authors, f"{RELATIONS}/commentAuthors")
    package.relate_to(custom, f"{RELATIONS}/custom-properties")
    layout = own.slide_layouts[0]
    jump = layout.part.relate_to(slide.part, f"{RELATIONS}/slide")
    properties = layout.placeholders[0]._element.xpath(".//p:cNvPr")[0]
    properties.append(parse_xml(JUMP.replace("JUMP", jump)))


SECRET = "SECRET of another client"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
DECK = "http://schemas.openxmlformats.org/presentationml/2006/main"
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    f"<TitlesOfParts>{SECRET}</TitlesOfParts><Company>{SECRET}</Company></Properties>"
)
SECTIONS = (
    f'<p:extLst xmlns:p="{DECK}"><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
    '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
    f'<p14:section name="{SECRET}" id="{{6C4A8D09-2A28-4F0C-8F39-3D6F0E4B1D11}}"><p14:sldIdLst>IDS'
    "</p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst>"
)
SHOW = (
    f'<p:custShowLst xmlns:p="{DECK}" xmlns:r="{RELATIONS}"><p:custShow name="{SECRET}" id="0"><p:sldLst>'
    '<p:sld r:id="SHOW"/></p:sldLst></p:custShow></p:custShowLst>'
)
JUMP = f'<a:hlinkClick xmlns:a="{DRAWING}" xmlns:r="{RELATIONS}" r:id="JUMP" action="ppaction://hlinksldjump"/>'


def test_the_agencys_own_master_is_taken_without_all_that_was_on_it(tmp_path: Path, content: Of) -> None:
    own_deck(tmp_path / "ours.pptx")
    one = content("a")
    settings = replace(one.review.settings, branding=replace(one.branding, slides=tmp_path / "ours.pptx"))
    made = slides_format.slides(Content(replace(one.review, settings=settings)))
    found = read(made)
    assert (found.slide_width, len(found.slides)) == (10_000_000, 2 + len(one.urgent))
    assert found.slides[0].slide_layout.name == "Our opening"
    assert found.slides[0].shapes.title.text == NAMES["a"]
    assert found.slides[0].shapes.title.text_frame.paragraphs[0].runs[0].font.size is None  # the master decides
    assert holding(SECRET, (tmp_path / "ours.pptx").read_bytes()) >= LEFT_OUT
    assert holding("SECRET", made) == set()
    assert len(found.slide_layouts[0].placeholders) == len(pptx.Presentation().slide_layouts[0].placeholders)


LEFT_OUT = {
    "docProps/app.xml", "docProps/core.xml", "docProps/custom.xml", "docProps/thumbnail.jpeg", "ppt/presentation.xml",
    "ppt/commentAuthors.xml", "ppt/slides/slide1.xml", "ppt/slides/slide2.xml", "ppt/notesSlides/notesSlide1.xml",
}  # fmt: skip


def holding(text: str, made: bytes) -> set[str]:
    """The parts of a presentation in which a text stands, or whose name holds it."""
    archive = zipfile.ZipFile(io.BytesIO(made))
    return {name for name in archive.namelist() if text.encode() in archive.read(name) or text in name}


def test_without_the_package_slides_are_left_out_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slides_format, "find_spec", lambda name: None)
    assert possible(["pptx", "json"]) == (("json",), {"pptx": "pip install python-pptx"})
