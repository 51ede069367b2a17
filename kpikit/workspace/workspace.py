"""`Workspace`: a folder of sources, clients and plans, opened; or a slice of one, with its measurements in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kpikit.charts.markup import paragraphs
from kpikit.evaluation.customers.analysis import CustomerBase
from kpikit.evaluation.facts import Evaluation
from kpikit.evaluation.forecast.history import History
from kpikit.evaluation.forecast.kept import Kept
from kpikit.evaluation.outlook import histories, with_outlooks
from kpikit.evaluation.scope import Scope
from kpikit.metrics.measure import measure
from kpikit.metrics.requests import Measurements, Request
from kpikit.plans.notes import Note
from kpikit.plans.plan import Plan, in_force
from kpikit.sources.engine import Engine
from kpikit.sources.settings import Client, unknown_client
from kpikit.words.errors import SettingError, UsageError, one_of
from kpikit.words.language import Language
from kpikit.words.periods import Calendar, Period, Window
from kpikit.workspace.client import ClientView
from kpikit.workspace.customer_base import Bases
from kpikit.workspace.data import Data, lacking, load
from kpikit.workspace.evaluating import Known, absent, covers, evaluate_scopes, filling
from kpikit.workspace.experiments import keep
from kpikit.workspace.peers import write_peers
from kpikit.workspace.portfolio import Portfolio
from kpikit.workspace.provenance import Provenance
from kpikit.workspace.seen import day_seen_from, seen_from
from kpikit.workspace.settings import MEASUREMENTS, PLANS, WORKSPACE, Settings, plan_file, read_settings
from kpikit.workspace.slices import FORECASTS, read_slice, write_slice

if TYPE_CHECKING:
    from kpikit.workspace.board import Board
    from kpikit.workspace.check import Check
    from kpikit.workspace.doctor import Diagnosis
    from kpikit.workspace.triage import TriageView


class Workspace:
    """An opened workspace. Its files are read at once; its sources when something is first measured.

    A folder with measurements in it is a slice of a workspace: it answers from them, and has no sources.

    >>> import kpikit
    >>> kpikit.open(kpikit.samples() / "hospitals")
    A&E in England: 274 clients, 2016-04-01..2019-03-31
    """

    def __init__(self, path: str | Path) -> None:
        self.folder = Path(path)
        if not self.folder.is_dir():
            raise UsageError(f"workspace {str(path)!r}: there is no such folder.")
        if not (self.folder / WORKSPACE).exists():
            reason = f"the folder holds no {WORKSPACE}; 'kpikit new' makes a first workspace."
            raise UsageError(f"workspace {str(path)!r}: {reason}")
        self.settings: Settings = read_settings(self.folder)
        self._data: Data | None = None
        self._few: dict[frozenset[str], Data] = {}
        self._lacking: dict[str, list[str]] | None = None
        self._members: dict[str, list[str]] = {}
        self._known: dict[tuple[str, str, date], Known] = {}
        self.answers: dict[tuple[str, date, tuple[Request, ...]], Measurements] = {}
        self._bases = Bases(self)
        self.kept = Kept()
        if self.is_slice:
            self.kept.read(self.folder / FORECASTS)

    def __repr__(self) -> str:
        clients = f"{len(self.clients)} client{'s' * (len(self.clients) != 1)}"
        covered = f"{self.settings.begins}..{self.settings.last_covered_day}"
        return f"{Language('en').own(self.settings.name)}: {clients}, {covered}"

    def _repr_html_(self) -> str:
        return paragraphs([repr(self), ", ".join(self.clients)]).html

    @property
    def clients(self) -> Mapping[str, Client]:
        """The register of clients, by key."""
        return self.settings.clients

    @property
    def language(self) -> str:
        """The language of what is about all clients: the portfolio and the index."""
        return self.settings.language

    @property
    def is_slice(self) -> bool:
        """True for a report's slice, which holds measurements instead of sources."""
        return (self.folder / MEASUREMENTS).is_file()

    @property
    def data(self) -> Data:
        """The sources, in a locked engine; they are read when they are first asked for."""
        if self._data is None:
            self._data = load(self.settings)
            self._few.clear()
        return self._data

    def _data_of(self, sources: Iterable[str]) -> Data:
        """Some sources alone, in a locked engine of their own, where not all are read: what a person waits for."""
        few = frozenset(sources)
        if self._data is not None:
            return self._data
        if few not in self._few:
            self._few[few] = load(self.settings, few)
        return self._few[few]

    @property
    def engine(self) -> Engine:
        """The locked engine with all sources in it."""
        return self.data.engine

    def check(self, period: str | None = None, as_of: str | None = None, language: str | None = None) -> Check:
        """All files read afresh and validated, plans held against ``period`` (default: the last complete one).

        >>> import kpikit, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     kpikit.new(folder).check().ok
        True
        """
        from kpikit.workspace.check import check

        return check(self.folder, period, as_of, language)

    def client(self, key: str | None = None) -> ClientView:
        """One client (default: the first of the register); a `UsageError` names the nearest key.

        >>> import kpikit
        >>> kpikit.open(kpikit.samples() / "shop").client("denmark")
        denmark: Denmark
        """
        key = next(iter(self.clients)) if key is None else key
        self._check_clients([key])
        return ClientView(self, key)

    def period(self, client: str, period: str | None = None, as_of: str | None = None) -> tuple[Period, date]:
        """The period of a name, by the client's calendar, and the day it is seen from.

        Without a name: the last period that was complete on ``as_of``; without ``as_of``: the last day that all sources
        cover. A day after that one is refused, and a period before the first day that any source covers.

        >>> import kpikit
        >>> period, as_of = kpikit.open(kpikit.samples() / "shop").period("denmark")
        >>> print(period, as_of)
        2011-11 2011-12-09
        """
        last = self.settings.last_covered_day
        day = day_seen_from(as_of, last)
        calendar = self.clients[client].calendar
        found = calendar.parse(period) if period else calendar.last_complete(self.settings.grain, day)
        if found.start > day:
            raise UsageError(f"period {found} has not begun on {day}, the day it is seen from.")
        begins = self.settings.begins
        if found.end <= begins <= day:
            raise UsageError(f"period {found} lies before {begins}, the first day that the sources cover.")
        return found, day

    def evaluate(self, client: str, period: str | None = None, as_of: str | None = None) -> Evaluation:
        """The evaluation of one client's period: the facts, without a language, and the outlook of its KPIs.

        >>> import kpikit
        >>> evaluation = kpikit.open(kpikit.samples() / "hospitals").evaluate("RF4", "2019-03")
        >>> fact = evaluation.fact("emergency.share_within_four_hours")
        >>> fact.value.value, fact.status  # (27,129 attendances - 4,729 breaches) / 27,129
        (0.825684691658373, 'missed')
        """
        found = self.evaluate_all([client], period, as_of)[client]
        return with_outlooks(found, self.clients[client].calendar, self.kept, self.settings.indicators_of(client))

    def evaluate_all(
        self, clients: Sequence[str] | None = None, period: str | None = None, as_of: str | None = None
    ) -> dict[str, Evaluation]:
        """The evaluations of these clients (default: all), measured together, by client; without outlooks.

        >>> import kpikit
        >>> hospitals = kpikit.open(kpikit.samples() / "hospitals")
        >>> [each.kpis[0].status for each in hospitals.evaluate_all(["RF4", "RYX"], "2019-03").values()]
        ['missed', 'met']
        """
        keys = list(self.clients) if clients is None else list(clients)
        self._check_clients(keys)
        seen = {key: self.period(key, period, as_of) for key in keys}
        missing = [key for key in keys if (key, seen[key][0].key, seen[key][1]) not in self._known]
        found = self._evaluate([self._scope(key, *seen[key]) for key in missing])
        self._known |= {(key, seen[key][0].key, seen[key][1]): known for key, known in found.items()}
        return {key: self._known[key, seen[key][0].key, seen[key][1]].evaluation for key in keys}

    def evaluate_with(
        self, plans: Mapping[str, Plan], period: str | None = None, as_of: str | None = None
    ) -> dict[str, Evaluation]:
        """The evaluations by client, each with this plan instead of the one in force: one that begins later, say.

        >>> import kpikit
        >>> shop = kpikit.open(kpikit.samples() / "shop")
        >>> plans = {"norway": shop.plans("norway")[0]}
        >>> before, after = shop.evaluate("norway", "2010-11"), shop.evaluate_with(plans, "2010-11")["norway"]
        >>> before.plan_version, after.plan_version  # it begins in January 2011
        (None, 1)
        """
        self._check_clients(plans)
        scopes = [self._scope(key, *self.period(key, period, as_of)) for key in plans]
        found = self._evaluate([replace(scope, plan=plans[scope.client]) for scope in scopes])
        return {key: known.evaluation for key, known in found.items()}

    def customer_base(self, client: str, period: str | None = None, as_of: str | None = None) -> CustomerBase | None:
        """What is known of a client's customers at the end of a period; None without an entity, or without customers.

        >>> import kpikit
        >>> kpikit.open(kpikit.samples() / "shop").customer_base("germany", "2011-11").counts.customers
        106
        """
        self._check_clients([client])
        return self._bases.of([client], period, as_of)[client]

    def plans(self, client: str) -> tuple[Plan, ...]:
        """All versions of a client's plan, oldest first.

        Refused are those that cannot be measured here, and a member that the sources never had, for any client.

        >>> import kpikit
        >>> [goal.level for plan in kpikit.open(kpikit.samples() / "shop").plans("norway") for goal in plan.goals]
        ['organisation', 'department', 'department']
        """
        plans = self.settings.plans(client)
        about = [(plan, kpi, *kpi.member) for plan in plans for kpi in plan.kpis if kpi.member]
        for plan, kpi, dimension, member in [] if self.is_slice else about:
            if member not in self._members_of(dimension):
                reason = one_of(dimension, member, self._members_of(dimension))
                to_come = f"One that is still to come is named under dimensions.{dimension}.members in {WORKSPACE}."
                file = plan_file(self.folder / PLANS, client, plan)
                raise SettingError(file, None, f"{kpi.indicator}, {dimension}", f"{reason} {to_come}")
        return plans

    def measure(
        self, requests: Iterable[Request], clients: Sequence[str] | None = None, as_of: date | None = None
    ) -> Measurements:
        """Measure requests for these clients (default: all), as they were known on ``as_of``.

        >>> import kpikit
        >>> from kpikit.metrics.requests import Request
        >>> hospitals = kpikit.open(kpikit.samples() / "hospitals")
        >>> march = hospitals.period("RF4", "2019-03")[0].window
        >>> measured = hospitals.measure([Request("attendances", (march,))], ["RF4"])
        >>> measured.get("RF4", "attendances", march).value
        27129.0
        """
        keys = list(self.clients) if clients is None else list(clients)
        self._check_clients(keys)
        if self.is_slice:
            return read_slice(self.folder)
        return self._measured(self.data, requests, keys, as_of)

    def _measure_few(self, requests: Iterable[Request], client: str, as_of: date) -> Measurements:
        """Requests answered for one client as `measure` does, of the sources alone that they are about."""
        if self.is_slice:
            return read_slice(self.folder)
        asked = dict[frozenset[str], list[Request]]()
        for request in requests:
            asked.setdefault(self.settings.model.sources_of(request.metric), []).append(request)
        found = (self._measured(self._data_of(few), own, [client], as_of) for few, own in asked.items())
        return Measurements(row for each in found for row in each)

    def _measured(
        self, data: Data, requests: Iterable[Request], clients: Sequence[str], as_of: date | None
    ) -> Measurements:
        model = seen_from(self.settings.model, as_of or self.settings.last_covered_day)
        return measure(data.engine, replace(model, supplied=data.supplied), requests, clients)

    def table(self, as_of: str | None = None) -> Measurements:
        """All metrics of all clients over every period of the workspace's grain, in total and by each dimension.

        The periods are those by the calendar year that the sources cover at least in part, as known on ``as_of``. What
        is about a span as a whole is measured over that.

        >>> import kpikit
        >>> table = kpikit.open(kpikit.samples() / "shop").table().frame()
        >>> table[table.metric == "invoiced"].amount.sum()  # of all invoices in the file, in pounds
        Decimal('18909744.118')
        """
        settings, day = self.settings, day_seen_from(as_of, self.settings.last_covered_day)
        periods = Calendar().within(settings.grain, Window(settings.begins, day + timedelta(days=1)))
        windows = tuple(period.window for period in periods)
        asked = []
        for metric in settings.model.metrics.values():
            span = settings.model.sources[metric.source].span
            splits = [(), *((name,) for name in metric.dimensions)]
            asked += [Request(metric.name, (span,) if span else windows, by) for by in splits]
        return self.measure(asked, as_of=day)

    def portfolio(self, period: str | None = None, as_of: str | None = None, language: str | None = None) -> Portfolio:
        """All clients in one view, those that need attention first.

        >>> import kpikit, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     print(kpikit.new(folder).portfolio("2026-02").summary())
        2 clients, each counted by its most urgent KPI.
        At risk: 1 · Missed: 1
        2 of 6 figures show a signal in this period; if nothing had changed, about 0.1 would do so by chance.
        """
        evaluations = self.evaluate_all(None, period, as_of)
        return Portfolio(self.settings, evaluations, Language(language or self.settings.language), self.provenance())

    def triage(self, period: str | None = None, as_of: str | None = None, language: str | None = None) -> TriageView:
        """Which clients need a call and why, what is late and what is due; without rendering.

        A client whose plans cannot be read is an item of it, and stops no other.

        >>> import kpikit
        >>> kpikit.open(kpikit.samples() / "hospitals").triage("2019-03").found.to_call[0]
        'RLN'
        """
        from kpikit.workspace.triage import TriageView, gone_through

        return TriageView(self.settings, gone_through(self, period, as_of), Language(language or self.language))

    def board(
        self,
        period: str | None = None,
        *,
        attention: bool = False,
        segment: str | None = None,
        kpi: str | None = None,
        search: str | None = None,
        sort: str = "urgency",
        backwards: bool = False,
        page: int = 1,
        as_of: str | None = None,
        language: str | None = None,
        out: str | None = None,
    ) -> Board:
        """The KPIs of all clients as a table; those alone that need ``attention``, of a segment or KPI, or of a text.

        ``sort`` is "urgency", "client", "kpi", "value", "gap" or "signal". ``out`` is the folder of the reports that
        its rows lead to (default: out/ in the workspace).

        >>> import kpikit
        >>> board = kpikit.open(kpikit.samples() / "hospitals").board("2019-03", search="rf4")
        >>> [(row.client, row.fact.status) for row in board.rows]
        [('RF4', 'missed')]
        """
        from kpikit.workspace.board import Asked, board

        asked = Asked(attention, segment, kpi, search, sort, backwards, page)
        return board(self, period, asked, as_of, language, out)

    def data_doctor(
        self, source: str | None = None, client: str | None = None, language: str | None = None
    ) -> Diagnosis:
        """How sound the data are: freshness, gaps, rows in quarantine, and jumps that look like faults of tracking.

        Of one ``source`` also what each client has in it, and of that and a ``client`` the coverage calendar.

        >>> import kpikit
        >>> kpikit.open(kpikit.samples() / "shop").data_doctor("invoices", "norway").faults
        ()
        """
        from kpikit.workspace.doctor import diagnosed

        return diagnosed(self, source, client, language)

    def provenance(self, clients: Sequence[str] | None = None) -> Provenance:
        """Where the figures of these clients (default: all) come from: their files, with hashes and attribution.

        >>> import kpikit
        >>> (origin,) = kpikit.open(kpikit.samples() / "shop").provenance(["norway"]).origins
        >>> [file.file for file in origin.files]
        ['sources/invoices_derived.csv.gz']
        """
        if self.is_slice:
            return Provenance.read(self.folder)
        return self.data.provenance(list(self.clients) if clients is None else clients)

    def lacking(self) -> dict[str, list[str]]:
        """By source, the keys of the clients that have no file or account in it; sources that lack none are left out.

        Their figures are missing, not 0. The sources' folders are looked at, their files are not read.

        >>> import kpikit
        >>> kpikit.open(kpikit.samples() / "shop").lacking()
        {}
        """
        if self._lacking is None:
            self._lacking = lacking(self.settings)
        return self._lacking

    def save_slice(self, folder: Path, clients: Sequence[str], period: str | None, as_of: str | None) -> None:
        """Write a folder that opens as a workspace with only these clients, and only what this period needs.

        >>> import kpikit, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     kpikit.open(kpikit.samples() / "shop").save_slice(Path(folder), ["norway"], "2011-11", None)
        ...     list(kpikit.open(folder).clients)
        ['norway']
        """
        self.evaluate_all(clients, period, as_of)
        known = [self._known[key, *_named(self.period(key, period, as_of))] for key in clients]
        rows = (each.measurements for each in known)
        events = [each for each in self.settings.events if any(each in one.evaluation.events for one in known)]
        notes = {each.evaluation.client: self.notes(each.evaluation.client, each.evaluation.period) for each in known}
        write_slice(folder, self.settings, rows, self.provenance(clients), events, notes)
        keep(folder, (each for one in known for each in one.evaluation.experiments))
        write_peers(folder, (each.evaluation for each in known))
        if len(clients) == 1:  # what is about all clients shows no outlook, and no customers
            self._bases.save(folder, clients[0], period, as_of)
            self.kept.write(folder / FORECASTS, self._histories(clients[0], period, as_of))

    def _histories(self, client: str, period: str | None, as_of: str | None) -> list[tuple[History, int]]:
        """What a client's outlooks are made of, each of them forecast."""
        return list(histories(self.evaluate(client, period, as_of), self.clients[client].calendar))

    def notes(self, client: str, period: Period) -> tuple[Note, ...]:
        """What people said about a client's period, or about a day in it, oldest first."""
        return tuple(
            each
            for each in self.settings.notes(client)
            if each.period == period or (each.period.grain == "day" and each.period.window.overlap(period.window))
        )

    def _check_clients(self, keys: Iterable[str]) -> None:
        for key in keys:
            if key not in self.clients:
                raise UsageError(unknown_client(key, self.clients))

    def _members_of(self, dimension: str) -> list[str]:
        """The members of a dimension that a source has, or that the workspace names."""
        if dimension not in self._members:
            declared = self.settings.model.dimensions[dimension]
            there = self._data_of([declared.source]).engine.texts(declared.source, declared.column)
            self._members[dimension] = sorted({*there, *declared.members})
        return self._members[dimension]

    def _scope(self, client: str, period: Period, as_of: date) -> Scope:
        """All that decides what must be measured for a client's period, as `kpikit.evaluation.evaluate` asks for it."""
        settings, model = self.settings, seen_from(self.settings.model, as_of)
        return Scope(
            client=client,
            calendar=self.clients[client].calendar,
            period=period,
            as_of=as_of,
            plan=in_force(self.plans(client), period.window),
            comparisons=settings.comparisons,
            metrics=model.metrics,
            settled=settings.settled,
            covers=covers(self, client, model),
            catalogue=settings.indicators_of(client),
            events=settings.events,
            matures=filling(model),
            workspace_profile=settings.profile,
            absent=absent(self, client),
        )

    def _evaluate(self, scopes: Sequence[Scope]) -> dict[str, Known]:
        return evaluate_scopes(self, scopes)


def _named(seen: tuple[Period, date]) -> tuple[str, date]:
    return seen[0].key, seen[1]
