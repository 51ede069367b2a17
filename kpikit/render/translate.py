"""Markdown in another language: block by block, from the same catalogue as the texts of the code.

A block is what a translator sees as one text: a paragraph, a heading, an item of a list. Its marks ("## ", "- ") stay
in the notebook. Fenced code, tables and HTML are left as they are.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

_MARK = re.compile(r"(\s*(?:#{1,6}|[-*+]|\d+[.)]|>)\s+)(.*)", re.DOTALL)
_ITEM = re.compile(r"\n(?=\s*(?:[-*+]|\d+[.)])\s)")
_UNTOUCHED = ("```", "~~~", "|", "<")


def translated_notebook(notebook: dict[str, Any], say: Callable[[str], str]) -> dict[str, Any]:
    """A copy of the notebook (as JSON has it) with each block of its markdown cells said by ``say``."""
    translated = copy.deepcopy(notebook)
    for cell in translated["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = translated_markdown("".join(cell["source"]), say)
    return translated


def translated_markdown(markdown: str, say: Callable[[str], str]) -> str:
    """The markdown with each of its `blocks` replaced by what ``say`` makes of it.

    >>> translated_markdown("# Title\\n\\n- one\\n- two", str.upper)
    '# TITLE\\n\\n- ONE\\n- TWO'
    """
    said = [[mark + (say(text) if text else "") for mark, text in block] for block in _split(markdown)]
    return "\n\n".join("\n".join(lines) for lines in said)


def blocks(markdown: str) -> list[str]:
    """The texts to translate, in their order, without marks; the lines of a paragraph are joined.

    >>> blocks("# Title\\n\\nA paragraph\\nof two lines.\\n\\n- one\\n- two")
    ['Title', 'A paragraph of two lines.', 'one', 'two']
    """
    return [text for block in _split(markdown) for _, text in block if text]


def _split(markdown: str) -> list[list[tuple[str, str]]]:
    """Blocks between blank lines, each a list of (mark, text); all of an untouched block is its mark."""
    return [
        [(part, "")] if part.lstrip().startswith(_UNTOUCHED) else [_marked(item) for item in _ITEM.split(part)]
        for part in _parts(markdown)
    ]


def _parts(markdown: str) -> list[str]:
    """What stands between blank lines; a fence is one part, with the blank lines in it."""
    parts: list[str] = []
    fence = ""
    for part in re.split(r"\n\s*\n", markdown.strip("\n")):
        if fence:
            parts[-1] += "\n\n" + part
        elif part.strip():
            parts.append(part)
        for line in part.splitlines():
            if line.lstrip().startswith(fence or ("```", "~~~")):
                fence = "" if fence else line.lstrip()[:3]
    return parts


def _marked(item: str) -> tuple[str, str]:
    match = _MARK.fullmatch(item)
    mark, text = match.groups() if match else ("", item)
    return mark, " ".join(text.split())
