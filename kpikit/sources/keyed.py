"""The keys of a mapping in a YAML file: with their lines, over those of another mapping that it extends.

A key that nobody reads is refused; what each key said is kept for those who tell where a setting comes from.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Self

import yaml

from kpikit.sources.noted import NOTED
from kpikit.sources.yaml_file import plain
from kpikit.words.errors import SettingError, one_of
from kpikit.words.message import Message, Messages


class Told(NamedTuple):
    """The value of a key, as a file writes it (None: there is none), and whether it was written, or is a default."""

    value: str | None
    written: bool


class Keyed:
    """A mapping of the file, key by key; `kpikit.sources.strict.Section` reads their values.

    With a ``base`` it extends another mapping: what it does not say itself is read there; mappings in mappings, too.
    ``told`` holds what every key said that was read of the file, by its path; all sections of a file share it.
    """

    def __init__(
        self,
        file: Path,
        node: yaml.MappingNode,
        name: str = "",
        base: Self | None = None,
        told: dict[str, Told] | None = None,
    ) -> None:
        self.told: dict[str, Told] = {} if told is None else told
        self.file, self.name, self.line, self.base = file, name, node.start_mark.line + 1, base
        self._node = node
        self._in_braces = bool(node.flow_style)
        self._values: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        self._taken: dict[str, None] = {}
        left_out = noted.left_out if (noted := NOTED.get()) else set()
        for key, value in node.value:
            if not left_out or (str(file), self.path(str(key.value))) not in left_out:
                self._add(key, value)

    def _add(self, key: yaml.Node, value: yaml.Node) -> None:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise SettingError(self.file, line, self.name, Message("a key must be plain text."))
        if key.value in self._values:
            reason = Message("stands twice, first on line {line}.", line=self._lines[key.value])
            raise SettingError(self.file, line, self.path(key.value), reason)
        self._values[key.value], self._lines[key.value] = value, line

    def path(self, key: str) -> str:
        """The key with the keys above it: ``sources.invoices.file``."""
        return ".".join(filter(None, (self.name, key)))

    def __contains__(self, key: str) -> bool:
        return key in self._values or (self.base is not None and key in self.base)

    def __iter__(self) -> Iterator[str]:
        """The keys that were written, in their order; those of the base first."""
        return iter(dict.fromkeys([*(self.base or ()), *self._values]))

    def own(self, key: str) -> bool:
        """True where this mapping itself says the key, not only one that it extends."""
        return key in self._values

    def knows(self, key: str) -> bool:
        """True where the key was written; from now on it counts as one that may be."""
        self._taken[key] = None
        in_base = self.base is not None and self.base.knows(key)
        return key in self._values or in_base

    def is_section(self, key: str) -> bool:
        """True where a mapping stands under the key."""
        return isinstance(self._holder(key)._values.get(key), yaml.MappingNode)

    def is_list(self, key: str) -> bool:
        """True where a list stands under the key."""
        return isinstance(self._holder(key)._values.get(key), yaml.SequenceNode)

    def over(self, base: Self) -> Self:
        """The same mapping, extending another one: what it does not say itself is read there."""
        return type(self)(self.file, self._node, self.name, base)

    def place(self, key: str) -> str:
        """Where a key stands: the file's name, the line and the key."""
        holder = self._holder(key)
        line = Message("line {line}", line=holder._lines.get(key, holder.line))
        return Messages([holder.file.name, line, self.path(key)], ", ")

    def refuse(self, key: str, reason: str, /, **values: object) -> SettingError:
        """The error for a key of this section, for the caller to raise; a `Message`, or what makes one."""
        holder = self._holder(key)
        told = reason if isinstance(reason, Message | Messages) else Message(reason, **values)
        return SettingError(holder.file, holder._lines.get(key, holder.line), self.path(key), told)

    def _pass_over(self, key: str, reason: str, /, **values: object) -> None:
        """Raise the error for a key; a check notes it and goes on."""
        noted, error = NOTED.get(), self.refuse(key, reason, **values)
        if noted is None:
            raise error
        noted.errors.append(error)

    def finish(self) -> None:
        """Refuse every key that no reader has taken, with the nearest known one."""
        for key in self._values:
            if key not in self._taken:
                allowed = [name for name in self._taken if name != key]
                cut = self._in_braces and not plain(self._values[key])
                hint = Message(
                    "Or is it a part of the text before it? Within braces, a text with a comma needs quotes."
                )
                known = one_of("key", key, allowed)
                self._pass_over(key, Messages([Message("unknown key."), known, hint if cut else ""]))
        if self.base is not None:
            self.base.finish()

    def _tell(self, key: str, value: str, written: bool) -> str:
        self.told[self.path(key)] = Told(value or None, written)
        return value

    def _take(self, key: str) -> yaml.Node | None:
        return self._holder(key)._values[key] if self.knows(key) else None

    def _holder(self, key: str) -> Self:
        """The section in which the key was written: this one or one that it extends."""
        own = key in self._values or self.base is None or key not in self.base
        return self if own or self.base is None else self.base._holder(key)
