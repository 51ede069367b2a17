"""Files of a workspace that a declaration names, and pictures among them: the logos of the agency and its clients."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from kpikit.sources.strict import Section
from kpikit.words.errors import shortened

LARGEST_LOGO = 60_000
"""Bytes: each page carries the logos, of the agency and of its client, and is to stay below 300 kB."""

PICTURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
"""How the files that may be a logo begin, and what they are: those that pages, sheets, slides and mails all take."""


def named_file(section: Section, key: str, folder: Path, problem: Callable[[Path], str | None]) -> Path | None:
    """The file that a key names, which lies in the folder; None where it names none.

    Raises a `SettingError` for one that does not lie there, or that ``problem`` says something of.
    """
    text = section.optional(key)
    if text is None:
        return None
    root = folder.resolve()
    path = Path(os.path.realpath(root / text))
    if not path.is_relative_to(root):
        raise section.refuse(key, "lies outside the workspace's folder.")
    if not path.is_file():
        raise section.refuse(key, f"there is no file {shortened(text)} in the workspace's folder.")
    if found := problem(path):
        raise section.refuse(key, found)
    return path


def logo_problem(path: Path) -> str | None:
    """Why the file can be no logo; None where it can."""
    size = path.stat().st_size
    if size > LARGEST_LOGO:
        return f"{path.name} has {size:,} bytes, must have at most {LARGEST_LOGO:,}: a width of 600 pixels is plenty."
    if not picture_kind(path):
        return f"{path.name} is no PNG or JPEG picture, which pages, sheets, slides and mails all can show."
    return None


def picture_kind(path: Path) -> str:
    """What a picture is: "png" or "jpeg"; empty for all else."""
    content = path.read_bytes()
    return next((kind for begin, kind in PICTURES.items() if content.startswith(begin)), "")
