from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kpikit.evaluation.facts import Evaluation
from kpikit.render.check import check_page
from kpikit.render.index import index_page
from kpikit.render.publish import Published
from kpikit.render.run import Entry, Run
from kpikit.words.language import Language, language
from tests.charts.samples import EVALUATION, name

OUT = Path("out")
CALM = replace(EVALUATION, facts=tuple(fact for fact in EVALUATION.facts if fact.role != "kpi"))


def entry(client: str | None, label: str, made: bool = True) -> Entry:
    outputs = (Published(OUT / (client or "all") / "x.html", "", 0),) if made else ()
    return Entry(client, label, "2011-11", "2011-11-30", "t", outputs=outputs, reason=None if made else "it <failed>")


def index(*entries: Entry, **evaluations: Evaluation) -> str:
    html = index_page("An <agency>", OUT, entries, evaluations, name, language("en"))
    check_page(html)
    return html


def test_attention_comes_first_and_failures_before_it() -> None:
    html = index(
        entry("b", "Calm & small"), entry("a", "Urgent"), entry("c", "Broken", made=False), entry(None, "All clients"),
        a=EVALUATION, b=CALM, c=CALM,
    )  # fmt: skip
    order = ["agency&gt;", 'href="all/x.html"', "Broken", "it &lt;failed&gt;", "Needs attention", 'href="a/x.html"',
             "Without targets", 'href="b/x.html"']  # fmt: skip
    places = [html.index(each) for each in order]
    assert places == sorted(places)
    assert "Calm &amp; small" in html and 'href="c/' not in html and "2 reports" in html


def test_other_formats_stand_beside_the_page_and_alone_without_one() -> None:
    paths = [Published(OUT / "a" / f"x.{kind}", "", 0) for kind in ("pdf", "html", "xlsx", "ipynb")]
    both = replace(entry("a", "A"), outputs=tuple(paths))
    html = index(both, replace(both, client="b", label="B", outputs=tuple(paths[2:])), a=EVALUATION, b=EVALUATION)
    assert 'href="a/x.html">A</a>' in html and 'href="a/x.pdf">PDF</a>' in html and 'href="a/x.xlsx">XLSX</a>' in html
    assert 'href="a/x.xlsx">B</a>' in html and "ipynb" not in html


def test_a_failure_names_its_report_and_leads_to_the_one_before() -> None:
    failed = replace(entry("c", "Broken", made=False), older=(Published(OUT / "c" / "old.html", "", 0),))
    html = index(failed, c=CALM)
    assert "2011-11, t" in html and 'href="c/old.html">old.html</a>' in html


def test_reports_of_earlier_runs_are_still_linked() -> None:
    links = [("B", "2011-11, 02_metric_analysis", "b/2011-11.en.html")]
    html = index_page("Name", OUT, [entry("a", "A")], {"a": EVALUATION}, name, language("en"), (), links)
    check_page(html)
    assert "Reports of earlier runs" in html and 'href="b/2011-11.en.html"' in html


def test_a_large_page_is_named_with_the_way_out() -> None:
    large = replace(entry("a", "A"), outputs=(Published(OUT / "a" / "x.html", "", 626_938),))
    run = Run(OUT, (large, replace(large, outputs=(Published(OUT / "b" / "x.html", "", 300_000),))))
    assert list(run.remarks) == [
        f"{OUT / 'a' / 'x.html'} has 626 KB, more than 300. Fewer KPIs in the plan, or the audience management, make a "
        "smaller page."
    ]


def test_without_failures_there_is_no_such_section() -> None:
    assert "Could not be made" not in index(entry("a", "A"), a=EVALUATION)


def test_the_index_speaks_the_language_asked_for() -> None:
    html = index_page("Navn", OUT, [entry("a", "A")], {"a": EVALUATION}, name, language("nb"))
    assert '<html lang="nb">' in html and "november 2011" in html


@pytest.mark.parametrize(("fresh", "asked"), [((True, True), [0, 2]), ((False, True), [1, 2]), ((False,), [1, 1])])
def test_how_many_are_unchanged_has_a_plural_of_its_own(
    fresh: tuple[bool, ...], asked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """None of two is "0 uændrede" in Danish, and one of two "1 uændret"."""
    numbers: list[int] = []

    def plural(self: Language, singular: str, several: str, number: int, **values: object) -> str:
        numbers.append(number)
        return several.format(number=number, **values)

    monkeypatch.setattr(Language, "plural", plural)
    entries = tuple(Entry("a", "A", "2011-11", "2011-11-30", "t", fresh=each) for each in fresh)
    told = repr(Run(Path("out"), entries))
    assert numbers == asked and told.startswith(f"{len(fresh)} of {len(fresh)} reports, {asked[0]} of them unchanged: ")
