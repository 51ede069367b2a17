"""The scorecard, the box of figures and plain tables: what stands where, escaped, with words beside every sign."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from kpikit.charts.figures import figures
from kpikit.charts.guide import how_to_read
from kpikit.charts.markup import SIGNS, Html, beside, sign, table
from kpikit.charts.scorecard import scorecard
from kpikit.charts.trend import trend_picture
from kpikit.evaluation.codes import STATUSES
from kpikit.evaluation.facts import Evaluation, Fact
from kpikit.words.language import language
from tests.charts.samples import (
    CANCELLATIONS,
    EVALUATION,
    NEW_CUSTOMERS,
    OVER,
    PERIOD,
    REPEAT,
    REVENUE,
    VISITS,
    WAITS,
    name,
)

SAY = language("en")


class Lines(HTMLParser):
    """The texts of each table row, cell by cell."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag == "small":
            self.rows[-1][-1] += " | "

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.strip("\n")


def rows(*facts: Fact) -> list[list[str]]:
    evaluation = Evaluation("sample", PERIOD, date(2011, 11, 30), 1, facts)
    return Lines(scorecard(evaluation, SAY, name).html).rows


def test_the_scorecard_has_one_line_for_each_fact_kpis_first() -> None:
    assert [row[0] for row in Lines(scorecard(EVALUATION, SAY, name).html).rows] == [
        "Indicator", "Share within four hours", "Cancellation rate", "Revenue", "Repeat purchase rate",
        "What drives it", "Attendances", "New customers", "Also measured", "Admission rate",
    ]  # fmt: skip


def test_the_columns_of_the_scorecard() -> None:
    head, line = rows(WAITS)
    assert head == ["Indicator", "November 2011", "Target", "Status", "vs previous period", "vs same period last year",
                    "History", "Signal"]  # fmt: skip
    assert line == ["Share within four hours", "88.3%", "≥ 95.0%", "Missed", "−3.8 pp", "−3.2 pp", "",
                    "Worse than usual | outside its natural limits, since November 2011"]  # fmt: skip


def test_what_nothing_can_be_compared_with_has_no_column() -> None:
    assert [(each.against, each.reason) for each in VISITS.changes][1:] == [("same_period_last_year", "base_missing")]
    assert "vs same period last year" not in rows(VISITS)[0] and "vs same period last year" in rows(VISITS, WAITS)[0]


@pytest.mark.parametrize(
    ("fact", "value", "target", "status", "previous", "signal"),
    [
        (REVENUE, "£310,000 | not complete: 9 of 30", "≥ £9,900,000 | £8,400,000 so far", "At risk",
         "– | no data in this period", "Not all of the period is covered"),
        (REPEAT, "– | no data in this period", "≥ 25.0%", "Can't be judged | no data in this period", "–",
         ""),  # once is enough
        (VISITS, "8,333", "", "", "+143 | +1.7%", "Within its usual range"),
    ],
)  # fmt: skip
def test_what_is_missing_or_partial_says_why(
    fact: Fact, value: str, target: str, status: str, previous: str, signal: str
) -> None:
    (line,) = [row for row in rows(fact, WAITS) if row[0] == name(fact)]
    assert [line[1], line[2], line[3], line[4], line[7]] == [value, target, status, previous, signal]


def test_every_status_has_a_word_and_a_sign_of_its_own() -> None:
    shown = {status: scorecard(one_kpi(status), SAY, name).html for status in STATUSES}
    for status, html in shown.items():
        assert f'<span class="{status}">{sign(status)}{SAY(STATUSES[status]).replace(chr(39), "&#x27;")}</span>' in html
    assert len({sign(status) for status in STATUSES}) == len(STATUSES)


def one_kpi(status: str) -> Evaluation:
    return Evaluation("sample", PERIOD, date(2011, 11, 30), 1, (replace(WAITS, status=status),))


def test_signs_use_the_colours_of_their_meaning() -> None:
    assert {kind: role for kind, (role, _, _) in SIGNS.items() if role != "muted"} == {
        "exceeded": "good", "met": "good", "on_track": "good", "good": "good",
        "at_risk": "bad", "missed": "bad", "bad": "bad",
    }  # fmt: skip


def test_the_direction_decides_whether_a_signal_is_good() -> None:
    better = scorecard(Evaluation("sample", PERIOD, date(2011, 11, 30), 1, (CANCELLATIONS,)), SAY, name).html
    assert '<span class="good">Better than usual</span>' in better
    assert 'aria-label="improvement: downwards, where less is better"' in better


def test_numbers_stand_to_the_right() -> None:
    html = scorecard(EVALUATION, SAY, name).html
    assert html.count('<td class="num value"') == len(EVALUATION.facts)
    assert html.count('<th scope="col" class="num"') == 4


def test_names_are_escaped_everywhere() -> None:
    bad = '<script>alert("1")</script>'
    shown = scorecard(EVALUATION, SAY, lambda fact: bad)
    for html in (shown.html, table([bad], [[bad]]).html):
        assert "<script" not in html
        assert "&lt;script&gt;" in html
    assert bad in shown.text


def test_the_scorecard_as_text() -> None:
    lines = str(scorecard(EVALUATION, SAY, name)).splitlines()
    assert lines[0].split()[:3] == ["Indicator", "November", "2011"]
    assert re.match(r"Share within four hours +88\.3% +≥ 95\.0%  Missed +−3\.8 pp +−3\.2 pp  Worse than", lines[1])
    assert len(lines) == 1 + len(EVALUATION.facts)


def test_an_evaluation_without_facts_is_an_empty_table() -> None:
    assert len(rows()) == 1


def test_the_box_of_figures() -> None:
    text = figures(CANCELLATIONS, SAY).text
    for head, figure in [
        ("3.10%", "November 2011"), ("Target", "≤ 4.00%  by 31 December 2011"), ("Plan to date", "4.15%"),
        ("Gap", "−1.05 pp"), ("Baseline", "5.00%  2010"),
        ("vs previous period", "−1.00 pp"), ("Usual range", "3.64% – 5.82%  from 24 points"),
        ("Coverage", "complete"),
    ]:  # fmt: skip
        assert re.search(rf"^{re.escape(head)} +{re.escape(figure)}", text, re.MULTILINE), head


def test_in_a_terminal_too_the_sum_so_far_stands_beside_its_target() -> None:
    found = scorecard(Evaluation("sample", PERIOD, date(2011, 11, 9), 1, (REVENUE,)), SAY, name)
    assert "≥ £9,900,000 (£8,400,000 so far)" in str(found)


def test_after_its_day_a_target_shows_what_was_achieved_on_it() -> None:
    assert re.search(r"^Achieved +96\.0% +October 2011$", figures(OVER, SAY).text, re.MULTILINE)
    shown = scorecard(replace(EVALUATION, facts=(OVER,)), SAY, name)
    assert Lines(shown.html).rows[1][1:4] == ["88.3%", "≥ 95.0% | October 2011: 96.0%", "Exceeded"]
    assert "≥ 95.0% (October 2011: 96.0%)  Exceeded" in shown.text


def test_the_box_of_a_partial_period_and_a_sum() -> None:
    text = figures(REVENUE, SAY).text
    expected = {"Achieved so far": "£8,400,000", "Plan to date": "£9,100,000", "Coverage": "9 of 30"}
    for head, figure in expected.items():
        assert re.search(rf"^{re.escape(head)} +{re.escape(figure)}", text, re.MULTILINE), head


def test_the_usual_range_never_leaves_what_can_be() -> None:
    limits = NEW_CUSTOMERS.series.limits
    assert limits
    below = replace(NEW_CUSTOMERS, series=replace(NEW_CUSTOMERS.series, limits=replace(limits, lower=-40.0)))
    assert re.search(r"Usual range +0 – ", figures(below, SAY).text)


def test_pieces_bring_their_style_once_and_marked() -> None:
    piece = scorecard(EVALUATION, SAY, name)
    assert piece._repr_html_().count('<style class="kpikit-style">') == 1
    assert Html("", "")._repr_html_() == ""
    assert "<style" not in piece.html


def test_a_plain_table_takes_texts_pictures_and_pieces() -> None:
    picture = trend_picture(WAITS, SAY, "Waits")
    made = table(["A", "B"], [["x", picture], ["y", Html("<b>1</b>", "1")]], numeric=[1])
    assert f'<td class="spark" data-head="B">{picture.svg}</td>' in made.html  # as wide as in a scorecard
    assert '<td class="num" data-head="B"><b>1</b></td>' in made.html
    assert made.text.splitlines()[2] == "y" + " " * (len(picture.alt) + 1) + "1"


def test_a_picture_beside_its_figures() -> None:
    both = beside(trend_picture(WAITS, SAY, "Waits"), figures(WAITS, SAY))
    assert both.html.startswith('<div class="kpikit focus"><figure><svg')
    assert both.text.startswith("Waits, December 2009")


def test_the_guide_explains_every_mark() -> None:
    assert how_to_read(SAY).html.count("<dt>") == 12
    assert how_to_read(SAY).html.count("<svg") == 12


@pytest.mark.parametrize("code", ["en", "da", "nb"])
def test_every_language_can_say_it(code: str) -> None:
    say = language(code)
    assert scorecard(EVALUATION, say, name).text
    assert [figures(fact, say).text for fact in EVALUATION.facts]
