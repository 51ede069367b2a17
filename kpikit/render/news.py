"""What changed since the last run, client by client; and ``run.json``, which says it and keeps it for the next run.

    {"schema": 1, "kpikit": "0.1.0", "begun": "2026-02-02T06:00:00+00:00", "seconds": 93.1,
     "rendered": 12, "executed": 9, "unchanged": 262, "failed": 1, "clients": {...}, "changes": [...]}

Of as many as were ``executed`` the notebook was run; the others that were ``rendered`` are made of what was there.

A change has ``client``, ``kind`` (a code of `KINDS`), ``fact`` (the key of a KPI; null for what failed), and ``before``
and ``now``: codes of statuses, of rules of signals, of reasons, or of states.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from kpikit.charts.cells import Labels
from kpikit.charts.markup import table
from kpikit.evaluation.codes import STATUSES
from kpikit.evaluation.dues import is_late
from kpikit.evaluation.facts import Evaluation
from kpikit.evaluation.sentences import reason_words, signal_words
from kpikit.render.publish import publish
from kpikit.render.shell import kpikit_version
from kpikit.words.language import Language

RUN = "run.json"
KINDS = ("failed", "status", "signal", "late")

Record = dict[str, Any]
"""How a client stands: ``period``, ``as_of``, ``failed``, and by key of a KPI ``statuses``, ``signals``, ``late``."""


class Change(NamedTuple):
    """One thing that is other than in the last run."""

    client: str
    kind: str
    fact: str | None
    before: str | None
    now: str


def record(evaluation: Evaluation | None, failed: bool) -> Record:
    """How a client stands now; without an evaluation only that it failed."""
    found: Record = {"failed": failed, "statuses": {}, "signals": {}, "late": {}}
    if evaluation is None:
        return found
    for fact in evaluation.kpis:
        found["statuses"][fact.key] = fact.status
        if fact.signal.rule and fact.signal.since:
            found["signals"][fact.key] = {"rule": fact.signal.rule, "since": fact.signal.since.key}
        if fact.value.reason and is_late(fact, evaluation):
            found["late"][fact.key] = fact.value.reason
    return {"period": evaluation.period.key, "as_of": evaluation.as_of.isoformat(), **found}


def kept(old: Record | None, found: Record) -> Record:
    """What is kept of a client for the next run: how it stood when it could last be told, in its latest period."""
    if old is None or (found.get("period") and not _is_older(found, old)):
        return found
    return {**old, "failed": found["failed"]}


def _is_older(found: Record, old: Record) -> bool:
    """True for a period that was over before the one that is known; of periods of another length none is."""
    return _form(found) == _form(old) and found.get("period", "") < old.get("period", "")


def _form(record: Record) -> str:
    return re.sub(r"\d", "0", record.get("period") or "")


def changes(before: Mapping[str, Record], now: Mapping[str, Record]) -> Iterator[Change]:
    """What is other than it was, for clients that were there before, in the same period or since an earlier one."""
    for client, found in now.items():
        if (old := before.get(client)) is None:
            continue
        if found["failed"] and not old["failed"]:
            yield Change(client, "failed", None, "ok", "failed")
        if _form(found) != _form(old) or _is_older(found, old):
            continue
        for key, status in found["statuses"].items():
            if status and old["statuses"].get(key, status) not in (status, None):
                yield Change(client, "status", key, old["statuses"][key], status)
        for key, signal in found["signals"].items():
            if old["signals"].get(key) != signal:
                yield Change(client, "signal", key, old["signals"].get(key, {}).get("rule"), signal["rule"])
        for key, reason in found["late"].items():
            if key not in old["late"]:
                yield Change(client, "late", key, None, reason)


def read_run(folder: Path) -> dict[str, Any]:
    """The last run of a folder; empty where there was none, or where it cannot be read."""
    try:
        found = json.loads((folder / RUN).read_text(encoding="utf-8"))
        clients = {key: each for key, each in found["clients"].items() if _is_record(each)}
        return {**found, "clients": clients} if found["schema"] == 1 else {}
    except (AttributeError, OSError, ValueError, KeyError, TypeError):
        return {}


def _is_record(found: object) -> bool:
    parts = ("statuses", "signals", "late")
    return isinstance(found, dict) and "failed" in found and all(isinstance(found.get(part), dict) for part in parts)


def write_run(folder: Path, about: Mapping[str, Any], clients: Mapping[str, Record], found: Sequence[Change]) -> None:
    """Write ``run.json``: what is said ``about`` the run, how the clients stand, and what changed."""
    document = {"schema": 1, "kpikit": kpikit_version(), **about}
    document |= {"clients": clients, "changes": [each._asdict() for each in found]}
    publish({folder / RUN: json.dumps(document, indent=1, ensure_ascii=False).encode("utf-8")})


def without(found: dict[str, Any], client: str) -> dict[str, Any]:
    """A run as `read_run` gives it, without a client."""
    kept = {key: each for key, each in found.get("clients", {}).items() if key != client}
    left = [each for each in found.get("changes", []) if each["client"] != client]
    return {"schema": 1, **found, "clients": kept, "changes": left}


def news(
    found: Sequence[Change],
    evaluations: Mapping[str, Evaluation],
    names: Mapping[str, str],
    labels: Labels,
    say: Language,
) -> str:
    """The section of the index that says what changed; empty where nothing did."""
    rows = [[names[each.client], _label(each, evaluations, labels), _words(each, evaluations, say)] for each in found]
    if not rows:
        return ""
    heads = [say("Client"), say("KPI"), say("Change")]
    return f"<section>\n<h2>{escape(say('New since the last run'))}</h2>\n{table(heads, rows).html}\n</section>"


def _label(change: Change, evaluations: Mapping[str, Evaluation], labels: Labels) -> str:
    return labels(evaluations[change.client].fact(change.fact)) if change.fact else ""


def _words(change: Change, evaluations: Mapping[str, Evaluation], say: Language) -> str:
    if change.kind == "status":
        return f"{say(STATUSES[change.before or ''])} → {say(STATUSES[change.now])}"
    if change.kind == "signal" and change.fact:
        words = signal_words(evaluations[change.client].fact(change.fact), say)
        return words[:1].upper() + words[1:]
    if change.kind == "late":
        return say("Missing: {reason}", reason=reason_words(change.now, say))
    return say("Could not be made")
