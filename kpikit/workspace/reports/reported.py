"""``reported/<client>/``: the steps of each report from draft to sent, one new file for each; none is ever changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kpikit.evaluation.facts import Evaluation
from kpikit.evaluation.reported import STEPS, Figure, Step, mark_of
from kpikit.plans.notes import text_problem, write_new
from kpikit.sources.strict import SCHEMA
from kpikit.words.errors import KpikitError, SettingError, UsageError, one_of
from kpikit.words.message import Message, Messages
from kpikit.words.periods import Calendar, Window, parse_day
from kpikit.words.texts import N_
from kpikit.workspace.reports.rendered import REPORT, read_manifest

REPORTED = "reported"
"""The folder in a workspace."""

TOO_EARLY = N_("on == {day}, must be {as_of} or later: the figures of {period} are seen from that day.")
MADE_BY_THEN = N_("For a report that was made by then, add {option}.")


def read_steps(folder: Path, calendar: Calendar) -> tuple[Step, ...]:
    """The steps in a client's folder, in the order in which they were taken; none where there is no such folder."""
    files = [file for file in folder.iterdir() if not file.name.startswith(".")] if folder.is_dir() else []
    return tuple(_step(file, calendar) for file in sorted(files, key=lambda file: file.name))


def _step(file: Path, calendar: Calendar) -> Step:
    try:
        found: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if found["schema"] != SCHEMA:
            raise UsageError(
                Message("schema {schema} is not known here; a newer kpikit is needed.", schema=repr(found["schema"]))
            )
        if found["state"] not in STEPS:
            raise UsageError(one_of("state", found["state"], STEPS))
        return Step(
            found["state"],
            str(found["by"]),
            parse_day(found["on"], "on"),
            calendar.parse(found["period"]),
            parse_day(found["as_of"], "as_of"),
            tuple(_figure(each) for each in found["figures"]),
            found.get("notes"),
        )
    except KpikitError as error:
        raise SettingError(file, None, "", str(error)) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = f"cannot be read as a report that was kept ({type(error).__name__}: {error})."
        raise SettingError(file, None, "", f"{reason} 'kpikit approve' writes them.") from None


def _figure(kept: Mapping[str, Any]) -> Figure:
    first, last = (parse_day(each, "days") for each in kept["days"]) if "days" in kept else (None, None)
    days = Window(first, last + timedelta(days=1)) if first and last else None
    return Figure(str(kept["key"]), kept["value"], kept["status"], kept.get("achieved"), kept.get("target"), days)


def _kept(figure: Figure) -> dict[str, Any]:
    """A figure as its file has it; ``days`` are the first and the last that are added up, where any are."""
    days = {"days": [str(figure.days.start), str(figure.days.last_day)]} if figure.days else {}
    return {name: value for name, value in asdict(figure).items() if name != "days"} | days


def write_step(folder: Path, step: Step) -> Path:
    """A new file in the folder with the step in it; no other file is touched."""
    document = {
        "schema": SCHEMA,
        "period": str(step.period),
        "state": step.state,
        "by": step.by,
        "on": step.on.isoformat(),
        "as_of": step.as_of.isoformat(),
        "notes": step.notes,
        "figures": [_kept(each) for each in step.figures],
    }
    text = json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    return write_new(folder, f"{step.period}.", ".json", text.encode("utf-8"))


def check_rendered(folder: Path, client: str, evaluation: Evaluation) -> None:
    """Raise `UsageError` where the report of the period that lies in the folder shows other figures than are known."""
    for line in read_manifest(folder) or []:
        own = (line["client"], line["period"], line["template"]) == (client, evaluation.period.key, REPORT)
        shown = [folder / each["path"] for each in line["outputs"] if not each["path"].endswith(".ipynb")]
        known = line.get("figures") if own and line["state"] == "ok" and not line.get("audience") else None
        if known and known != mark_of(evaluation) and any(file.exists() for file in shown):
            raise UsageError(
                f"{shown[0]} shows other figures than are known now. Render it again ('kpikit report'), and look at it "
                "before you say so."
            )


def check_step(state: str, by: str) -> None:
    """Raise `UsageError` for a state that nobody can give, or a name that cannot be shown."""
    if state not in STEPS:
        raise UsageError(one_of("state", state, STEPS))
    if problem := text_problem(by, lines=False):
        raise UsageError(Message("the name of who it is by {problem}", problem=problem))


def day_of(on: str | None, evaluation: Evaluation) -> date:
    """The day that is given, or today; a `UsageError` for one on which there was no report of these figures yet."""
    if on is None:
        return date.today()
    day, as_of, period = parse_day(on, "on"), evaluation.as_of, evaluation.period
    if day < as_of:
        told = Message(TOO_EARLY, day=day, as_of=as_of, period=period)
        way = "" if day < period.start else Message(MADE_BY_THEN, option=f"--as-of {day}")
        raise UsageError(Messages([told, way]))
    return day
