"""A first workspace: the commented files of ``starter/``, in a language, with sales that are made up beside them."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random

from kpikit.sources.declarations import Source
from kpikit.words.errors import UsageError
from kpikit.words.message import Message
from kpikit.words.texts import checked_language
from kpikit.workspace.settings import WORKSPACE, Settings, read_settings

STARTER = Path(__file__).with_name("starter")
"""A folder for each language, with the files of a workspace but for the data."""

_PLACES = {"Café": (150, 64.0), "To go": (90, 38.0)}
"""Where something is sold -> orders on a day, and what an order is worth."""

_MONTHS = (0.96, 0.97, 0.99, 1.0, 1.02, 1.03, 0.94, 0.98, 1.01, 1.02, 1.03, 1.05)
_WEEK = (0.85, 0.88, 0.92, 0.98, 1.12, 1.25, 1.0)
"""How busy each month and weekday is."""


def new(path: str | Path, language: str = "en") -> Path:
    """Make a workspace in a folder that is empty or not there yet; it holds two coffee shops with made-up sales.

    Its files explain themselves in ``language`` ("en", "da", "nb"), in which names, goals and the form of the data are
    written, too. A `UsageError` refuses a folder that is not empty; nothing is written then, nor when anything fails.
    """
    folder = Path(path).absolute()
    with _all_or_nothing(folder) as made:
        shutil.copytree(STARTER / checked_language(language), made, dirs_exist_ok=True)
        settings = read_settings(made)
        for source in settings.model.sources.values():
            source.file.parent.mkdir(parents=True, exist_ok=True)
            source.file.write_text("".join(_lines(source, settings)), encoding="utf-8-sig", newline="\n")
    return folder


@contextmanager
def _all_or_nothing(folder: Path) -> Iterator[Path]:
    """A new folder beside ``folder``, which takes its place at the end; with an error nothing is left of it."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            Message("{folder} is not an empty folder; name a new one, or an empty one.", folder=repr(str(folder)))
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = folder.parent / f".{folder.name}.{secrets.token_hex(4)}"
    made.mkdir()
    try:
        yield made
        if folder.exists():  # it may be where somebody stands, or a mounted disk: it stays, and is filled
            for each in sorted(made.iterdir(), key=lambda each: each.name == WORKSPACE):
                each.rename(folder / each.name)
        else:
            made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _lines(source: Source, settings: Settings) -> Iterator[str]:
    """The file's lines as the source declares them: a header, then one line for each day, client and place."""
    delimiter = source.dialect.delimiter
    day_format = next(column.format for column in source.columns if column.name == source.time) or "%Y-%m-%d"
    yield delimiter.join(column.name for column in source.columns) + "\n"
    for day, client, place, orders, revenue in _sales(source, list(settings.model.clients.values())):
        yield delimiter.join((f"{day:{day_format}}", client, place, str(orders), _amount(revenue, source))) + "\n"


def _sales(source: Source, clients: list[str]) -> Iterator[tuple[date, str, str, int, float]]:
    """Sales of every day that is covered, always the same. The first client grows; the second has two thirds of its
    guests, and from September 2025 on they spend less.
    """
    chance = Random(2026)
    worth = dict[tuple[int, str], float]()  # what an order is worth this month
    for number in range(source.covers.days):
        day = source.covers.start + timedelta(days=number)
        for which, client in enumerate(clients):
            size, growth, spent = ((1.0, 0.12, 1.0), (0.65, 0.03, 0.92 if day >= date(2025, 9, 1) else 1.0))[which]
            for place, (usual, value) in _PLACES.items():
                if day.day == 1:
                    worth[which, place] = value * spent * (0.97 + 0.06 * chance.random())
                busy = size * (1 + growth * number / 365) * _MONTHS[day.month - 1] * _WEEK[day.weekday()]
                orders = round(usual * busy * (0.85 + 0.3 * chance.random()))
                yield day, client, place, orders, orders * worth[which, place] * (0.97 + 0.06 * chance.random())


def _amount(value: float, source: Source) -> str:
    """An amount with two decimals, as the source declares its marks."""
    marks = {",": source.dialect.thousands or "", ".": source.dialect.decimal}
    return "".join(marks.get(sign, sign) for sign in f"{value:,.2f}")
