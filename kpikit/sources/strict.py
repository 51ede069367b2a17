"""YAML files of the workspace, read strictly: what is not understood is refused, with its file, line and key.

No duplicate keys, and no guessing of types: every scalar arrives as it was written (``NO`` is "NO", ``12:30`` is
"12:30"), and a reader such as `Section.day` says what it must be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

from kpikit.sources.keyed import Keyed, Told
from kpikit.sources.noted import NOTED
from kpikit.sources.yaml_file import compose, is_wording, plain
from kpikit.words.errors import SettingError, UsageError, closest, one_of, shortened
from kpikit.words.language import Wording
from kpikit.words.message import Message, Messages
from kpikit.words.periods import Window, parse_day
from kpikit.words.rewritten import numbers, way_out
from kpikit.words.texts import LANGUAGES

SCHEMA = 1
_ONE_NAME = re.compile(r"\w[\w .-]{0,58}\w")
_WHOLE, _DECIMAL = re.compile("[0-9]{1,9}"), re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")

_REQUIRED = Message("is required.")

Unknown = Callable[[str, object, Any], str]
"""What says of a key that its value is none of the allowed ones, as `one_of` does."""


class Section(Keyed):
    """A mapping of the file. Each reader takes one key; `finish` refuses the keys that no reader took."""

    def text(self, key: str, default: str | None = None, example: str = "") -> str:
        """A text as it was written; required where there is no default, and then told with an ``example``."""
        node = self._take(key)
        if node is None:
            return self._tell(key, self._missing(key, default, example=example), False)
        if not isinstance(node, yaml.ScalarNode):
            raise self.refuse(key, "must be a text.")
        if not node.value:
            raise self.refuse(key, "is empty.")
        self._holder(key)._check_cut(key)
        return self._tell(key, str(node.value), True)

    def _check_cut(self, key: str) -> None:
        """Refuse a number with a comma within braces, where the comma ends it: ``{value: 2,2 %}``."""
        if not self._in_braces:
            return
        following = list(self._values)[list(self._values).index(key) + 1 :]
        rest = list(takewhile(lambda name: name[:1].isdigit() and not plain(self._values[name]), following))
        text = ",".join([str(plain(self._values[key])), *rest])
        if rest and (ways := numbers(text)):
            told = Message("'{text}' is cut at its comma, as any text within braces.", text=text)
            raise self.refuse(key, Messages([told, way_out(ways)]))

    def optional(self, key: str) -> str | None:
        """A text, or None where the key was not written."""
        return self.text(key) if self.knows(key) else self._tell(key, "", False) or None

    def choice(self, key: str, allowed: Iterable[str], default: str | None = None, unknown: Unknown = one_of) -> str:
        """A text out of a list; ``unknown`` gives the sentence for one that is not in it."""
        given, allowed = allowed, list(allowed)
        if default is None and not self.knows(key):
            self._missing(key, None, ", ".join(allowed) if 1 < len(allowed) <= 12 else "")
        value = self.text(key, default)
        if not allowed:
            raise self.refuse(key, unknown(key, value, given))  # there is nothing to go on with
        if value not in allowed:
            self._pass_over(key, unknown(key, value, given))
            return next(iter(allowed), value) if default is None else default
        return value

    def integer(self, key: str, lowest: int, highest: int, default: int | None = None) -> int:
        """A whole number from ``lowest`` to ``highest``."""
        text = self.text(key, None if default is None else str(default), str(min(max(lowest, 2), highest)))
        if not _WHOLE.fullmatch(text) or not lowest <= int(text) <= highest:
            self._pass_over(
                key,
                "{text} must be a whole number from {lowest} to {highest}.",
                text=shortened(text),
                lowest=lowest,
                highest=highest,
            )
            return lowest if default is None else default
        return int(text)

    def decimal(self, key: str, default: Decimal | None = None) -> Decimal:
        """An exact number, written with a decimal point, as 12.5."""
        text = self.text(key, None if default is None else str(default))
        if not _DECIMAL.fullmatch(text):
            ways = [way for way in numbers(text) if _DECIMAL.fullmatch(way)]
            told = Message("{text} must be a number such as 12.5.", text=shortened(text))
            raise self.refuse(key, Messages([told, way_out(ways) if ways else ""]))
        return Decimal(text)

    def flag(self, key: str, default: bool | None = None) -> bool:
        """``true`` or ``false``."""
        return self.choice(key, ("true", "false"), None if default is None else str(default).lower()) == "true"

    def day(self, key: str) -> date:
        """A date as 2011-11-23."""
        return self._day(key, self.text(key, example="2026-01-31"))

    def window(self, key: str) -> Window:
        """Days as ``2009-12-01..2011-12-09``, both included."""
        text = self.text(key, example="2026-01-01..2026-01-31")
        first, dots, last = text.partition("..")
        if not dots:
            raise self.refuse(key, "{text} must be two dates, as 2009-12-01..2011-12-09.", text=shortened(text))
        start, end = self._day(key, first.strip()), self._day(key, last.strip())
        if end < start:
            raise self.refuse(key, "{text} ends before it begins.", text=shortened(text))
        return Window(start, end + timedelta(days=1))

    def wording(self, key: str, default: str | None = None) -> Wording:
        """A text, or one text for each language: ``{en: ..., da: ...}``."""
        node = self._take(key)
        if not isinstance(node, yaml.MappingNode):
            return self.text(key, default)
        section = Section(self._holder(key).file, node, self.path(key))
        wording = {code: section.text(code) for code in LANGUAGES if section.knows(code)}
        section.finish()
        if not wording:
            raise self.refuse(key, "is empty; give a text, or texts for {names}.", names=", ".join(LANGUAGES))
        self._tell(key, ", ".join(f"{code}: {text}" for code, text in wording.items()), True)
        return wording

    def texts(self, key: str, default: Iterable[str] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        node = self._take(key)
        if node is None and default is not None:
            texts = tuple(default)
            self._tell(key, ", ".join(texts), False)
            return texts
        if not isinstance(node, yaml.SequenceNode):
            alone = node.value if isinstance(node, yaml.ScalarNode) and _ONE_NAME.fullmatch(node.value) else "a, b"
            raise self.refuse(key, "must be a list of texts, as [{alone}].", alone=alone)
        if not all(isinstance(each, yaml.ScalarNode) for each in node.value):
            raise self.refuse(key, "every entry of the list must be a text.")
        texts = tuple(str(each.value) for each in node.value)
        self._tell(key, ", ".join(texts), True)
        return texts

    def section(self, key: str, example: str = "") -> Section:
        """A mapping under the key; empty where the key was not written. What is none is told with an ``example``."""
        own = self._values.get(key) if self.knows(key) else None
        if own is None and self.base is not None and key in self.base:
            return self.base.section(key, example)
        base = self.base.section(key) if self.base is not None and self.base.is_section(key) else None
        if own is None:
            self.told.setdefault(self.path(key), Told(None, False))
        return self._section(own, key, base, example)

    def sections(self, key: str, example: str = "") -> dict[str, Section]:
        """A mapping of named mappings under the key; the ``example`` is one of them, as ``acme: {label: Acme}``."""
        outer, one = self.section(key, f"{{{example}}}" if example else ""), example.partition(": ")[2]
        if noted := NOTED.get():
            noted.entries |= {(str(outer.file), outer.path(name)): None for name in outer}
        return {name: outer.section(name, one) for name in outer}

    def items(self, key: str) -> Iterator[Section]:
        """A list of mappings under the key; nothing where the key was not written."""
        node = self._take(key)
        if node is not None and not isinstance(node, yaml.SequenceNode):
            raise self.refuse(key, "must be a list.")
        for position, each in enumerate(node.value if node else [], 1):
            yield self._holder(key)._section(each, f"{key}[{position}]")

    def plain(self) -> dict[str, object]:
        """The mapping as plain values, with what it extends written out; every scalar is a text."""
        return {key: self._plain(key) for key in self}

    def _plain(self, key: str) -> object:
        node = self._take(key)
        whole = not isinstance(node, yaml.MappingNode) or is_wording(node)
        return plain(node) if whole else self.section(key).plain()

    def _section(self, node: yaml.Node | None, key: str, base: Section | None = None, example: str = "") -> Section:
        if node is None:
            mark = yaml.Mark("", 0, self.line - 1, 0, None, 0)
            node = yaml.MappingNode("", [], mark, mark)
        if not isinstance(node, yaml.MappingNode):
            told = Message("must be a mapping of keys to values.")
            line, way_out = node.start_mark.line + 1, _written_as(key, example)
            raise SettingError(self.file, line, self.path(key), Messages([told, way_out]))
        return Section(self.file, node, self.path(key), base, self.told)

    def typo_of(self, key: str) -> str:
        """That a key which nobody has read may be meant by this one, where it is like it; else nothing."""
        typo = closest(key, [each for each in self._values if each not in self._taken])
        return Message("There is '{typo}', which is no known key.", typo=typo) if typo else ""

    def _missing(self, key: str, default: str | None, one_of_these: str = "", example: str = "") -> str:
        if default is None:
            told = Message("is required, one of {names}.", names=one_of_these) if one_of_these else _REQUIRED
            found = self.typo_of(key)
            raise self.refuse(key, Messages([told, found or _written_as(key, example)]))
        return default

    def _day(self, key: str, text: str) -> date:
        try:
            return parse_day(text)
        except UsageError as error:
            raise self.refuse(key, error.args[0]) from None


def _written_as(key: str, example: str) -> str:
    """How a key is written; nothing where there is no example of it."""
    return Message("Write it as '{line}'.", line=f"{key}: {example}") if example else ""


def read(file: Path, base: Section | None = None) -> Section:
    """The top mapping of a YAML file of ``schema: 1``; a `SettingError` where it cannot be read in one way only.

    With a ``base``, what the file does not say is read there.
    """
    root = compose(file)
    if not isinstance(root, yaml.MappingNode):
        raise SettingError(file, 1, "", Message("must be a mapping of keys to values, beginning with 'schema: 1'."))
    section = Section(file, root, base=base)
    if "schema" not in section._values:
        way_out = section.typo_of("schema") or Message("Write it as '{line}'.", line=f"schema: {SCHEMA}")
        raise SettingError(file, section.line, "schema", Messages([_REQUIRED, way_out]))
    schema = section.text("schema")
    if schema != str(SCHEMA):
        is_newer = _WHOLE.fullmatch(schema) and int(schema) > SCHEMA
        newer = Message("a newer kpikit is needed.") if is_newer else Message("it must be 1.")
        raise section.refuse("schema", "{schema} is not known here; {newer}", schema=shortened(schema), newer=newer)
    return section
