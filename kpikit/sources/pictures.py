"""Files of a workspace that a declaration names, and pictures among them: the logos of the agency and its clients."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from struct import pack, unpack
from zlib import crc32

from kpikit.sources.strict import Section
from kpikit.words.errors import shortened
from kpikit.words.message import Message
from kpikit.words.texts import N_

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
        raise section.refuse(key, "there is no file {text} in the workspace's folder.", text=shortened(text))
    if found := problem(path):
        raise section.refuse(key, found)
    return path


def logo_problem(path: Path) -> str | None:
    """Why the file can be no logo; None where it can."""
    size = path.stat().st_size
    if size > LARGEST_LOGO:
        return Message(
            "{name} has {size} bytes, must have at most {largest_logo}: a width of 600 pixels is plenty.",
            name=path.name,
            size=f"{size:,}",
            largest_logo=f"{LARGEST_LOGO:,}",
        )
    kind = picture_kind(path)
    if not kind:
        return Message(
            "{name} is no PNG or JPEG picture, which pages, sheets, slides and mails all can show.", name=path.name
        )
    if not _WHOLE[kind](path.read_bytes()):
        told = N_("{name} is a damaged {kind} picture, cut short perhaps. Save it once more.")
        return Message(told, name=path.name, kind=kind.upper())
    return None


def picture_kind(path: Path) -> str:
    """What a picture is: "png" or "jpeg"; empty for all else."""
    content = path.read_bytes()
    return next((kind for begin, kind in PICTURES.items() if content.startswith(begin)), "")


def _is_whole_png(content: bytes) -> bool:
    """Whether all parts of a PNG are there, each with its sum, from its head by its picture to its end."""
    at = 8
    kinds: list[bytes] = []
    while at + 12 <= len(content) and kinds[-1:] != [b"IEND"]:
        (length,) = unpack(">I", content[at : at + 4])
        part, total = content[at + 4 : at + 8 + length], content[at + 8 + length : at + 12 + length]
        if total != pack(">I", crc32(part)):
            return False
        kinds.append(part[:4])
        at += 12 + length
    return kinds[:1] == [b"IHDR"] and b"IDAT" in kinds and kinds[-1] == b"IEND"


def _is_whole_jpeg(content: bytes) -> bool:
    """Whether a JPEG's parts lead to its picture, whose size one of them tells, and its end follows."""
    at, sized = 2, False
    while at + 4 <= len(content) and content[at] == 0xFF:
        kind = content[at + 1]
        if kind == 0xDA:  # the picture begins
            return sized and content.find(b"\xff\xd9", at) > 0
        sized = sized or kind in _SIZES
        at += 1 if kind == 0xFF else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return False


_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The parts of a JPEG that tell the picture's size."""

_WHOLE = {"png": _is_whole_png, "jpeg": _is_whole_jpeg}
"""Whether a picture of a kind is all there: programs that show it would leave it out, or fail, where it is not."""
