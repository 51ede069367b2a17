"""A workspace in which each client has words and figures of its own, and which of them stand in a file, decoded."""

from __future__ import annotations

import base64
import io
import random
import re
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from email import message_from_bytes, policy
from pathlib import Path
from typing import NamedTuple

from kpikit.workspace import Workspace
from tests.workspaces import Sale, Shop, plan

MONTHS = [f"{year}-{month:02}" for year in (2023, 2024) for month in range(1, 13)][:18]
KPI = "{{indicator: sales.revenue, cadence: month, target: {{kind: keep, value: {target}}}}}"
LAST = MONTHS[-1]

WORD = re.compile(r"q[a-z]{11}")
FIGURE = re.compile(
    r"(?<![\d.,])\d{1,3}(?:[.,\u00a0\u202f\u2009]\d{3}){2}(?!\d|[.,]0*[1-9])"  # as texts have it, 12.345.678,00
    r"|(?<![\d.])\d{8}(?!\d|\.0*[1-9])"  # as data has it; 12345678.9 is another number
)
"""A word that is nobody's name, and a whole figure of eight digits, as any of the languages writes it."""


class Planted(NamedTuple):
    """The workspace, and whose each canary is."""

    workspace: Workspace
    owners: Mapping[str, str]


def planted(folder: Path, clients: int, seed: int = 1) -> Planted:
    """A workspace of so many clients of one segment, with words and figures that no two of them share."""
    chance = random.Random(seed)
    keys = [f"c{number}" for number in range(clients)]
    words = {key: [_word(chance) for _ in range(6)] for key in keys}
    drawn = chance.sample(range(10_000_000, 100_000_000), clients * (len(MONTHS) + 1))
    figures = {key: drawn[at * (len(MONTHS) + 1) :][: len(MONTHS) + 1] for at, key in enumerate(keys)}
    sales = [
        Sale(f"{month}-15", f"{value}.00", client=key)
        for key in keys
        for month, value in zip(MONTHS, figures[key], strict=False)
    ]
    plans = {f"{key}/1": _plan(words[key], figures[key][-1]) for key in keys}
    Shop(sales, covers=f"{MONTHS[0]}-01..{LAST}-30", clients=keys, plans=plans).at(folder)
    (folder / "clients.yml").write_text("schema: 1\nclients:\n" + "".join(_client(key, *words[key]) for key in keys))
    for key in keys:
        (folder / f"{key}.png").write_bytes(_png(words[key][2]))
    workspace = Workspace(folder)
    for key in keys:
        workspace.client(key).note(f"They say {words[key][4]}.", LAST, by="Ane", on="2024-07-01")
    owners = {word: key for key in keys for word in words[key]}
    return Planted(Workspace(folder), owners | {str(each): key for key in keys for each in figures[key]})


def _word(chance: random.Random) -> str:
    return "q" + "".join(chance.choices("abcdefghijklmnoprstuvwxyz", k=11))


def _plan(words: list[str], target: int) -> str:
    return plan(KPI.format(target=target), in_force_from="2023-01-01").replace("Do better", f"Do {words[3]}")


def _client(key: str, label: str, address: str, *_: str) -> str:
    language = ("en", "da", "nb")[int(key[1:]) % 3]
    own = f"label: {label}, language: {language}, recipients: [{address}@example.com], logo: {key}.png, segment: shops"
    return f"  {key}: {{{own}}}\n"


def _png(word: str) -> bytes:
    """A white dot that says the word in a comment, so that the decoded picture gives its owner away."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"tEXt", b"Comment\0" + word.encode()), (b"IDAT", zlib.compress(b"\0\xff\xff\xff"))]
    chunks = [kind + data for kind, data in [*parts, (b"IEND", b"")]]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(each) - 4) + each + struct.pack(">I", zlib.crc32(each)) for each in chunks
    )


def found(file: Path, owners: Mapping[str, str]) -> set[str]:
    """The canaries that stand in a file, in all that it holds."""
    seen: set[str] = set()
    for text in decoded(file):
        seen |= {word for word in WORD.findall(text) if word in owners}
        seen |= {digits for each in FIGURE.findall(text) if (digits := re.sub(r"\D", "", each)) in owners}
    return seen


def decoded(file: Path) -> Iterator[str]:
    """The texts in a file: of its zipped parts, of pictures in it, of a PDF's pages, of a mail's parts."""
    if file.suffix == ".pdf":
        yield from (_pages(file), *_pictures_of(file))
    elif file.suffix == ".eml":
        for part in message_from_bytes(file.read_bytes(), policy=policy.SMTP).walk():
            yield str(part.items())
            yield (part.get_payload(decode=True) or b"").decode("utf-8", "replace")  # type: ignore[union-attr]
    else:
        yield from _texts(file.read_bytes())


def _texts(content: bytes) -> Iterator[str]:
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from _texts(archive.read(name))
        return
    text = content.decode("utf-8", "replace")
    yield text
    for each in re.findall(r"base64,([A-Za-z0-9+/=]+)", text):
        yield base64.b64decode(each).decode("latin-1")


def _pages(file: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True).stdout.decode()


def _pictures_of(file: Path) -> Iterator[str]:
    """All streams of a PDF, unpacked where they are packed: its pictures and what it says of itself."""
    content = file.read_bytes()
    yield content.decode("latin-1")
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            yield zlib.decompress(stream).decode("latin-1")
        except zlib.error:
            continue
