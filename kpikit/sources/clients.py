"""The clients that ``clients.yml`` declares."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import yaml

from kpikit.sources.accounts import check_accounts, read_accounts
from kpikit.sources.keyed import Told
from kpikit.sources.pictures import logo_problem, named_file
from kpikit.sources.strict import SCHEMA, Section, read
from kpikit.words.errors import one_of, shortened
from kpikit.words.language import Wording
from kpikit.words.message import Message
from kpikit.words.periods import Calendar, Window
from kpikit.words.texts import LANGUAGES

CLIENT_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}(?<!\.)")
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


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


def read_clients(file: Path, language: str) -> dict[str, Client]:
    """The register of clients, by key, in the order of the file."""
    return read_register(file, language).clients


def read_register(file: Path, language: str) -> Register:
    """All that a file ``clients.yml`` says."""
    top = read(file)
    defaults = _defaults(top.section("defaults", "{language: da}"), language)
    sections, ignored = top.sections("clients", "acme: {label: Acme}"), read_accounts(top, "ignored_accounts")
    top.finish()
    clients = {key: _client(key, section, file.parent, *defaults) for key, section in sections.items()}
    keys: dict[str, str] = {}
    values: dict[str, str] = {}
    for key, client in clients.items():
        twin, double = keys.setdefault(key.casefold(), key), values.setdefault(client.value, key)
        if twin != key:
            raise top.refuse(
                "clients",
                "{key} and {twin} differ only in upper and lower case.",
                key=repr(key),
                twin=repr(twin),
            )
        if double != key:  # one of the two would get the other's figures
            raise sections[key].refuse(
                "value",
                "{value} is the value of client {double} already.",
                value=repr(client.value),
                double=repr(double),
            )
    if not clients:
        raise top.refuse("clients", "lists no client.")
    check_accounts(sections, {key: client.accounts for key, client in clients.items()}, ignored)
    return Register(clients, ignored, top.told)


def _defaults(section: Section, language: str) -> tuple[str, Calendar]:
    found = (
        section.choice("language", LANGUAGES, language),
        _calendar(section.section("fiscal_year", "{first_month: 7}"), Calendar()),
    )
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
        calendar=_calendar(section.section("fiscal_year", "{first_month: 7}"), calendar),
        accounts=read_accounts(section, "accounts"),
        recipients=_recipients(section),
        bind=section.section("bind", "{revenue: net_sales}") if section.knows("bind") else None,
        **_active(section.section("active", "{from: 2026-01-31}")),
        segment=section.optional("segment"),
        logo=named_file(section, "logo", folder, logo_problem),
    )
    section.finish()
    return client


def _recipients(section: Section) -> tuple[str, ...]:
    addresses = section.texts("recipients", ())
    for each in addresses:
        if not ADDRESS.fullmatch(each):
            raise section.refuse("recipients", "{each} must be an address as 'anna@example.com'.", each=shortened(each))
    return addresses


def _active(section: Section) -> dict[str, date]:
    days = {f"active_{key}": section.day(key) for key in ("from", "to") if section.knows(key)}
    section.finish()
    if len(days) == 2 and days["active_to"] < days["active_from"]:
        raise section.refuse("to", "lies before 'from'.")
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
