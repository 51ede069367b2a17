"""Files of a shop's workspace that are written anew."""

from __future__ import annotations

from pathlib import Path


def rewritten(folder: Path, name: str, *changes: tuple[str, str]) -> None:
    """Change a file of the workspace in the folder; each text to change is in it."""
    text = (folder / name).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / name).write_text(text, encoding="utf-8")


def header(*columns: str) -> str:
    names = ("client", "day", "customer", "channel", "value", "cancelled")
    return ",".join(name for name in names if name not in columns) + "\n"
