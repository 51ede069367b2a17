"""Pictures: small tidy SVG, the same bytes each time, with an escaped text alternative."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from matplotlib.axes import Axes

from kpikit.charts.bars import bars_picture
from kpikit.charts.bullet import bullet_picture
from kpikit.charts.look import colour
from kpikit.charts.picture import Picture, drawn, inset
from kpikit.charts.scale import extent
from kpikit.charts.sparkline import spark_picture
from kpikit.charts.trend import trend_picture
from kpikit.words.language import language
from tests.charts import samples

SAY = language("en")
BAD_NAME = '<script>alert("1")</script> & $x_1$'


def all_pictures() -> dict[str, Picture]:
    """Every kind of picture of every sample."""
    kinds = {"trend": trend_picture, "spark": spark_picture, "bullet": bullet_picture, "bars": bars_picture}
    return {
        f"{kind} {fact.indicator}": picture(fact, SAY, BAD_NAME)
        for kind, picture in kinds.items()
        for fact in samples.EVALUATION.facts
    }


@pytest.fixture(scope="module")
def pictures() -> dict[str, Picture]:
    return all_pictures()


def test_the_same_facts_give_the_same_bytes(pictures: dict[str, Picture]) -> None:
    assert all_pictures() == pictures


def test_pictures_are_well_formed_and_named(pictures: dict[str, Picture]) -> None:
    for picture in pictures.values():
        root = ElementTree.fromstring(picture.svg)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-label"] == picture.alt
        assert BAD_NAME in picture.alt


def test_pictures_hold_nothing_but_marks(pictures: dict[str, Picture]) -> None:
    allowed = {f"{{http://www.w3.org/2000/svg}}{name}" for name in ("svg", "g", "path", "circle", "rect", "text")}
    for picture in pictures.values():
        found = list(ElementTree.fromstring(picture.svg).iter())
        assert {each.tag for each in found} <= allowed
        assert not [each for each in found if "id" in each.attrib]


def test_every_colour_is_a_variable(pictures: dict[str, Picture]) -> None:
    for picture in pictures.values():
        assert set(re.findall(r"(.{4})#[0-9a-f]{6}", re.sub(r"var\(--kpi-[\w-]+, #", "var #", picture.svg))) <= {"var "}


@pytest.mark.parametrize(("kind", "most"), [("trend", 7_000), ("spark", 1_400), ("bullet", 900), ("bars", 3_000)])
def test_pictures_are_small(pictures: dict[str, Picture], kind: str, most: int) -> None:
    assert max(len(picture.svg.encode()) for name, picture in pictures.items() if name.startswith(kind)) < most


def test_texts_are_drawn_as_they_are_and_escaped() -> None:
    def draw(ax: Axes) -> None:
        ax.text(0.5, 0.5, "<b> & $x_1$ #1f2a37 東\x07", color=colour("ink"))

    svg = drawn((100, 50), draw, "a").svg
    assert ">&lt;b&gt; &amp; $x_1$ #1f2a37 東</text>" in svg


def test_a_picture_that_stands_alone_shrinks_with_the_page_and_has_a_ground() -> None:
    svg = drawn((100, 50), lambda ax: None, "a").svg
    assert 'viewBox="0 0 100 50" style="max-width:min(100%, 100px);height:auto" ' in svg
    assert '<rect width="100%" height="100%" style="fill:var(--kpi-surface, #ffffff)"/>' in svg


def test_a_narrow_variant_is_drawn_for_itself_and_hidden_without_a_style_sheet() -> None:
    widths: list[float] = []
    svg = drawn((100, 50), lambda ax: widths.append(extent(ax)[0]), "a", narrow=(60, 40)).svg
    assert widths == [100, 60]
    assert '<g style="display:var(--kpi-wide, inline)"><svg viewBox="0 0 100 50"' in svg
    assert '<g style="display:var(--kpi-narrow, none)"><svg viewBox="0 0 60 40"' in svg


def test_an_inset_is_see_through() -> None:
    assert "<rect" not in inset((100, 50), lambda ax: None, "a").svg


def test_pictures_show_themselves_with_their_text() -> None:
    picture = drawn((100, 50), lambda ax: None, 'a "b"')
    data, about = picture._repr_mimebundle_()
    assert data == {"image/svg+xml": picture.svg, "text/plain": 'a "b"'}
    assert about == {"image/svg+xml": {"alt": 'a "b"'}}
    assert str(picture) == 'a "b"'
