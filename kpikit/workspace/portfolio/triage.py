"""`Triage` in words: which clients need a call today and why, what still holds, and what is late, missing or due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from kpikit.charts.markup import Html, Shown, heading, joined, paragraphs, table
from kpikit.charts.reading import target_words
from kpikit.evaluation.facts import Evaluation
from kpikit.evaluation.figures import in_words
from kpikit.evaluation.sentences import distance_words, reason_words, signal_words
from kpikit.evaluation.targets.usual import usual_range
from kpikit.evaluation.triage import FALSE_SHARE, KINDS, Alarm, Item, Triage, triage
from kpikit.plans.plan import in_force
from kpikit.words.errors import SettingError
from kpikit.words.language import Language
from kpikit.words.message import in_language
from kpikit.words.periods import Calendar, parse_day
from kpikit.workspace.explore.narrow import kpis_alone
from kpikit.workspace.portfolio.evaluating import ended
from kpikit.workspace.settings import Settings

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace

SCHEMA = 1
MOST_LINES = 12
"""So many things of a kind that are late, missing or due are listed in a terminal; a page folds them, and has all."""


@dataclass(frozen=True, repr=False)
class TriageView(Shown):
    """A triage in a language; it shows itself in notebooks and terminals, and gives itself as JSON."""

    settings: Settings
    found: Triage
    say: Language

    def shown(self) -> Html:
        """All of it: who needs a call first, then what holds on, then what is late, missing or due."""
        call = [alarm for alarm in self.found.alarms if alarm.is_new]
        still = [alarm for alarm in self.found.alarms if not alarm.is_new]
        over = [item for item in self.found.items if item.kind == "target_over"]
        pieces = [paragraphs(self._summary(), "summary")]
        if call or over:
            pieces.append(self._part(self.say("Call today"), [*map(self._alarm, call), *map(self._over, over)]))
        if still:
            pieces.append(self._part(self.say("Still worse than usual"), list(map(self._alarm, still))))
        return joined([*pieces, *self._dues()])

    def document(self) -> dict[str, object]:
        """The triage as JSON: codes and numbers, no language."""
        return {
            "schema": SCHEMA,
            "clients": self.found.clients,
            "tested": self.found.tested,
            "expected_false_share": FALSE_SHARE,
            "to_call": list(self.found.to_call),
            "alarms": [_alarm_document(each) for each in self.found.alarms],
            "items": [_item_document(each) for each in self.found.items],
        }

    def _summary(self) -> list[str]:
        to_call, alarms = len(self.found.to_call), len(self.found.alarms)
        total = self.say.plural("{number} client", "{number} clients", self.found.clients)
        first = self.say("{number} of {clients} need a call today.", number=self.say.count(to_call), clients=total)
        if sum(item.kind == "no_plan" for item in self.found.items) == self.found.clients:
            return [first, self.say("No client has a plan, and what is no KPI is not looked at here.")]
        if not self.found.tested:
            return [first, self.say("No KPI has a history that is long enough to tell a change from chance.")]
        held = self.say.plural(
            "{tested} KPIs were held against their own history: {number} is worse than it explains.",
            "{tested} KPIs were held against their own history: {number} are worse than it explains.",
            alarms,
            tested=self.say.count(self.found.tested),
        )
        false = self.say("Of such alarms at most a tenth is expected to be false.")
        return [first, f"{held} {false}" if alarms else held]

    def _part(self, title: str, rows: Sequence[Sequence[str | Html]]) -> Html:
        heads = [self.say(text) for text in ("Client", "KPI", "Value", "Usual range", "Signal")]
        return joined([heading(title), table(heads, rows, [2])])

    def _alarm(self, alarm: Alarm) -> list[str]:
        fact = alarm.fact
        ends = [in_words(fact, end, self.say) for end in usual_range(fact) or ()]
        told = "; ".join([signal_words(fact, self.say), *self._without_rows(alarm)])
        return [self._name(alarm.client), *self._value(alarm), " – ".join(ends), told]

    def _without_rows(self, alarm: Alarm) -> Iterator[str]:
        """The sources of a figure that have no rows since a day: what got worse may only be late."""
        indicators, model = self.settings.indicators_of(alarm.client), self.settings.model
        made_of = {each for name in indicators[alarm.fact.indicator].metrics for each in model.sources_of(name)}
        for item in self.found.items:
            if (item.kind, item.client) == ("ended", alarm.client) and item.what in made_of and item.day:
                last = self.say.day(item.day)
                yield self.say("{source} has no rows after {day}, which may be late", source=item.what, day=last)

    def _value(self, each: Alarm | Item) -> list[str]:
        assert each.fact
        label = self.settings.labels(self.say)(each.fact)
        return [label, in_words(each.fact, each.fact.value.value, self.say)]

    def _over(self, item: Item) -> list[str]:
        assert item.fact and item.day
        words = {"target": target_words(item.fact, self.say), "day": self.say.day(item.day)}
        return [self._name(item.client), *self._value(item), "", self.say("target {target} missed on {day}", **words)]

    def _dues(self) -> list[Html]:
        """A list for each kind of thing that is late, missing or due, what is so longest first."""
        titles = {
            "at_risk": self.say("Targets behind where they should be by now"),
            "unreadable": self.say("Files that cannot be read"),
            "behind": self.say("Sources that end before the last complete period"),
            "ended": self.say("Sources without rows since, which counts as 0"),
            "late": self.say("Figures late or missing"),
            "review_due": self.say("Reviews due"),
            "action_overdue": self.say("Actions overdue"),
            "plan_later": self.say("Plans that begin after the period"),
            "no_plan": self.say("Without a plan"),
        }
        pieces = []
        for kind in KINDS:
            own = sorted((each for each in self.found.items if each.kind == kind in titles), key=_since)
            if own:
                count = f"{titles[kind]}: {self.say.count(len(own))}"
                lines = [self._due(item) for item in own]
                html = f"<details><summary>{escape(count)}</summary><ul>"
                html += "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul></details>"
                pieces.append(Html(html, "\n".join([count, *(f"  {line}" for line in self._first(lines))])))
        return pieces

    def _first(self, lines: Sequence[str]) -> list[str]:
        """As many lines as can be read in a terminal, and where the others are."""
        rest = len(lines) - MOST_LINES
        more = self.say("and {number} more; kpikit triage --json has them all", number=self.say.count(rest))
        return [*lines[:MOST_LINES], more] if rest > 0 else list(lines)

    def _due(self, item: Item) -> str:
        parts = [self._name(item.client) if item.client else "", in_language(item.what, self.say)]
        if item.fact:
            behind = item.kind == "at_risk"
            reason = distance_words(item.fact, self.say) if behind else reason_words(item.fact.value.reason, self.say)
            parts.append(f"{self.settings.labels(self.say)(item.fact)}: {reason}")
        if item.day:
            parts.append(self.say.day(item.day))
        return " · ".join(filter(None, parts))

    def _name(self, client: str) -> str:
        return self.say.own(self.settings.clients[client].label)


def _since(item: Item) -> date:
    return item.day or date.min


def gone_through(workspace: Workspace, period: str | None, as_of: str | None) -> Triage:
    """The triage of all clients of a workspace; those whose plans cannot be read are items of it.

    ``as_of`` may be a day after the last figures: what is due by then is told, and which sources are behind.
    """
    _ = workspace.data  # all sources, read at once: plans look up members in some of them
    able, unreadable = readable(workspace)
    today = parse_day(as_of, "as_of") if as_of else None
    seen = min(today, workspace.settings.last_covered_day).isoformat() if today else None
    evaluations = _evaluated(workspace, able, period, seen) if able else {}
    plans = {key: in_force(workspace.plans(key), each.period.window) for key, each in evaluations.items()}
    found, behind = triage(evaluations, plans, today), _behind(workspace.settings, today) if today else ()
    known = [_begins_later(workspace, each) for each in found.items]
    return replace(found, clients=len(workspace.clients), items=(*unreadable, *behind, *known))


def _begins_later(workspace: Workspace, item: Item) -> Item:
    """Of a client without a plan in the period: when its first one begins, if there is one."""
    later = [plan.in_force_from for plan in workspace.plans(item.client)] if item.kind == "no_plan" else []
    return replace(item, kind="plan_later", day=min(later)) if later else item


def _evaluated(
    workspace: Workspace, clients: list[str], period: str | None, as_of: str | None
) -> dict[str, Evaluation]:
    """The KPIs of these clients, and the sources whose rows of them end too early."""
    late = {key: ended(workspace, key, *workspace.period(key, period, as_of)) for key in clients}
    return {key: replace(each, ended=late[key]) for key, each in kpis_alone(workspace, clients, period, as_of).items()}


def _behind(settings: Settings, today: date) -> Iterator[Item]:
    """The sources that metrics are made of and that end before the last period that is over today."""
    calendar = next((client.calendar for client in settings.clients.values()), Calendar())
    needed = calendar.last_complete(settings.grain, today).window.last_day
    for name in dict.fromkeys(metric.source for metric in settings.model.metrics.values()):
        source = settings.model.sources[name]
        if source.covers.last_day < needed and not source.span:
            yield Item("", "behind", day=source.covers.last_day, what=name)


def readable(workspace: Workspace, clients: Iterable[str] | None = None) -> tuple[list[str], list[Item]]:
    """Of these clients (default: all) those whose plans can be read, and an item with the reason for each other one."""
    able, unreadable = [], []
    for key in workspace.clients if clients is None else clients:
        try:
            workspace.plans(key)
            able.append(key)
        except SettingError as error:
            unreadable.append(Item(key, "unreadable", what=error.args[0]))
    return able, unreadable


def _alarm_document(alarm: Alarm) -> dict[str, object]:
    return {
        "client": alarm.client,
        "kpi": alarm.fact.key,
        "value": alarm.fact.value.value,
        "probability": alarm.probability,
        "rule": alarm.fact.signal.rule,
        "since": alarm.fact.signal.since.key if alarm.fact.signal.since else None,
        "new": alarm.is_new,
    }


def _item_document(item: Item) -> dict[str, object]:
    return {
        "client": item.client or None,
        "kind": item.kind,
        "kpi": item.fact.key if item.fact else None,
        "reason": item.fact.value.reason if item.fact else None,
        "day": item.day.isoformat() if item.day else None,
        "what": item.what or None,
    }
