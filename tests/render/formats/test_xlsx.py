"""The workbook, read back with openpyxl: numbers are numbers in the reader's formats, texts are texts."""

from __future__ import annotations

import html
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kpikit.evaluation.targets.usual import usual_ranges
from kpikit.render.content import Content
from kpikit.render.formats import FORMATS, xlsx
from kpikit.render.history import tracks
from kpikit.render.sheets.book import LONGEST_FOOTER
from kpikit.words.errors import RenderError
from tests.render.formats.conftest import NAMES, NOTES

Of = Callable[[str], Content]


@pytest.fixture(scope="module")
def books(content: Of) -> dict[str, Any]:
    return {key: openpyxl.load_workbook(io.BytesIO(xlsx.workbook(content(key)))) for key in NAMES}


def cells(sheet: Any) -> dict[str, Any]:
    """What stands beside each text of the first column: the row as far as it is filled."""
    return {row[0].value: row for row in sheet.iter_rows() if row[0].value is not None}


def test_the_sheets(books: dict[str, Any]) -> None:
    names = books["a"].sheetnames
    kpis = ["Revenue", "Cancellation rate", "Average order value", "Orders"]
    assert names[:5] == ["Scorecard", *kpis] and names[-2:] == ["Definitions", "Coverage"]
    assert books["b"].sheetnames[0] == "KPI-overblik"
    assert all(sheet.page_setup.paperSize == 9 for sheet in books["a"])


def test_the_scorecard_has_numbers_in_the_formats_of_the_reader(books: dict[str, Any]) -> None:
    # Alfa in June 2024: 15 orders of 17.31 = 259.65, and 2 cancellations, 2 / 15 = 13.3 %; May 31 x 17.31 = 536.61
    english, danish = (cells(books[key].worksheets[0]) for key in ("a", "b"))
    revenue = english["Revenue"]
    assert (revenue[1].value, revenue[1].number_format) == (259.65, '"£"#,##0.00')
    assert (revenue[2].value, revenue[2].number_format) == (400, '"≥ ""£"#,##0.00')
    assert revenue[3].value is None  # the end of a range
    assert revenue[4].value == "◆ Missed" and revenue[4].font.color.rgb.endswith("C2540A")
    assert revenue[5].value == pytest.approx(259.65 - 400) and revenue[5].number_format.startswith('+"£"#,##0.00;-"£"')
    assert [round(each.value, 4) for each in revenue[8:10]] == [-276.96, -0.5161]
    rate = english["Cancellation rate"]
    assert rate[1].value == pytest.approx(2 / 15) and rate[1].number_format == "0.0%"
    assert rate[5].value == pytest.approx((2 / 15 - 0.2) * 100) and ' pp"' in rate[5].number_format
    # Bravo: 30 x 23.57 = 707.10; Danes write "707,10 £" and "0,0 %"
    assert (danish["Omsætning"][1].value, danish["Omsætning"][1].number_format) == (707.1, '#,##0.00"\xa0£"')
    assert danish["Annulleringsrate"][1].number_format == '0.0"\xa0"%'
    heads = [each.value for each in english["Indicator"]]
    assert heads[2:6] == ["Target", "Target to", "Status", "Gap"]
    ends = [(each.value, each.number_format) for each in english["Average order value"][2:4]]
    assert ends == [(5, '"£"#,##0.00'), (20, '"£"#,##0.00')]


def test_without_ranges_a_target_has_one_column(content: Of) -> None:
    one = content("a")
    facts = tuple(
        replace(fact, target=fact.target and replace(fact.target, upper=None)) for fact in one.review.evaluation.facts
    )
    review = replace(one.review, evaluation=replace(one.review.evaluation, facts=facts))
    front = openpyxl.load_workbook(io.BytesIO(xlsx.workbook(Content(review)))).worksheets[0]
    assert [each.value for each in cells(front)["Indicator"][2:5]] == ["Target", "Status", "Gap"]


@pytest.mark.parametrize(
    ("name", "footer"),
    [("365 & Søn's", "365 && Søn's · June 2024"), ("&" * 200, "&&" * LONGEST_FOOTER)],
)
def test_the_footer_keeps_the_first_digits_of_a_name(name: str, footer: str, content: Of) -> None:
    one = content("a")
    review = replace(one.review, client=replace(one.review.client, label=name))
    archive = zipfile.ZipFile(io.BytesIO(xlsx.workbook(Content(review))))
    written = html.unescape(archive.read("xl/worksheets/sheet1.xml").decode().partition("<oddFooter>")[2])
    assert written.partition("</oddFooter>")[0] == f"&L&8 {footer}&R&8&P / &N"


def test_a_kpi_has_a_sheet_with_its_history_and_a_native_chart(books: dict[str, Any]) -> None:
    sheet = books["b"]["Omsætning"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "Periode")
    heads = [each.value for each in head if each.value]
    rows = list(sheet.iter_rows(min_row=head[0].row + 1, max_row=head[0].row + 18))
    first, last = rows[0], rows[-1]
    assert (first[0].value, first[1].value, last[0].value) == ("jan. 2023", datetime(2023, 1, 1), "jun. 2024")
    assert first[1].number_format == "[$-406]d. mmmm yyyy"
    value = heads.index("Værdi")
    assert (first[value].value, last[value].value) == (730.67, 707.1)  # 31 and 30 days of 23.57
    assert first[value].number_format == '#,##0.00"\xa0£"'
    (chart,) = sheet._charts
    assert chart.x_axis.tickLblPos == "low"  # also beneath values below zero
    assert (
        type(chart).__name__ == "LineChart" and len(chart.ser) == len(heads) - 3
    )  # all but period, first day and remark
    assert chart.ser[0].val.numRef.f.startswith("Omsætning!$C$") or "'Omsætning'!$C$" in chart.ser[0].val.numRef.f


def test_a_kpi_is_printed_on_a_page_whose_sentences_are_no_wider_than_its_table(books: dict[str, Any]) -> None:
    for sheet in books["a"].worksheets[1:5]:
        (head,) = (row for row in sheet.iter_rows() if row[0].value == "Period")
        table = max(cell.column for cell in head if cell.value)
        joined = {each.min_row: (each.min_col, each.max_col) for each in sheet.merged_cells.ranges}
        assert joined and set(joined.values()) == {(1, table)} and sheet["A2"].value
        assert all(sheet.cell(row, 1).alignment.wrap_text for row in joined)
        # 18 signs wide are the first two columns, 14 those of the numbers, 40 the remark
        wide = 18 * 2 + 14 * (table - 3) + 40
        lines = {row: -(-len(sheet.cell(row, 1).value) // wide) for row in joined}
        assert all(sheet.row_dimensions[row].height >= 13.5 * number for row, number in lines.items())
        assert sheet.page_setup.orientation == "portrait"
    assert books["a"].worksheets[0].print_title_rows


def test_the_usual_range_is_the_one_of_the_page_at_each_point(content: Of) -> None:
    fact = content("b").review.evaluation.fact("sales.revenue")
    found = {each.name: each.values for each in tracks(fact, content("b").say)}
    known = [between or (None, None) for between in usual_ranges(fact)]
    assert list(zip(found["Normalt fra"], found["Normalt til"], strict=True)) == known
    assert any(low is not None for low, _ in known)


def test_points_that_stand_out_are_marked_with_shape_and_colour(books: dict[str, Any]) -> None:
    sheet = books["a"]["Revenue"]
    (chart,), (other,) = sheet._charts, books["a"]["Cancelled value"]._charts
    marked = [each for each in (*chart.ser, *other.ser) if each.marker and each.marker.symbol in ("circle", "diamond")]
    assert {each.marker.symbol: each.marker.spPr.solidFill.srgbClr for each in marked} == {
        "circle": "1B6FAE", "diamond": "C2540A",
    }  # fmt: skip
    dashes = {each.spPr.ln.prstDash for each in chart.ser if each.spPr.ln.prstDash}
    assert dashes == {"solid", "dash", "sysDot"}  # what was measured, the target, the usual range


def test_no_text_is_a_formula_and_nothing_links_out(content: Of) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.workbook(content("a"))))
    kinds = {each.data_type for sheet in book for row in sheet.iter_rows() for each in row if each.value is not None}
    assert kinds == {"s", "n", "d"}
    texts = [each.value for sheet in book for row in sheet.iter_rows() for each in row if each.data_type == "s"]
    assert NAMES["a"] in texts and NOTES["a"] in texts
    assert not any(sheet._hyperlinks for sheet in book)


def test_definitions_and_coverage(books: dict[str, Any]) -> None:
    definitions = cells(books["a"]["Definitions"])
    heads = [each.value for each in definitions["Indicator"]]
    assert definitions["Cancellation rate"][heads.index("Formula")].value == "cancellations / orders"
    coverage = cells(books["a"]["Coverage"])
    assert [each.value for each in coverage["Revenue"][1:4]] == [30, 30, 1]
    source = coverage["sales"]
    assert [each.value for each in source[1:4]] == [datetime(2023, 1, 1), datetime(2024, 6, 30), 0]
    assert source[5].value == "sales.csv" and len(source[6].value) == 64


def test_the_branding_is_on_it(books: dict[str, Any]) -> None:
    front = books["a"].worksheets[0]
    title = front["A1"]
    assert (title.value, title.font.name, title.font.color.rgb[-6:]) == (NAMES["a"], "Georgia", "004B87")
    assert len(front._images) == 1
    assert any(row[0].value == "Call us & talk" for row in front.iter_rows())
    head = cells(front)["Indicator"][0]
    assert (head.fill.fgColor.rgb[-6:], head.font.color.rgb[-6:], head.font.name) == ("004B87", "FFFFFF", "Arial")


def test_logos_of_any_size_stand_beside_the_title(content: Of, tmp_path: Path) -> None:
    """900 x 180 and 240 x 300 fit into 150 x 56 as 150 x 30 and 44.8 x 56, with a gap of 16."""
    review = content("a").review
    wide, tall = png(tmp_path / "wide.png", 900, 180), png(tmp_path / "tall.png", 240, 300)
    settings = replace(review.settings, branding=replace(review.settings.branding, logo=wide))
    made = xlsx.workbook(Content(replace(review, settings=settings, client=replace(review.client, logo=tall))))
    front = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    dot = 9525  # of the file's own measure
    first, second = (each.anchor for each in front._images)
    assert [each._from.row for each in (first, second)] == [0, 0]
    assert [each.to.row <= 4 for each in (first, second)] == [True, True]  # above the sentences
    assert first._from.col == second._from.col == first.to.col == second.to.col
    lefts, rights = zip(*((each._from.colOff / dot, each.to.colOff / dot) for each in (first, second)), strict=True)
    assert (lefts, rights) == (pytest.approx((0, 166), abs=1), pytest.approx((150, 210.8), abs=1))


def png(path: Path, width: int, height: int) -> Path:
    """A white picture of that size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    chunks = [kind + data for kind, data in ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))]
    parts = [struct.pack(">I", len(each) - 4) + each + struct.pack(">I", zlib.crc32(each)) for each in chunks]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))
    return path


def test_the_columns_are_as_wide_as_what_stands_in_them(books: dict[str, Any]) -> None:
    front = books["a"].worksheets[0]
    widths = [front.column_dimensions[letter].width for letter in "ABC"]
    assert widths[0] >= len("Average order value") and widths[2] >= len("≥ £400.00") + 2


def test_the_same_report_gives_the_same_bytes(content: Of) -> None:
    made = xlsx.workbook(content("a"))
    assert xlsx.workbook(content("a")) == made
    FORMATS["xlsx"].check(made)
    assert openpyxl.load_workbook(io.BytesIO(made)).properties.created == datetime(2024, 6, 30)


@pytest.mark.parametrize("kind", ["xlsx", "pptx"])
@pytest.mark.parametrize("damage", [slice(0), slice(100), slice(1000)])
def test_half_a_file_is_not_published(kind: str, damage: slice, content: Of) -> None:
    with pytest.raises(RenderError, match="is no whole"):
        FORMATS[kind].check(xlsx.workbook(content("a"))[damage])


@pytest.mark.parametrize("audience", ["management", "partner"])
def test_others_than_the_team_see_the_kpis_alone_and_partners_no_notes(audience: str, content: Of) -> None:
    one = Content(replace(content("a").review, audience=audience))
    book = openpyxl.load_workbook(io.BytesIO(xlsx.workbook(one)))
    texts = [each.value for sheet in book for row in sheet.iter_rows() for each in row if each.data_type == "s"]
    assert "Revenue" in texts and "Orders" not in texts
    assert (NOTES["a"] in texts) == (audience == "management") == bool(one.urgent)
