"""All texts that kpikit shows, as they stand in the code, the catalogue of indicators and the templates.

Run it (``make texts``) to bring ``kpikit/words/locale/*.po`` up to date: new texts are added without a translation,
texts that nobody shows any more are removed, and the translations there are stay as they are.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from io import BytesIO
from operator import attrgetter
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from kpikit.indicators.catalogue import DOMAINS
from kpikit.indicators.framework import Indicator
from kpikit.render.translate import blocks

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "kpikit" / "words" / "locale"
CALLS = {
    **dict.fromkeys(("N_", "Message", "RenderError", "say", "self"), slice(0, 1)),
    "plural": slice(0, 2),
    **dict.fromkeys(("refuse", "_pass_over"), slice(1, 2)),
}
"""The calls that show a text, and which of their arguments are its forms."""

GUIDE = attrgetter("low", "high", "mind")
"""The texts of an indicator's docstring below its description; the source is a title, and stays as it is."""

Text = str | tuple[str, ...]
"""A text; or the singular and the plural of one."""


def shown_texts() -> dict[Text, list[str]]:
    """Every text that can be shown -> the files in which it stands."""
    found: dict[Text, list[str]] = {}
    for file, text in [*_code(), *_catalogue(), *_templates()]:
        places = found.setdefault(text, [])
        if file not in places:
            places.append(file)
    return found


def _code() -> Iterator[tuple[str, Text]]:
    for path in sorted((ROOT / "kpikit").rglob("*.py")):
        if "_shipped" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and (text := _text(node)):
                    yield path.relative_to(ROOT).as_posix(), text


def _text(call: ast.Call) -> Text | None:
    """The text that a call such as ``say("...")`` shows; None for other calls, and where it is named, not written."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    given = call.args[CALLS[name]] if name in CALLS else []
    forms = [each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    if not forms or len(forms) != len(given):
        return None
    return forms[0] if len(forms) == 1 else tuple(forms)


def _catalogue() -> Iterator[tuple[str, Text]]:
    for module in DOMAINS:
        file = module.__name__.replace(".", "/") + ".py"
        for each in (each for each in vars(module).values() if isinstance(each, Indicator)):
            yield from ((file, text) for text in (each.description, *GUIDE(each)))


def _templates() -> Iterator[tuple[str, Text]]:
    for path in sorted((ROOT / "templates").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                yield from ((f"templates/{path.name}", text) for text in blocks("".join(cell["source"])))


def read(language: str) -> Catalog:
    """The catalogue of a language as it stands in its file."""
    path = LOCALE / f"{language}.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> None:
    """Write a language's file anew, with exactly the texts that are shown."""
    old, new = read(language), Catalog(locale=language, charset="utf-8")
    for text, places in sorted(shown_texts().items(), key=lambda item: (item[1][0], str(item[0]))):
        key = text if isinstance(text, str) else text[0]
        known = old.get(key)
        new.add(text, known.string if known else "", locations=[(place, None) for place in places])
    new.fuzzy = False
    new.header_comment = f"# The texts of kpikit ({language}). 'make texts' adds what is new and removes what is gone."
    written = BytesIO()
    write_po(written, new, width=120, include_lineno=False)
    text = re.sub(r'(?m)^"(?!Language:|Plural-Forms|Content-Type)[A-Za-z-]+: .*\n', "", written.getvalue().decode())
    (LOCALE / f"{language}.po").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for code in ("da", "nb"):
        update(code)
