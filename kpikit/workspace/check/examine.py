"""Everything of a workspace read and validated, without rendering: what is wrong, and what is worth a look.

One thing that is wrong does not hide another: clients, plans and sources are read each for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import product
from pathlib import Path

from kpikit.evaluation.facts import Evaluation
from kpikit.evaluation.goals.smart import check as smart
from kpikit.metrics.coverage import expected_slots, window_of, without
from kpikit.plans.plan import Plan, in_force
from kpikit.plans.read import read_plans
from kpikit.sources.clients import read_clients
from kpikit.sources.declarations import WEEKDAYS, Source
from kpikit.sources.engine import Engine
from kpikit.sources.every_error import every_error
from kpikit.sources.loaded import Loaded
from kpikit.sources.profile import Profile, profile
from kpikit.sources.strict import read
from kpikit.sources.totals import differences
from kpikit.words.errors import KpikitError, SettingError, SourceError, UsageError, spelled
from kpikit.words.message import Message
from kpikit.words.periods import Calendar, Window
from kpikit.workspace.check.examined import CheckedClient, CheckedPlan, CheckedSource, Examined
from kpikit.workspace.check.unread import errors_of
from kpikit.workspace.data.data import check_source, ended_early, load_source
from kpikit.workspace.data.supplied import ignored, lacking_in, values_of
from kpikit.workspace.settings import CLIENTS, PLANS, WORKSPACE, Settings
from kpikit.workspace.workspace import Workspace


def examine(folder: Path, period: str | None = None, as_of: date | None = None) -> Examined:
    """Read all that is in a workspace's folder. What its files say wrong is in the result, and is not raised.

    ``period`` is the one that plans are held against (default: each client's last complete one). A `UsageError` is
    raised for a folder that is not there, and for a period that is no period.
    """
    try:
        workspace = Workspace(folder)
    except SettingError as error:
        found = every_error(lambda: Workspace(folder)) or [error]
        return Examined(folder, None, as_of, _each_once([*found, *_others(folder, found)]))
    if workspace.is_slice:
        raise UsageError(
            Message(
                "workspace {folder} is the folder of one report, which has no sources to check.",
                folder=repr(str(folder)),
            )
        )
    settings, errors = workspace.settings, list[KpikitError]()
    day = as_of or max(source.covers.last_day for source in settings.model.sources.values())
    sources = [_source(settings, day, *found) for found in _profiles(workspace, errors)]
    plans = _plans(workspace, errors)
    notes = _notes(workspace, errors)
    clients = _clients(workspace, plans, period, as_of, errors)
    metrics = settings.model.metrics
    known, computed = settings.indicators, {each.id for each in settings.computed}
    lacking = {
        id: tuple(name for name in each.metrics if name not in metrics)
        for id, each in known.items()
        if id not in computed
    }
    bound = [each for own in (known, *settings.bound.values()) for each in own.values()]
    used = {name for each in bound if each.id in computed for name in each.metrics}
    return Examined(
        folder=folder,
        workspace=workspace,
        as_of=day,
        errors=_each_once(errors),
        sources=tuple(sources),
        clients=tuple(clients),
        computed=tuple(id for id in known if id in computed),
        lacking=lacking,
        unused=tuple(name for name in metrics if name not in used),
        silent_notes=tuple(notes),
    )


def _each_once(errors: list[KpikitError]) -> tuple[KpikitError, ...]:
    """The errors without those that say the same: a plan that many clients share is wrong once."""
    return tuple({str(error): error for error in errors}.values())


def _others(folder: Path, found: Sequence[SettingError]) -> Iterator[KpikitError]:
    """What else is wrong in the files of a workspace that cannot be opened: its register and its plans."""
    try:
        clients = {key: client.calendar for key, client in read_clients(folder / CLIENTS, "en").items()}
    except SettingError:
        clients = {}
        yield from every_error(lambda: read_clients(folder / CLIENTS, "en"))
    plans, own = folder / PLANS, _own_indicators(folder, found)
    for each in sorted(plans.iterdir()) if plans.is_dir() else ():
        for error in every_error(partial(read_plans, plans, each.name, clients.get(each.name, Calendar()))):
            if not any(error.reason.startswith(f"indicator == {id}") for id in own):
                yield error


def _own_indicators(folder: Path, found: Sequence[SettingError]) -> list[str]:
    """How the ids under ``indicators`` are quoted in errors of plans, which are not wrong where they name one of them.

    Any id may be one where the file, or that key of it, cannot be read.
    """
    unread = [each for each in found if each.file == str(folder / WORKSPACE) and "." not in each.key]
    if any(each.key in ("", "indicators") or each.reason.startswith("unknown key") for each in unread):
        return [""]
    try:
        return [f"{id!r}, " for id in read(folder / WORKSPACE).section("indicators")]
    except SettingError:
        return [""]


def _profiles(workspace: Workspace, errors: list[KpikitError]) -> Iterator[tuple[Loaded, Profile, Mapping[str, date]]]:
    """Each source that can be read, with what it holds; where the sources can't be read together, each for itself."""
    model = workspace.settings.model
    try:
        engine = workspace.engine
    except (SourceError, SettingError):
        for source in model.sources.values():
            with Engine() as own:
                try:
                    loaded = load_source(own, workspace.settings, source)
                    yield _profile(workspace.settings, own, loaded)
                    check_source(own, workspace.settings, loaded)
                except SourceError as error:
                    errors += errors_of(workspace.settings, source, error)
                except SettingError as error:
                    errors.append(error)
    else:
        for loaded in workspace.data.loaded.values():
            yield _profile(workspace.settings, engine, loaded)


def _profile(settings: Settings, engine: Engine, loaded: Loaded) -> tuple[Loaded, Profile, Mapping[str, date]]:
    values = values_of(settings, loaded.source, loaded.files).values()
    metrics = (each for each in settings.model.metrics.values() if each.source == loaded.source.name)
    summed = {each.column for each in metrics if each.column and each.aggregate == "sum"}
    found = profile(engine, loaded.source, {value: own[0] for own in values for value in own})
    found = replace(found, totals=tuple(differences(engine, loaded, summed)))
    return loaded, found, ended_early(settings, engine, loaded)


def _source(settings: Settings, day: date, loaded: Loaded, found: Profile, ended: Mapping[str, date]) -> CheckedSource:
    source, values = loaded.source, values_of(settings, loaded.source, loaded.files)
    keys = {own[0]: key for key, own in values.items() if own}
    known = {*keys, *ignored(settings, source)}
    own = {keys[value]: rows for value, rows in found.clients.items() if value in keys}
    missing = {key: _slots(source, rows.first) - rows.slots for key, rows in own.items() if source.kind != "events"}
    silent, by_spelling = _silent(source, found), {spelled(value): value for value in keys}
    return CheckedSource(
        source=source,
        profile=found,
        days_old=(day - source.covers.last_day).days,
        silent=tuple(WEEKDAYS[day] for day in silent),
        gaps=tuple(without(replace(source, open=tuple(set(source.open) - set(silent))), set(found.slots))),
        unregistered={value: rows.rows for value, rows in found.clients.items() if value not in known},
        rows={key: own[key].rows if key in own else 0 for key in settings.clients},
        missing={key: number for key, number in missing.items() if number > 0},
        lacking=tuple(lacking_in(settings, source, loaded.files)),
        ended=ended,
        left_out=len(loaded.bad),
        repeats=tuple(loaded.place(number) for number in found.again),
        meant={name: by_spelling[spelled(name)] for name in {*found.clients} - known if spelled(name) in by_spelling},
    )


def _silent(source: Source, found: Profile) -> list[int]:
    """The weekdays on which there is never a row, of a source that covers four weeks or more and has any."""
    if source.every != "day" or not found.slots or source.covers.days < 28:
        return []
    return sorted(set(source.open) - {day.weekday() for day in found.slots})


def _slots(source: Source, first: date) -> int:
    """How many covered slots there are from the one of ``first`` on."""
    begins = max(source.covers.start, window_of(source, first).start)
    return len(expected_slots(source, Window(begins, source.covers.end))) if begins < source.covers.end else 0


def _plans(workspace: Workspace, errors: list[KpikitError]) -> dict[str, tuple[Plan, ...]]:
    """The plans of each client whose plans can be read; held against what the sources hold, where they can be read."""
    plans, read = {}, workspace.settings.plans if errors else workspace.plans
    for key in workspace.clients:
        try:
            plans[key] = read(key)
        except SettingError as error:
            errors += every_error(partial(read, key)) or [error]
    return plans


def _notes(workspace: Workspace, errors: list[KpikitError]) -> list[tuple[str, str]]:
    """Read the notes of each client, and what was kept of its reports; gives the notes that no report will show."""
    settings, silent = workspace.settings, list[tuple[str, str]]()
    for key, read_all in product(workspace.clients, (settings.notes, settings.reported)):
        wrong = every_error(partial(read_all, key))
        errors += wrong
        if read_all == settings.notes and not wrong:
            notes, last = settings.notes(key), settings.last_covered_day
            silent += [
                (key, str(each.period))
                for each in notes
                if not settings.begins < each.period.end or each.period.start > last
            ]
    return silent


def _clients(
    workspace: Workspace,
    plans: Mapping[str, tuple[Plan, ...]],
    period: str | None,
    as_of: date | None,
    errors: list[KpikitError],
) -> list[CheckedClient]:
    """The clients with their plans, held against figures where nothing is wrong.

    Sources may be fine each for itself, and have no day in common.
    """
    last = workspace.settings.last_covered_day
    day = min(as_of or last, last).isoformat()
    now, then, later = dict[str, Evaluation](), dict[str, Evaluation](), dict[str, Plan]()
    try:
        if not errors:
            now = workspace.evaluate_all(list(plans), period, day)
            newest = {key: versions[-1] for key, versions in plans.items() if versions}
            later = {key: plan for key, plan in newest.items() if plan.in_force_from > now[key].period.start}
            then = workspace.evaluate_with(later, period, day)
    except UsageError as error:
        if period or as_of:
            raise
        errors.append(error)
    begun = {key: in_force(plans[key], evaluation.period.window) for key, evaluation in now.items()}
    return [
        CheckedClient(key, versions, now.get(key), _checked(begun, now, key), _checked(later, then, key))
        for key, versions in plans.items()
    ]


def _checked(plans: Mapping[str, Plan | None], evaluations: Mapping[str, Evaluation], key: str) -> CheckedPlan | None:
    plan = plans.get(key)
    return CheckedPlan(plan, tuple(smart(plan, evaluations[key]))) if plan else None
