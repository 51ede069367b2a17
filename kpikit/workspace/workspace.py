"""`Workspace`: a folder of sources, clients and plans, opened; or a slice of one, with its measurements in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from kpikit.charts.markup import paragraphs
from kpikit.evaluation.customers.analysis import CustomerBase
from kpikit.evaluation.facts import Evaluation
from kpikit.evaluation.forecast.history import History
from kpikit.evaluation.forecast.kept import Kept
from kpikit.evaluation.forecast.outlook import histories, with_outlooks
from kpikit.evaluation.scope import Scope
from kpikit.plans.notes import Note
from kpikit.plans.places import refusal
from kpikit.plans.plan import Plan, in_force
from kpikit.words.errors import one_of
from kpikit.words.language import Language
from kpikit.words.message import Message, Messages
from kpikit.words.periods import Period
from kpikit.workspace.client import ClientView
from kpikit.workspace.data.seen import seen_from
from kpikit.workspace.figures import Figures
from kpikit.workspace.portfolio.evaluating import Known, absent, covers, evaluate_scopes, filling
from kpikit.workspace.portfolio.peers import write_peers
from kpikit.workspace.portfolio.portfolio import Portfolio
from kpikit.workspace.review.customer_base import Bases
from kpikit.workspace.review.experiments import keep
from kpikit.workspace.settings import PLANS, WORKSPACE, plan_file
from kpikit.workspace.slices import FORECASTS, write_slice

if TYPE_CHECKING:
    from kpikit.workspace.check import Check
    from kpikit.workspace.data.diagnosis import Diagnosis
    from kpikit.workspace.portfolio.board import Board
    from kpikit.workspace.portfolio.triage import TriageView


class Workspace(Figures):
    """An opened workspace. Its files are read at once; its sources when something is first measured.

    A folder with measurements in it is a slice of a workspace: it answers from them, and has no sources.

    >>> import kpikit
    >>> kpikit.open(kpikit.samples() / "hospitals")
    A&E in England: 274 clients, 2016-04-01..2019-03-31
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        super().__init__(path)
        self._known: dict[tuple[str, str, date], Known] = {}
        self.headlines: dict[tuple[str, Period, date], Evaluation] = {}
        self._bases = Bases(self)
        self.kept = Kept()
        if self.is_slice:
            self.kept.read(self.folder / FORECASTS)

    def __repr__(self) -> str:
        clients = f"{len(self.clients)} client{'s' * (len(self.clients) != 1)}"
        covered = f"{self.settings.begins}..{self.settings.last_covered_day}"
        return f"{Language('en').own(self.settings.name)}: {clients}, {covered}"

    def __fspath__(self) -> str:
        """Its folder: where one is asked for, as by the widgets, an opened workspace does, too."""
        return str(self.folder)

    def _repr_html_(self) -> str:
        return paragraphs([repr(self), ", ".join(self.clients)]).html

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
        found = evaluate_scopes(self, [self._scope(key, *seen[key]) for key in missing])
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
        found = evaluate_scopes(self, [replace(scope, plan=plans[scope.client]) for scope in scopes])
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
                to_come = Message("One that is still to come is named under {key} in {file}.",
                                  key=f"dimensions.{dimension}.members", file=WORKSPACE)  # fmt: skip
                file = plan_file(self.folder / PLANS, client, plan)
                raise refusal(file, kpi.indicator, dimension, Messages([reason, to_come]))
        return plans

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
        'NTV0W'
        """
        from kpikit.workspace.portfolio.triage import TriageView, gone_through

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
        from kpikit.workspace.portfolio.board import Asked, board

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
        from kpikit.workspace.data.doctor import diagnosed

        return diagnosed(self, source, client, language)

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
        events = [each for each in self.settings.events if any(each in one.evaluation.events for one in known)]
        notes = {each.evaluation.client: self.notes(each.evaluation.client, each.evaluation.period) for each in known}
        write_slice(folder, self.settings, (one.measurements for one in known), self.provenance(clients), events, notes)
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
            matures=filling(model, as_of),
            workspace_profile=settings.profile,
            absent=absent(self, client),
        )


def _named(seen: tuple[Period, date]) -> tuple[str, date]:
    return seen[0].key, seen[1]
