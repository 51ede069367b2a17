"""A slice of a workspace: a folder with some of its clients, their plans, events, notes and measurements, and no
sources.

It opens as a workspace, so that a notebook says the same on the slice of one report as on everything.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

import yaml

from kpikit.metrics.requests import Measurements
from kpikit.plans.events import Event, write_events
from kpikit.plans.notes import Note, write_note
from kpikit.plans.read import whole
from kpikit.sources.clients import write_clients
from kpikit.sources.currency import said_by
from kpikit.workspace.data.provenance import Provenance
from kpikit.workspace.reports.reported import REPORTED
from kpikit.workspace.settings import (
    CLIENTS,
    CURRENCIES,
    EVENTS,
    MEASUREMENTS,
    NOTES,
    OVER,
    PLANS,
    WORKSPACE,
    Settings,
    plan_file,
)

FORECASTS = "forecasts.json"


def write_slice(
    folder: Path,
    settings: Settings,
    measurements: Iterable[Measurements],
    provenance: Provenance,
    events: Sequence[Event],
    notes: Mapping[str, Sequence[Note]],
) -> None:
    """Write a slice into a folder: of the clients by whom ``notes`` are, with these measurements and events."""
    clients = list(notes)
    folder.mkdir(parents=True, exist_ok=True)
    _copy_files(folder, settings)
    found = [settings.clients[key] for key in clients]  # what is about several wears none of their logos
    write_clients(folder / CLIENTS, found if len(found) == 1 else [replace(each, logo=None) for each in found])
    for client in clients:
        _write_plans(folder, settings, client)
        if (settings.folder / REPORTED / client).is_dir():
            shutil.copytree(settings.folder / REPORTED / client, folder / REPORTED / client, dirs_exist_ok=True)
        for note in notes[client]:
            write_note(folder / NOTES / client, note)
    currencies = said_by(settings.model.sources.values())
    if currencies:
        (folder / CURRENCIES).write_text(json.dumps(currencies), encoding="utf-8")
    if settings.experiments:
        (folder / OVER).write_text(json.dumps(sorted(settings.over)), encoding="utf-8")
    if events:
        write_events(folder / EVENTS, events, clients)
    provenance.write(folder)
    with (folder / MEASUREMENTS).open("w", encoding="utf-8", newline="") as file:
        Measurements(chain.from_iterable(measurements)).write(file)


def _copy_files(folder: Path, settings: Settings) -> None:
    """Copy the workspace's file, and those that its look is made of."""
    shutil.copyfile(settings.folder / WORKSPACE, folder / WORKSPACE)
    for extra in settings.branding.files:
        copy = folder / extra.relative_to(settings.folder.resolve())
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(extra, copy)


def _write_plans(folder: Path, settings: Settings, client: str) -> None:
    """Write a client's plans as its own, with what they extend written out."""
    for plan in settings.plans(client):
        target = folder / PLANS / client / f"{plan.version}.yml"
        target.parent.mkdir(parents=True, exist_ok=True)
        plain = whole(plan_file(settings.folder / PLANS, client, plan))
        target.write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), encoding="utf-8")


def read_slice(folder: Path) -> Measurements:
    """All measurements of a slice."""
    with (folder / MEASUREMENTS).open(encoding="utf-8", newline="") as file:
        return Measurements.read(file)
