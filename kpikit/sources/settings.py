"""The sources and clients that ``workspace.yml`` and ``clients.yml`` declare."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from kpikit.sources.accounts import check_accounts, read_accounts
from kpikit.sources.declarations import FORMATS, KINDS, PLACE, SAVE_AS_CSV, SLOTS, TIME, WEEKDAYS, Source
from kpikit.sources.keyed import Told
from kpikit.sources.layout import read_columns, read_dialect, read_dropped
from kpikit.sources.patterns import is_pattern, pattern_problem
from kpikit.sources.pictures import logo_problem, named_file
from kpikit.sources.quarantine import LARGEST_LIMIT, USUAL_LIMIT
from kpikit.sources.strict import SCHEMA, Section, read
from kpikit.words.errors import one_of, shortened
from kpikit.words.language import Wording
from kpikit.words.message import Message, Messages
from kpikit.words.periods import Calendar, Window
from kpikit.words.texts import LANGUAGES

CLIENT_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}(?<!\.)")
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")

MOST_IMMATURE = 366
"""How many of the last days of a source may still be filling, at most."""


@dataclass(frozen=True)
class Client:
    """A client of the register. ``value`` is how the sources call it; the key itself unless declared.

    ``accounts`` are its accounts in other systems, for the sources that call it by those. Before ``active_from`` and
    after ``active_to`` there is nothing to know of it, so that no row does not mean 0. ``bind`` says which metrics are
    meant by the names that indicators use, for this client alone; None where it says nothing of its own. ``recipients``
    are the addresses that its reports are sent to, ``logo`` the picture that they wear beside the agency's. Clients of
    one ``segment`` are compared with each other.
    """

    key: str
    label: Wording
    value: str
    language: str
    calendar: Calendar
    accounts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    active_from: date | None = None
    active_to: date | None = None
    bind: Section | None = field(default=None, compare=False)
    recipients: tuple[str, ...] = ()
    segment: str | None = None
    logo: Path | None = field(default=None, compare=False)

    @property
    def active(self) -> Window:
        """The days on which it is a client; a span of centuries where nothing is said."""
        return Window(self.active_from or date(1800, 1, 1), (self.active_to or date(2999, 12, 31)) + timedelta(days=1))


@dataclass(frozen=True)
class Register:
    """All of ``clients.yml``: the clients by key, and the accounts of each system that are nobody's on purpose.

    ``told`` has what each key says; see `Section`.
    """

    clients: dict[str, Client]
    ignored: Mapping[str, tuple[str, ...]]
    told: Mapping[str, Told] = field(default_factory=dict)


def read_sources(top: Section, folder: Path) -> dict[str, Source]:
    """The sources of ``workspace.yml``, by name. Their files are not opened yet."""
    return {name: _source(name, section, folder) for name, section in top.sections("sources").items()}


def _source(name: str, section: Section, folder: Path) -> Source:
    place, every, covers = _file(section, folder), section.choice("every", SLOTS), section.window("covers")
    columns = read_columns(section.section("columns"))
    weekdays = section.texts("open", WEEKDAYS)
    if not weekdays or any(day not in WEEKDAYS for day in weekdays):
        raise section.refuse("open", Message("must be a list of weekdays out of {names}.", names=", ".join(WEEKDAYS)))
    source = Source(
        name=name,
        **place,
        declared=section.place("file"),
        format=section.choice("format", FORMATS, unknown=_no_format),
        dialect=read_dialect(section.section("dialect")),
        columns=columns,
        client=section.text("client", PLACE if PLACE in section.text("file") else None, "shop"),
        time=TIME if every == "span" else section.text("time", example="date"),
        every=every,
        kind=section.choice("kind", KINDS),
        open=tuple(WEEKDAYS.index(day) for day in weekdays),
        covers=covers,
        span=covers if every == "span" else None,
        attribution=section.optional("attribution"),
        accounts=section.optional("accounts"),
        dropped=read_dropped(section.section("columns")),
        bad_rows_at_most=_bad_rows(section),
        immature_days=section.integer("immature_days", 0, MOST_IMMATURE, 0),
        same_rows=section.choice("same_rows", ("refuse", "count"), "refuse") == "count",
    )
    _check_roles(source, section)
    section.finish()
    return source


def _no_format(key: str, value: object, allowed: Iterable[str]) -> str:
    return Messages([one_of(key, value, allowed), SAVE_AS_CSV])


def _bad_rows(section: Section) -> Decimal | None:
    """The share of a file's rows that may be left out because they can't be read; None where none may."""
    kept = section.choice("on_bad_rows", ("refuse", "quarantine"), "refuse") == "quarantine"
    if not kept and section.knows("bad_rows_at_most"):
        raise section.refuse("bad_rows_at_most", Message("belongs to sources with 'on_bad_rows: quarantine'."))
    if not kept:
        return None
    limit = section.decimal("bad_rows_at_most", USUAL_LIMIT)
    if not 0 < limit <= LARGEST_LIMIT:
        raise section.refuse(
            "bad_rows_at_most",
            Message(
                "{limit} must be a share above 0 and up to {largest_limit}.", limit=limit, largest_limit=LARGEST_LIMIT
            ),
        )
    return limit


def _file(section: Section, folder: Path) -> dict[str, Any]:
    """The file of a source, or the pattern that its files fit and the folder that it begins in."""
    text, root = section.text("file", example="sources/sales.csv"), folder.resolve()
    if is_pattern(text):
        problem = pattern_problem(text)
        if problem is not None:
            raise section.refuse("file", problem)
        return {"file": root / text, "root": root, "pattern": text}
    file = Path(os.path.realpath(root / text))  # which goes on where links lead in a circle
    if not file.is_relative_to(root):
        raise section.refuse("file", Message("lies outside the workspace's folder."))
    return {"file": file}


def _check_roles(source: Source, section: Section) -> None:
    for key, types in (("client", ("text",)), ("time", ("date", "timestamp"))):
        if key == "client" and key not in section and source.client == PLACE:
            continue  # the path says it
        if key == "time" and source.time == TIME:
            if section.knows("time"):
                raise section.refuse(
                    "time", Message("does not go with 'every: span': each row is about all days of 'covers'.")
                )
            continue
        column = source.column(section.text(key))
        if column is None or column.type not in types:
            raise section.refuse(
                key, Message("must name a column that is declared as {names}.", names=" or ".join(types))
            )
        if column.hashed:
            raise section.refuse(
                key, Message("column '{name}' may not be 'personal': every row is told by it.", name=column.name)
            )
        if column.missing:
            raise section.refuse(
                key, Message("column '{name}' may have no 'missing': a row needs it to be counted.", name=column.name)
            )
    if source.accounts and source.client == PLACE:
        raise section.refuse(
            "accounts", Message("belongs to a source with a column of accounts, named under 'client'.")
        )
    if source.format != "csv" and "dialect" in section:
        raise section.refuse("dialect", Message("belongs to sources with 'format: csv'."))
    if source.same_rows and source.kind != "events" and PLACE not in (source.pattern or ""):
        raise section.refuse(
            "same_rows", Message("belongs to sources with 'kind: events', or with {client} in 'file'.")
        )
    if source.every != "day" and "open" in section:
        raise section.refuse("open", Message("belongs to sources with 'every: day'."))
    slots = [source.covers] if source.span else Calendar().within(source.every, source.covers)
    if slots[0].start != source.covers.start or slots[-1].end != source.covers.end:
        reason = Message(
            "{covers} cuts a {every} in two, and every row is of a whole one.", covers=source.covers, every=source.every
        )
        raise section.refuse("covers", reason)


def read_clients(file: Path, language: str) -> dict[str, Client]:
    """The register of clients, by key, in the order of the file."""
    return read_register(file, language).clients


def read_register(file: Path, language: str) -> Register:
    """All that a file ``clients.yml`` says."""
    top = read(file)
    defaults = _defaults(top.section("defaults"), language)
    sections, ignored = top.sections("clients"), read_accounts(top, "ignored_accounts")
    top.finish()
    clients = {key: _client(key, section, file.parent, *defaults) for key, section in sections.items()}
    keys: dict[str, str] = {}
    values: dict[str, str] = {}
    for key, client in clients.items():
        twin, double = keys.setdefault(key.casefold(), key), values.setdefault(client.value, key)
        if twin != key:
            raise top.refuse(
                "clients",
                Message("{key} and {twin} differ only in upper and lower case.", key=repr(key), twin=repr(twin)),
            )
        if double != key:  # one of the two would get the other's figures
            raise sections[key].refuse(
                "value",
                Message(
                    "{value} is the value of client {double} already.", value=repr(client.value), double=repr(double)
                ),
            )
    if not clients:
        raise top.refuse("clients", Message("lists no client."))
    check_accounts(sections, {key: client.accounts for key, client in clients.items()}, ignored)
    return Register(clients, ignored, top.told)


def _defaults(section: Section, language: str) -> tuple[str, Calendar]:
    found = section.choice("language", LANGUAGES, language), _calendar(section.section("fiscal_year"), Calendar())
    section.finish()
    return found


def _client(key: str, section: Section, folder: Path, language: str, calendar: Calendar) -> Client:
    if not CLIENT_KEY.fullmatch(key) or key.casefold() == "default":
        reason = Message(
            "a client's key is made of at most 64 letters a-z, digits, '-', '_' and '.'; it begins with a letter or "
            "digit and does not end with '.'; 'default' is taken."
        )
        raise section.refuse("", reason)
    client = Client(
        key=key,
        label=section.wording("label", key),
        value=section.text("value", key),
        language=section.choice("language", LANGUAGES, language),
        calendar=_calendar(section.section("fiscal_year"), calendar),
        accounts=read_accounts(section, "accounts"),
        recipients=_recipients(section),
        bind=section.section("bind") if section.knows("bind") else None,
        **_active(section.section("active")),
        segment=section.optional("segment"),
        logo=named_file(section, "logo", folder, logo_problem),
    )
    section.finish()
    return client


def _recipients(section: Section) -> tuple[str, ...]:
    addresses = section.texts("recipients", ())
    for each in addresses:
        if not ADDRESS.fullmatch(each):
            raise section.refuse(
                "recipients", Message("{each} must be an address as 'anna@example.com'.", each=shortened(each))
            )
    return addresses


def _active(section: Section) -> dict[str, date]:
    days = {f"active_{key}": section.day(key) for key in ("from", "to") if section.knows(key)}
    section.finish()
    if len(days) == 2 and days["active_to"] < days["active_from"]:
        raise section.refuse("to", Message("lies before 'from'."))
    return days


def _calendar(section: Section, default: Calendar) -> Calendar:
    calendar = Calendar(
        section.integer("first_month", 1, 12, default.fiscal_first_month),
        section.choice("named_by", ("start", "end"), default.fiscal_named_by),
    )
    section.finish()
    return calendar


def unknown_client(key: str, clients: Mapping[str, Client]) -> str:
    """The sentence for a client that is not in the register; a label or a value leads to the key that it belongs to."""
    name = key.casefold()
    for client in clients.values():
        labels = [client.label] if isinstance(client.label, str) else list(client.label.values())
        if any(name == each.casefold() for each in (*labels, client.value)):
            return Message(
                "client == {key}, but clients are named by their key: '{key2}'.", key=shortened(key), key2=client.key
            )
    return one_of("client", key, clients)


def write_clients(file: Path, clients: Iterable[Client]) -> None:
    """Write a register that holds only these clients; `read_clients` gives them back unchanged.

    Their logos lie beside it.
    """
    register = {client.key: _written(client) | _copied_logo(client, file.parent) for client in clients}
    text = yaml.safe_dump({"schema": SCHEMA, "clients": register}, allow_unicode=True, sort_keys=False)
    file.write_text(text, encoding="utf-8")


def _copied_logo(client: Client, folder: Path) -> dict[str, object]:
    if client.logo is None:
        return {}
    name = f"logos/{client.key}{client.logo.suffix}"
    (folder / name).parent.mkdir(exist_ok=True)
    shutil.copyfile(client.logo, folder / name)
    return {"logo": name}


def _written(client: Client) -> dict[str, object]:
    fiscal = {
        "first_month": client.calendar.fiscal_first_month,
        "named_by": client.calendar.fiscal_named_by,
    }
    accounts: dict[str, object] = {}
    if client.accounts:
        accounts = {"accounts": {name: list(each) for name, each in client.accounts.items()}}
    days = {"from": client.active_from, "to": client.active_to}
    active = {key: day.isoformat() for key, day in days.items() if day}
    accounts |= {"active": active} if active else {}
    accounts |= {"segment": client.segment} if client.segment else {}
    accounts |= {"bind": client.bind.plain()} if client.bind else {}
    accounts |= {"recipients": list(client.recipients)} if client.recipients else {}
    base = {"label": client.label, "value": client.value, "language": client.language, "fiscal_year": fiscal}
    return {**base, **accounts}
