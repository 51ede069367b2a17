"""Accounts: sources that call a client by its accounts in another system, such as Google Ads; it may have many.

They stand in ``clients.yml``, by the name of the system, so that a client and all of its accounts are in one place.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kpikit.sources.declarations import Source
from kpikit.sources.strict import Section
from kpikit.sources.yaml_file import line_at
from kpikit.words.errors import SettingError, one_of
from kpikit.words.message import Message, Messages

Accounts = Mapping[str, tuple[str, ...]]
"""Name of a system -> accounts in it."""


def read_accounts(section: Section, key: str) -> Accounts:
    """The accounts that stand under a key, by the name of their system; none where it was not written."""
    inner = section.section(key, "{google: [123-456]}")
    return {system: inner.texts(system) for system in inner}


def check_accounts(sections: Mapping[str, Section], clients: Mapping[str, Accounts], ignored: Accounts) -> None:
    """Refuse an account that stands twice: with two clients, one would get the other's figures."""
    seen = {(system, account): "" for system, accounts in ignored.items() for account in accounts}
    for key, own in clients.items():
        for system, accounts in own.items():
            for account in accounts:
                twin = seen.setdefault((system, account), key)
                if twin != key or accounts.count(account) > 1:
                    where = (
                        Message("an account of client {twin}", twin=repr(twin))
                        if twin
                        else Message("one of the 'ignored_accounts'")
                    )
                    reason = (
                        Message("{account} is {where} already.", account=repr(account), where=where)
                        if twin != key
                        else Message("{account} stands there twice.", account=repr(account))
                    )
                    raise sections[key].section("accounts").refuse(system, reason)


def accounts_by_source(
    file: Path, sources: Mapping[str, Source], clients: Mapping[str, Accounts]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """For each source that calls its clients by accounts: key of a client -> its accounts there, if it has any.

    A system of the register, which is in ``file``, that no source is of is refused.
    """
    used = {source.accounts for source in sources.values() if source.accounts is not None}
    for key, own in clients.items():
        unknown = next((system for system in own if system not in used), None)
        if unknown is not None:
            hint = Message("A source says it with 'accounts' in workspace.yml.")
            reason = Messages([one_of("system", unknown, sorted(used)), hint])
            line = line_at(file, "clients", key, "accounts", unknown)
            raise SettingError(file, line, f"clients.{key}.accounts", reason)
    return {
        name: {key: own[source.accounts] for key, own in clients.items() if source.accounts in own}
        for name, source in sources.items()
        if source.accounts is not None
    }
