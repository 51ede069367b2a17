"""Four clients in all formats at once: no file holds a word, figure or picture of another; 274 of them in `leaks`."""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.leaks import leaks
from tests.render.canaries import found, planted

KINDS = ("html", "xlsx", "json", "eml", "pdf", "pptx")


def test_no_file_holds_anything_of_another_client(tmp_path: Path, needs_system: Callable[..., str]) -> None:
    needs_system("pdftotext")
    wrong, own = leaks(made := planted(tmp_path / "w", 4), list(made.workspace.clients), KINDS, tmp_path / "out")
    assert wrong == []
    assert set(own) == {".ipynb", *(f".{kind}" for kind in KINDS)}
    assert all(number >= 3 for number in own.values()), own  # its label, its note, its figures: what is decoded is seen


@pytest.mark.parametrize("hidden", ["part", "picture", "digits", "name"])
def test_a_leak_would_be_seen(tmp_path: Path, hidden: str) -> None:
    owners = {"qabcdefghijk": "a", "43217839": "b"}
    if hidden in ("part", "name"):
        file = tmp_path / "book.xlsx"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("qabcdefghijk" if hidden == "name" else "one", "qabcdefghijk" * (hidden == "part"))
    else:
        file = tmp_path / "page.html"
        picture = f"data:image/png;base64,{base64.b64encode(b'PNG qabcdefghijk').decode()}"
        file.write_text("43\u00a0217\u00a0839 kr" if hidden == "digits" else f'<img src="{picture}">')
    assert found(file, owners) == {"43217839" if hidden == "digits" else "qabcdefghijk"}


@pytest.mark.parametrize(
    ("text", "is_seen"),
    [
        ("43217839", True),
        ("43,217,839.00", True),
        ("43.217.839,00 kr.", True),
        ("[1,43217839,43217840]", True),  # a list without spaces
        ("M1,43217839,4", True),
        ("43217839.", True),  # the end of a sentence
        ("43217839.25", False),  # of another number, such as the bound of a forecast
        ("43217839.0001", False),
        ("43.217.839,5", False),
        ("143217839", False),
        ("0.43217839", False),
    ],
)
def test_a_figure_is_a_whole_number(tmp_path: Path, text: str, is_seen: bool) -> None:
    (tmp_path / "page.json").write_text(text)
    assert found(tmp_path / "page.json", {"43217839": "b"}) == ({"43217839"} if is_seen else set())
