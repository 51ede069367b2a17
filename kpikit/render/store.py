"""Shared storage for reports: any address that fsspec knows, such as ``s3://bucket/reports``.

A run works in its folder as ever; what is published there is also put into the store, and read back from it. The store
keeps the manifest too, so that the next run, on whatever machine, goes on from it. Two machines must not render into
one store at the same time: locks end at a machine.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable
from pathlib import Path

from kpikit.render.publish import Published
from kpikit.words.errors import RenderError, UsageError


class Store:
    """The place at an address; ``out`` is the folder of the run."""

    def __init__(self, address: str, out: Path) -> None:
        import fsspec

        self.address, self.out = address, out
        try:
            self._files, self._root = fsspec.core.url_to_fs(address)
        except (ImportError, ValueError) as error:
            raise UsageError(f"out == {address!r}: {error}") from error

    def fetch(self, names: Iterable[str]) -> None:
        """Bring files of an earlier run into the folder, where the store has them."""
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                (self.out / name).write_bytes(self._files.cat_file(self._at(self.out / name)))

    def put(self, files: Iterable[Path]) -> None:
        """Put files of the folder into the store, each under its name only when it is there in whole; `RenderError`."""
        for file in files:
            content, target = file.read_bytes(), self._at(file)
            part = f"{target.rpartition('/')[0]}/.{file.name}.part"
            try:
                self._files.makedirs(target.rpartition("/")[0], exist_ok=True)
                self._files.pipe_file(part, content)
                self._files.mv(part, target)
                found = self._files.cat_file(target)
            except Exception as error:  # each kind of storage has errors of its own
                raise RenderError(
                    "{place}: {file} could not be stored: {error}.", place=self.address, file=file.name, error=error
                ) from error
            if found != content:
                raise RenderError(
                    "{place}: {file} reads back differently from what was stored.", place=self.address, file=file.name
                )

    def has(self, file: Published) -> bool:
        """Whether the store holds the file as it was published."""
        try:
            return hashlib.sha256(self._files.cat_file(self._at(file.path))).hexdigest() == file.sha256
        except FileNotFoundError:
            return False

    def _at(self, file: Path) -> str:
        return f"{self._root.rstrip('/')}/{file.relative_to(self.out).as_posix()}"
