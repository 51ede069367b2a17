"""Writes the next version of a client's plan: a new file, whole or not at all; those there stay as they are."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import yaml

from kpikit.indicators.catalogue import CATALOGUE, Indicators
from kpikit.plans.plan import Plan
from kpikit.plans.read import read_plans, whole
from kpikit.words.errors import SettingError, UsageError
from kpikit.words.message import Message
from kpikit.words.periods import Calendar
from kpikit.words.texts import LANGUAGES, N_

SHORT = 60
"""So many letters of a list or a mapping stand on one line."""


def write_version(
    plans: Path, client: str, document: Mapping[str, object], calendar: Calendar, indicators: Indicators = CATALOGUE
) -> Path:
    """The file of the next version, in ``plans/<client>/``; it is read as a plan before it is put in its place.

    A client that has followed the default plan gets its earlier versions as files that extend it, so that reports of
    old periods stay under the plan that was then in force. Raises `SettingError` for a document that is no plan.
    """
    with tried(plans, client, document, calendar, indicators) as (_, files):
        return [_published(file, plans / client / file.name) for file in files][-1]


@contextmanager
def tried(
    plans: Path, client: str, document: Mapping[str, object], calendar: Calendar, indicators: Indicators = CATALOGUE
) -> Iterator[tuple[Path, list[Path]]]:
    """A copy of the plans that a client's may extend, with its next version in it, and the files that are new there.

    It is gone after use. Raises `SettingError` for a document that is no plan, with the file that it would be.
    """
    before = read_plans(plans, client, calendar, indicators)
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / plans.name
        trial.mkdir()
        for own in {"default", client}:
            if (plans / own).is_dir():
                shutil.copytree(plans / own, trial / own)
        files = _written(trial / client, before, document)
        try:
            read_plans(trial, client, calendar, indicators)
        except SettingError as error:
            file = plans / Path(error.file).relative_to(trial)
            raise SettingError(file, error.line, error.key, error.reason) from None
        yield trial, files


def _written(folder: Path, before: tuple[Plan, ...], document: Mapping[str, object]) -> list[Path]:
    """The new files of a client's folder, oldest first: the last of them says what it changes in the one before."""
    files = []
    if not folder.is_dir():
        folder.mkdir()
        files = [_extending(folder / f"{plan.version}.yml", plan.version, plan.in_force_from) for plan in before]
    file, earlier = folder / f"{len(before) + 1}.yml", folder / f"{len(before)}.yml"
    if before and (changed := _changed(whole(earlier), document)):
        document = {"schema": "1", "extends": f"{folder.name}/{len(before)}", **changed}
    file.write_text(plan_text(document), encoding="utf-8")
    return [*files, file]


def _changed(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, object] | None:
    """What a version says that extends the one before it; None where something is gone, which only a whole plan says.

    >>> _changed({"goals": {"a": {"owner": "Ann"}, "b": {}}}, {"goals": {"a": {"owner": "Bo"}, "b": {}}})
    {'goals': {'a': {'owner': 'Bo'}}}
    """
    found: dict[str, object] = {}
    if not before.keys() - {"decisions"} <= after.keys():
        return None
    for key, value in after.items():
        earlier = before.get(key)
        if value == earlier and key != "in_force_from":
            continue
        is_wording = isinstance(value, Mapping) and value and value.keys() <= set(LANGUAGES)
        if isinstance(value, Mapping) and isinstance(earlier, Mapping) and not is_wording:
            value = _changed(earlier, value)
            if value is None:
                return None
        found[key] = value
    return found


def _extending(file: Path, version: int, begins: date) -> Path:
    head = {"schema": "1", "extends": f"default/{version}", "in_force_from": begins.isoformat()}
    file.write_text(plan_text(head), encoding="utf-8")
    return file


def plan_text(document: Mapping[str, object]) -> str:
    """A plan's document as the text of its file, as people write it: without quotes, what is short on one line."""
    return yaml.dump(dict(document), Dumper=_Written, allow_unicode=True, sort_keys=False, width=100)


class _Written(yaml.SafeDumper):
    """All that stands in a plan is read as text, so that nothing needs quotes because it looks like a number."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[object]]] = {}  # type: ignore[misc]

    def ignore_aliases(self, data: object) -> bool:
        return True

    def represent_mapping(self, *given: Any, **named: Any) -> yaml.MappingNode:
        node = super().represent_mapping(*given, **named)
        node.flow_style = _is_short([part for pair in node.value for part in pair])
        return node

    def represent_sequence(self, *given: Any, **named: Any) -> yaml.SequenceNode:
        node = super().represent_sequence(*given, **named)
        node.flow_style = _is_short(node.value)
        return node


def _is_short(parts: list[yaml.Node]) -> bool:
    """True for words alone that fit on a line."""
    return (
        all(isinstance(each, yaml.ScalarNode) for each in parts) and sum(len(each.value) + 2 for each in parts) <= SHORT
    )


def _published(file: Path, target: Path) -> Path:
    """The file in its place, which must be free: two people who decide at once get an error, not each other's plan."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("xb") as stream:
            stream.write(file.read_bytes())
            stream.flush()
            os.fsync(stream.fileno())
        os.link(part, target)
    except FileExistsError:
        told = N_("{file}: somebody has just written this version. Open the workspace again.")
        raise UsageError(Message(told, file=target)) from None
    finally:
        part.unlink(missing_ok=True)
    return target
