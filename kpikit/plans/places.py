"""Where a plan's file names an indicator, for errors that are found when all is read and held against the sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from kpikit.sources.yaml_file import compose
from kpikit.words.errors import SettingError


def refusal(file: Path, indicator: str, dimension: str | None, reason: str) -> SettingError:
    """The error about a KPI (of a member of a dimension, if any) or a PI; its line is known where this file names it.

    A plan that extends another one may not name it at all.
    """
    found = [line for line, split in _named(compose(file), indicator) if dimension is None or split == dimension]
    key = indicator if dimension is None else f"{indicator}, {dimension}"
    return SettingError(file, found[0] if found else None, key, reason)


def _named(node: yaml.Node | None, indicator: str) -> Iterator[tuple[int, str | None]]:
    """The lines that name an indicator, each with the dimension of the member beside it, if there is one."""
    if isinstance(node, yaml.SequenceNode):
        for each in node.value:
            if isinstance(each, yaml.ScalarNode) and each.value == indicator:
                yield each.start_mark.line + 1, None
            yield from _named(each, indicator)
    if isinstance(node, yaml.MappingNode):
        values = {key.value: value for key, value in node.value}
        own, member = values.get("indicator"), values.get("member")
        if isinstance(own, yaml.ScalarNode) and own.value == indicator:
            first = member.value[0][0].value if isinstance(member, yaml.MappingNode) and member.value else None
            yield own.start_mark.line + 1, first
        for each in values.values():
            yield from _named(each, indicator)
