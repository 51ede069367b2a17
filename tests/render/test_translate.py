from __future__ import annotations

import pytest

from kpikit.render.translate import blocks, translated_markdown, translated_notebook
from tests.render.notebooks import code, notebook, text

CASES = [
    ("# Title", ["Title"], "# TITLE"),
    ("A paragraph\nof two lines.", ["A paragraph of two lines."], "A PARAGRAPH OF TWO LINES."),
    ("one\n\ntwo\n\n\nthree", ["one", "two", "three"], "ONE\n\nTWO\n\nTHREE"),
    ("- one\n- two\n  goes on", ["one", "two goes on"], "- ONE\n- TWO GOES ON"),
    ("1. one\n2. two", ["one", "two"], "1. ONE\n2. TWO"),
    ("> said", ["said"], "> SAID"),
    ("Text\n\n```\ncode\n\n# more\n```\n\nend", ["Text", "end"], "TEXT\n\n```\ncode\n\n# more\n```\n\nEND"),
    ("| a | b |\n|---|---|", [], "| a | b |\n|---|---|"),
    ("", [], ""),
]


@pytest.mark.parametrize(("markdown", "texts", "said"), CASES)
def test_blocks_are_said_and_their_marks_stay(markdown: str, texts: list[str], said: str) -> None:
    assert blocks(markdown) == texts
    assert translated_markdown(markdown, str.upper) == said


def test_only_markdown_cells_change_and_the_notebook_itself_does_not() -> None:
    before = notebook(text("# Title"), code("# comment"))
    after = translated_notebook(before, str.upper)
    assert [cell["source"] for cell in after["cells"]] == ["# TITLE", "# comment"]
    assert before["cells"][0]["source"] == "# Title"
