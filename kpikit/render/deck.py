"""A presentation of a report, slide by slide, on the agency's own master or a plain one."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from kpikit.charts.look import colour
from kpikit.render.content import Content, Line
from kpikit.render.history import DASHED, DOTTED, SOLID, Track, axis, code, tracks
from kpikit.render.master import bare, title_size
from kpikit.render.room import SIZES, WORDS, largest_size, row_height, shared_out, smaller
from kpikit.words.formats import tied

TITLE = 26
"""The size of titles, in points."""

WIDE = (12_192_000, 6_858_000)
"""Width and height of a plain slide: 16 to 9, in English Metric Units."""

ABOVE_WORDS = 1_300_000
"""Height of the value, its period and its status above the words, in English Metric Units."""

_PLAIN_LAYOUTS = (0, 5)
"""The layouts of the plain master: a title, and a title alone."""


class Deck:
    """The presentation of a report."""

    def __init__(self, content: Content) -> None:
        import pptx

        self.content, self.say, self.own = content, content.say, content.branding.slides
        self.file: Any = pptx.Presentation(str(self.own)) if self.own else pptx.Presentation()
        if self.own:
            bare(self.file)
        else:
            self._widen()
        self.opening, self.plain = self._layouts()
        self.margin = self.file.slide_width // 20
        self.width = self.file.slide_width - 2 * self.margin

    def _widen(self) -> None:
        """The plain master, which is 4 to 3, as 16 to 9: its placeholders grow with it."""
        grown = WIDE[0] / self.file.slide_width
        self.file.slide_width, self.file.slide_height = WIDE
        for holder in (self.file.slide_master, *self.file.slide_layouts):
            for shape in holder.placeholders:
                shape.left, shape.width = round(shape.left * grown), round(shape.width * grown)

    def _layouts(self) -> tuple[Any, Any]:
        """The layout of the first slide, and of the others: the one with a title and as little else as there is."""
        layouts = list(self.file.slide_layouts)
        if not self.own:
            return tuple(layouts[at] for at in _PLAIN_LAYOUTS)
        titled = [each for each in layouts if _title_of(each) is not None] or layouts
        return layouts[0], min(titled[1:] or titled, key=lambda each: len(list(each.placeholders)))

    def slide(self, layout: Any, title: str, notes: Sequence[str]) -> Any:
        """A new slide with its title and the speaker's notes; placeholders that nothing fills are removed."""
        slide = self.file.slides.add_slide(layout)
        slide.notes_slide.notes_text_frame.text = "\n".join(notes)
        if slide.shapes.title is None:
            box = slide.shapes.add_textbox(self.margin, self.margin // 2, self.width, self.margin)
            self._write(box.text_frame, [(title, TITLE, True, self._accent())])
        else:
            size = smaller(title, slide.shapes.title, title_size(self.file)) if self.own else TITLE
            self._write(slide.shapes.title.text_frame, [(title, size, not self.own, self._accent())])
            if not self.own:
                self._place_title(slide, layout is self.opening)
        return slide

    def _place_title(self, slide: Any, opening: bool) -> None:
        """The titles of plain slides stand on the left, as all their text does."""
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

        for shape in [each for each in slide.placeholders if each.placeholder_format.idx in (0, 1)]:
            top = 300_000 if not opening else 1_900_000 if shape.placeholder_format.idx == 0 else 3_300_000
            height = 900_000 if not opening else 1_300_000
            shape.left, shape.top, shape.width, shape.height = self.margin, top, self.width, height
            shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM if opening and top < 3_000_000 else MSO_ANCHOR.TOP
            shape.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT

    def title(self, client: str, lines: Sequence[str], notes: Sequence[str]) -> None:
        """The first slide."""
        slide = self.slide(self.opening, client, notes)
        others = [each for each in slide.placeholders if each.placeholder_format.idx == 1]
        if others:
            texts = [*lines, *filter(None, [self.content.footer])]
            self._write(others[0].text_frame, [(text, 0 if self.own else 18, False, colour("muted")) for text in texts])
        for logo, name in self.content.logos:
            is_agency = logo == self.content.branding.logo
            if is_agency and self.own:  # its own master has it
                continue
            picture = io.BytesIO(logo.read_bytes())
            shape = slide.shapes.add_picture(picture, self.margin, self.margin, height=self.margin)
            shape.left = self.margin if is_agency else self.margin + self.width - shape.width
            _describe(shape, name)
        _tidy(slide)

    def words(self, sentences: Sequence[str]) -> None:
        """A slide with the sentences of the report alone."""
        slide = self.slide(self.plain, self.say("In short"), sentences)
        self._sentences(slide, self._below_title(slide), sentences, 18)
        _tidy(slide)

    def _sentences(self, slide: Any, top: int, sentences: Sequence[str], size: int) -> None:
        box = slide.shapes.add_textbox(self.margin, top, self.width, self.file.slide_height - top - self.margin)
        box.text_frame.word_wrap = True
        self._write(box.text_frame, [(text, size, False, colour("ink")) for text in sentences])

    def scorecard(self, lines: Sequence[Line], beneath: Sequence[str], notes: Sequence[str]) -> None:
        """Slides with a line for each of the KPIs, as many on each as fit; and sentences beneath the last of them."""
        widths = [round(self.width * share) for share in (0.25, 0.14, 0.21, 0.15, 0.25)]
        heads = [self.say("Indicator"), self.content.period, self.say("Target"), *self.content.verdicts]
        counts: list[int] = []
        while lines:
            slide = self.slide(self.plain, self.say("Scorecard"), notes)
            top = self._below_title(slide)
            heights = [row_height(texts, widths) for texts in (heads, *map(_words, lines))]
            counts = counts or shared_out(heights[1:], self.file.slide_height - top - self.margin // 2 - heights[0])
            shown = counts.pop(0)
            self._table(slide, top, heads, lines[:shown], (widths, heights[: shown + 1]))
            lines = lines[shown:]
            if beneath and not lines:
                below = top + sum(heights[: shown + 1]) + self.margin // 2
                size = largest_size(
                    beneath, self.width, self.file.slide_height - below - self.margin // 2, (14, *SIZES)
                )
                self._sentences(slide, below, beneath, size)
            _tidy(slide)

    def _table(
        self, slide: Any, top: int, heads: Sequence[str], lines: Sequence[Line], sizes: tuple[list[int], list[int]]
    ) -> None:
        """The lines as a table, whose ``sizes`` are the widths of its columns and the heights of its rows."""
        widths, heights = sizes
        frame = slide.shapes.add_table(len(heights), len(widths), self.margin, top, sum(widths), sum(heights))
        _describe(frame, self.say("Scorecard"))
        for column, width in zip(frame.table.columns, widths, strict=True):
            column.width = width
        for row, height in zip(frame.table.rows, heights, strict=True):
            row.height = height
        for column, text in enumerate(heads):
            self._cell(frame.table.cell(0, column), text, "#ffffff", column in (1, 2), True, self._accent())
        for at, line in enumerate(lines, 1):
            inks = ("ink", "ink", "ink", line.status_role, line.signal_role)
            for column, (text, ink) in enumerate(zip(_words(line), inks, strict=True)):
                strong = column == 0 or (column == 3 and ink == "bad")
                self._cell(frame.table.cell(at, column), text, colour(ink), column in (1, 2), strong, colour("surface"))

    def kpi(self, line: Line) -> None:
        """A slide about one KPI: its message, its history as a native chart, its words beside it."""
        slide = self.slide(self.plain, line.headline, [*line.texts, line.picture])
        top = self._below_title(slide)
        height = self.file.slide_height - top - self.margin
        wide = round(self.width * 0.64)
        if tracks(line.fact, self.say):
            self._chart(slide, line, (self.margin, top, wide, height))
        box = slide.shapes.add_textbox(self.margin + wide + 150_000, top, self.width - wide - 150_000, height)
        box.text_frame.word_wrap = True
        words = [(line.value, 30, True, colour("ink")), (self.content.period, 13, False, colour("muted")),
                 (line.status, 16, True, colour(line.status_role))]  # fmt: skip
        size = largest_size(line.texts, box.width, height - ABOVE_WORDS)
        words += [(text, size, False, colour("ink")) for text in line.texts]
        self._write(box.text_frame, [each for each in words if each[0]])
        _tidy(slide)

    def _chart(self, slide: Any, line: Line, place: tuple[int, int, int, int]) -> None:
        from pptx.chart.data import CategoryChartData
        from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
        from pptx.util import Pt

        fact, say, number = line.fact, self.say, code(line.fact, self.say)
        data: Any = CategoryChartData(number_format=number)  # type: ignore[no-untyped-call]
        data.categories = [say.period(point.period, brief=True) for point in fact.series.points]
        lines = tracks(fact, say)
        for each in lines:
            data.add_series(each.name, each.values)
        frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE, *place, data)
        _describe(frame, line.picture)
        chart = frame.chart
        chart.font.size, chart.has_title = Pt(11), False
        chart.has_legend = True
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.value_axis.tick_labels.number_format = number
        chart.value_axis.tick_labels.number_format_is_linked = False
        chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = axis(fact, say)
        _paint(chart.value_axis.major_gridlines.format.line, "line", 0.75)
        chart.value_axis.format.line.fill.background()
        chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW  # also beneath values below zero
        _paint(chart.category_axis.format.line, "prior", 0.75)
        for series, each in zip(chart.plots[0].series, lines, strict=True):
            _paint_track(series, each)

    def _below_title(self, slide: Any) -> int:
        shape = slide.shapes.title
        return int(shape.top + shape.height + 120_000) if shape is not None else 2 * self.margin

    def _accent(self) -> str:
        """The colour of titles; the own master's is left alone."""
        accent = self.content.branding.accent
        return "" if self.own else accent.light if accent else colour("ink")

    def _write(self, frame: Any, texts: Sequence[tuple[str, int, bool, str]]) -> None:
        """Paragraphs: text, size in points (0: the master's), bold, colour ("": the master's)."""
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Pt

        for number, (text, size, bold, ink) in enumerate(texts):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            if not self.own:
                paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(size / 2)
            run = paragraph.add_run()
            run.text = tied(text)
            self._style(run.font, size, bold, ink)

    def _style(self, font: Any, size: int, bold: bool, ink: str) -> None:
        from pptx.util import Pt

        if size:
            font.size = Pt(size)
        if bold:
            font.bold = True
        if ink:
            font.color.rgb = _rgb(ink)
        branding = self.content.branding
        named = branding.heading_font or branding.text_font if size == TITLE else branding.text_font
        if named and not self.own:
            font.name = named

    def _cell(self, cell: Any, text: str, ink: str, right: bool, bold: bool, ground: str) -> None:
        from pptx.enum.text import PP_ALIGN

        cell.fill.solid()
        cell.fill.fore_color.rgb = _rgb(ground or colour("ink"))
        self._write(cell.text_frame, [(text, WORDS, bold, ink)])
        cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT


def _words(line: Line) -> tuple[str, ...]:
    """What a line of the scorecard says, cell by cell."""
    return line.label, line.value, "; ".join(line.aims), line.status, line.signal


def _title_of(layout: Any) -> Any:
    return next((each for each in layout.placeholders if each.placeholder_format.idx == 0), None)


def _tidy(slide: Any) -> None:
    """Remove the placeholders that nothing was written into: they would ask for a text."""
    for each in list(slide.placeholders):
        if each.has_text_frame and not each.text_frame.text:
            each._element.getparent().remove(each._element)


def _describe(shape: Any, text: str) -> None:
    """The alternative text of a picture, a chart or a table."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", text)


def _rgb(text: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(text.removeprefix("#").upper())  # type: ignore[no-untyped-call]


def _paint(line: Any, role: str, width: float) -> None:
    from pptx.util import Pt

    line.color.rgb = _rgb(colour(role))
    line.width = Pt(width)


def _paint_track(series: Any, track: Track) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE

    series.smooth = False
    if track.mark is None:
        series.marker.style = XL_MARKER_STYLE.CIRCLE if track.lonely else XL_MARKER_STYLE.NONE
        if track.lonely:
            series.marker.size = 5
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = _rgb(colour(track.role))
            series.marker.format.line.fill.background()
        _paint(series.format.line, track.role, track.width)
        series.format.line.dash_style = {SOLID: MSO_LINE.SOLID, DASHED: MSO_LINE.DASH, DOTTED: MSO_LINE.ROUND_DOT}[
            track.dash
        ]
        return
    series.format.line.fill.background()
    series.marker.style = XL_MARKER_STYLE[track.mark.upper()]
    series.marker.size = 9
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = _rgb(colour(track.role))
    series.marker.format.line.color.rgb = _rgb(colour("surface"))
