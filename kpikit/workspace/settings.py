"""All that a workspace's files say, read once: workspace.yml, clients.yml, events.yml and the plans."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kpikit.evaluation.reported import Step
from kpikit.indicators.catalogue import Indicators, measured_by
from kpikit.indicators.framework import Indicator
from kpikit.indicators.own import read_indicators
from kpikit.metrics.conditions import read_filters
from kpikit.metrics.model import Model
from kpikit.metrics.persons import LOWEST_LIMIT, USUAL_LIMIT
from kpikit.metrics.settings import read_dimensions, read_entities, read_metrics
from kpikit.plans import experiments
from kpikit.plans.benchmarks import Benchmark, read_benchmarks
from kpikit.plans.events import Event, Known, read_events
from kpikit.plans.experiments import Experiment
from kpikit.plans.limits import PROFILES
from kpikit.plans.notes import Note, read_notes
from kpikit.plans.plan import Plan
from kpikit.plans.read import read_plans
from kpikit.sources.accounts import accounts_by_source
from kpikit.sources.clients import Client, Register, read_register
from kpikit.sources.currency import with_currencies
from kpikit.sources.declarations import Source
from kpikit.sources.keyed import Told
from kpikit.sources.patterns import files_of
from kpikit.sources.personal import PersonalKey, check_key, read_key
from kpikit.sources.settings import read_sources
from kpikit.sources.stamps import Stamps, stamps
from kpikit.sources.strict import Section, read
from kpikit.words.errors import SettingError, one_of
from kpikit.words.language import Language, Wording
from kpikit.words.message import Message, Messages
from kpikit.words.periods import COMPARISONS, GRAINS, LAST_YEAR, Window
from kpikit.words.texts import LANGUAGES
from kpikit.workspace.plan.plan_checks import check_plan
from kpikit.workspace.reports.branding import Branding, read_branding
from kpikit.workspace.reports.reported import REPORTED, read_steps
from kpikit.workspace.review.labels import Labels

WORKSPACE, CLIENTS, PLANS = "workspace.yml", "clients.yml", "plans"
EVENTS, NOTES, CURRENCIES = "events.yml", "notes", "currencies.json"
MEASUREMENTS = "measurements.csv"
EXPERIMENTS = "experiments.yml"
OVER = "over.json"

FORMATS = ("html", "pdf", "xlsx", "pptx", "json", "eml")
"""What a report can be made as: the names of the modules in `kpikit.render.formats`, and the suffixes of the files."""


@dataclass(frozen=True)
class Settings:
    """A workspace's declarations. ``grain`` is the length of the periods that its reports are about.

    ``ignored`` are the accounts of each system that belong to no client, on purpose. ``bound`` are the indicators of
    the clients that bind names to metrics of their own. ``told`` has the value of every key of workspace.yml and
    clients.yml, by its path, and whether it was written or is a default. ``formats`` are those of its reports.
    """

    folder: Path
    name: Wording
    language: str
    grain: str
    comparisons: tuple[str, ...]
    model: Model
    indicators: Indicators
    clients: Mapping[str, Client]
    events: tuple[Event, ...] = ()
    ignored: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    personal_key: PersonalKey | None = None
    bound: Mapping[str, Indicators] = field(default_factory=dict)
    told: Mapping[str, Told] = field(default_factory=dict)
    experiments: tuple[Experiment, ...] = ()
    branding: Branding = field(default_factory=Branding)
    formats: tuple[str, ...] = FORMATS[:1]
    benchmarks: tuple[Benchmark, ...] = ()
    profile: str = PROFILES[0]
    over: frozenset[str] = frozenset()
    _plans: dict[str, tuple[Stamps, tuple[Plan, ...]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def last_covered_day(self) -> date:
        """The last day that all sources cover that go on; what is over or not measured counts only if alone."""
        return min(covers.last_day for covers in self._covered)

    @property
    def held_back_by(self) -> list[str]:
        """The sources that end on the last covered day: those that hold all others back."""
        sources, last = self.model.sources.items(), self.last_covered_day
        return [name for name, source in sources if source.covers in self._covered and source.covers.last_day == last]

    @property
    def begins(self) -> date:
        """The first day that any source covers."""
        return min(covers.start for covers in self._covered)

    @property
    def _covered(self) -> list[Window]:
        sources, measured = self.model.sources, {metric.source for metric in self.model.metrics.values()}
        going_on = [name for name in measured if not sources[name].span and name not in self.over]
        return [sources[name].covers for name in going_on or sources]

    @property
    def settled(self) -> dict[str, date]:
        """For each metric that needs a history (new customers): the first day from which it can be told."""
        model = self.model
        return {
            metric.name: model.entities[metric.entity].settled_from
            for metric in model.metrics.values()
            if metric.entity and metric.column == "new"
        }

    def labels(self, say: Language, client: str | None = None) -> Labels:
        """How facts, their drivers and members are called in a language; those of a client, by its own metrics."""
        return Labels(self.indicators_of(client) if client else self.indicators, self.model.dimensions, say)

    def indicators_of(self, client: str) -> Indicators:
        """The indicators as a client has them: over its own metrics, where it says which are meant."""
        return self.bound.get(client, self.indicators)

    @property
    def computed(self) -> list[Indicator]:
        """The indicators that the workspace can compute for at least one client, in the order of the catalogue."""
        those = [self.indicators_of(client) for client in self.clients] if self.bound else [self.indicators]
        found = {each.id for known in those for each in measured_by(self.model.metrics, known)}
        return [each for each in self.indicators.values() if each.id in found]

    def measured(self, client: str) -> list[str]:
        """The ids of the indicators that the workspace can compute for a client."""
        return [each.id for each in measured_by(self.model.metrics, self.indicators_of(client))]

    def plans(self, client: str) -> tuple[Plan, ...]:
        """All versions of a client's plan, oldest first, read anew once a file of them has changed.

        What the workspace cannot measure is refused.
        """
        places = [self.folder / PLANS / name for name in (client, "default")]
        now = stamps(file for place in places for file in (place, *place.glob("*")))
        before, plans = self._plans.get(client, (None, ()))
        if now != before:
            plans = self._read_plans(client)
            self._plans[client] = now, plans
        return plans

    def _read_plans(self, client: str) -> tuple[Plan, ...]:
        folder = self.folder / PLANS
        plans = read_plans(folder, client, self.clients[client].calendar, self.indicators_of(client))
        for plan in plans:
            check_plan(plan, plan_file(folder, client, plan), self.model, self.indicators_of(client))
        return plans

    def notes(self, client: str) -> tuple[Note, ...]:
        """What people said about a client's periods, oldest first."""
        return read_notes(self.folder / NOTES / client, self.clients[client].calendar, self.measured(client))

    def reported(self, client: str) -> tuple[Step, ...]:
        """The steps of a client's reports from draft to sent, in the order in which they were taken."""
        return read_steps(self.folder / REPORTED / client, self.clients[client].calendar)


def plan_file(plans: Path, client: str, plan: Plan) -> Path:
    """The file of one version of a client's plan: its own, or the default one's."""
    own = plans / client
    return (own if own.is_dir() else plans / "default") / f"{plan.version}.yml"


def written_language(folder: Path) -> str:
    """The language that a workspace asks for which cannot be opened; English where its file cannot be read at all."""
    try:
        return read(folder / WORKSPACE).choice("language", LANGUAGES, "en")
    except SettingError:
        return "en"


def read_settings(folder: Path) -> Settings:
    """The settings of a workspace's folder. Plans are read when they are asked for."""
    top = read(folder / WORKSPACE)
    name, language = top.wording("name"), top.choice("language", LANGUAGES, "en")
    grain = top.choice("grain", GRAINS, "month")
    comparisons = top.texts("comparisons", (LAST_YEAR.get(grain, "same_period_last_year"), "previous_period"))
    for each in comparisons:
        if each not in COMPARISONS:
            raise top.refuse("comparisons", one_of("comparison", each, COMPARISONS))
    profile = top.choice("profile", PROFILES, PROFILES[0])
    register = read_register(folder / CLIENTS, language)
    model = _model(top, folder, register, grain)
    indicators, key = read_indicators(top, model.metrics), read_key(top, folder)
    check_key(top, model.sources, key)
    clients = register.clients
    branding, formats = read_branding(top, folder), _formats(top)
    benchmarks = _benchmarks(top, indicators, register)
    bound = {each.key: read_indicators(top, model.metrics, each.bind) for each in clients.values() if each.bind}
    top.finish()
    _check_folders(folder / PLANS, ("default", *clients))
    _check_folders(folder / NOTES, clients)
    events = read_events(folder / EVENTS, Known(clients, indicators, model.metrics))
    found = Settings(
        folder, name, language, grain, comparisons, model, indicators, clients, events, register.ignored, key, bound
    )
    things = experiments.Known(clients, model.sources, model.metrics, indicators)
    tests = experiments.read_experiments(folder / EXPERIMENTS, things)
    found = replace(found, branding=branding, formats=formats, benchmarks=benchmarks, experiments=tests)
    found = replace(found, profile=profile, over=_over(folder, model.sources, tests))
    return replace(found, told={**top.told, **register.told})


def _over(folder: Path, sources: Mapping[str, Source], tests: Sequence[Experiment]) -> frozenset[str]:
    """The sources that cover the time of their experiments and not a day more: they are over with them.

    A slice, which has few of the experiments or none, has these in a file of its own.
    """
    if (folder / OVER).is_file():
        return frozenset(json.loads((folder / OVER).read_text(encoding="utf-8")))
    times = {name: [each.window for each in tests if each.source == name] for name in sources}
    return frozenset(
        name
        for name, own in times.items()
        if own and sources[name].covers == Window(min(each.start for each in own), max(each.end for each in own))
    )


def _formats(top: Section) -> tuple[str, ...]:
    formats = tuple(dict.fromkeys(top.texts("formats", FORMATS[:1])))
    for each in formats:
        if each not in FORMATS:
            raise top.refuse("formats", one_of("format", each, FORMATS))
    if not formats:
        raise top.refuse("formats", "lists no format. There are {names}.", names=", ".join(FORMATS))
    return formats


def _benchmarks(top: Section, indicators: Indicators, register: Register) -> tuple[Benchmark, ...]:
    """The values of others. A report's slice, which has some of the clients, need not have all segments."""
    segments = {each.segment for each in register.clients.values() if each.segment}
    is_slice = (top.file.parent / MEASUREMENTS).is_file()
    return read_benchmarks(top, indicators, None if is_slice else sorted(segments))


def _check_folders(place: Path, known: Collection[str]) -> None:
    """Refuse a folder of plans or notes that belongs to nobody: its client would silently do without them."""
    for folder in sorted(place.iterdir()) if place.is_dir() else ():
        if folder.is_dir() and folder.name not in known:
            raise SettingError(
                folder, None, "", Messages([Message("no client has this key."), one_of("folder", folder.name, known)])
            )
        if folder.suffix == ".yml" and folder.is_file():
            raise SettingError(
                folder,
                None,
                "",
                Message("belongs in a client's folder, as {name}/KEY/{name2}.", name=place.name, name2=folder.name),
            )


def _sources(top: Section, folder: Path, register: Register) -> dict[str, Source]:
    """The sources, with the currencies that their headers say; a slice has these in a file of its own."""
    values = {key: client.value for key, client in register.clients.items()}
    said = folder / CURRENCIES
    known = json.loads(said.read_text(encoding="utf-8")) if said.is_file() else {}
    return {
        name: with_currencies(top, source, lambda each: (file.path for file in files_of(each, values)), known)
        for name, source in read_sources(top, folder).items()
    }


def _model(top: Section, folder: Path, register: Register, grain: str) -> Model:
    clients, sources = register.clients, _sources(top, folder, register)
    if not sources:
        raise top.refuse("sources", Messages([Message("lists no source."), top.typo_of("sources")]))
    dimensions, filters = read_dimensions(top, sources), read_filters(top, sources)
    entities = read_entities(top, sources, filters)
    metrics = read_metrics(top, sources, dimensions, filters, entities)
    if not metrics:
        raise top.refuse("metrics", Messages([Message("lists no metric."), top.typo_of("metrics")]))
    values = {key: client.value for key, client in clients.items()}
    accounts = {key: client.accounts for key, client in clients.items()}
    supplied = accounts_by_source(folder / CLIENTS, sources, accounts)
    smallest = top.integer("smallest_group", LOWEST_LIMIT, 1000, USUAL_LIMIT)
    active = {key: client.active for key, client in clients.items() if client.active_from or client.active_to}
    return Model(sources, dimensions, entities, metrics, values, grain, smallest, supplied, active)
