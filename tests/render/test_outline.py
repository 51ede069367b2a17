"""The outline of pages: by a table, by a law over any headings, and what our own templates have already."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.render.outline import outlined
from tests.workspaces import PURE_LAWS


def levels(html: str) -> list[int]:
    return [int(level) for level in re.findall(r"<h([1-6])", html)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([1, 2, 3, 3, 2, 4], [1, 2, 3, 3, 2, 3]),
        ([1, 3, 3, 5, 2], [1, 2, 2, 3, 2]),
        ([1, 2, 1, 2], [1, 2, 2, 3]),  # a second one of the first level becomes a part
        ([2, 3], [1, 2, 3]),  # the title is put before them
        ([], [1]),
        ([6, 1], [2, 1]),
    ],
)
def test_headings_leave_no_level_out(before: list[int], after: list[int]) -> None:
    html = "<main>" + "".join(f'<h{level} title="a > b">Words</h{level}>' for level in before) + "</main>"
    found = outlined(html, "Title")
    assert levels(found) == after
    assert found.count('title="a > b">Words</h') == len(before)


@PURE_LAWS
@given(st.lists(st.integers(1, 6)))
def test_any_headings_are_one_of_the_first_level_and_steps_of_one(before: list[int]) -> None:
    html = "<main>" + "".join(f"<h{level}>x</h{level}>" for level in before) + "</main>"
    found = levels(outlined(html, "Title"))
    assert found.count(1) == 1
    assert all(after <= max(now, 1) + 1 for now, after in pairwise(found))
    assert outlined(outlined(html, "Title"), "Title") == outlined(html, "Title")


def test_the_title_stands_in_the_header_that_there_is_and_as_text() -> None:
    html = '<header class="kpikit"><p>Figures</p></header><main></main>'
    assert outlined(html, "<A> & B").startswith('<header class="kpikit"><h1>&lt;A&gt; &amp; B</h1><p>Figures</p>')


def test_a_table_of_pandas_says_of_what_its_heads_are() -> None:
    import pandas as pd

    html = outlined("<main><h1>A</h1>" + pd.DataFrame({"orders": [1, 2]}, index=["x", "y"]).to_html() + "</main>", "A")
    assert html.count('<th scope="col">') == 2 and html.count('<th scope="row">') == 2 and "<th>" not in html
    told = '<table><thead><tr><th class="num" scope="col">a</th></tr></thead></table>'
    assert told in outlined(f"<h1>A</h1>{told}", "A")
