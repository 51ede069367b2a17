"""Files of a workspace, named by their paths from its folder, as people know them."""

from __future__ import annotations

from pathlib import Path

from kpikit.sources.declarations import Source


def relative(text: str, folder: Path) -> str:
    """A text, such as an error's, in which the workspace's files are named by their paths from its folder."""
    for begin in dict.fromkeys((folder.resolve(), folder.absolute(), folder)):
        text = text.replace(f"{begin}/", "").replace(f"{begin}\\", "")
    return text


def file_name(source: Source, folder: Path) -> str:
    """The file of a source."""
    return source.file.relative_to(folder.resolve()).as_posix()
