"""`Triage` in words: which clients need a call today and why, what still holds, and what is late, missing or due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from kpikit.charts.markup import Html, Shown, heading, joined, paragraphs, table
from kpikit.charts.reading import target_words
from kpikit.evaluation.ceiling import limit_of
from kpikit.evaluation.dues import KINDS, RANKED, Item, is_range, urgency
from kpikit.evaluation.facts import Evaluation, Fact
from kpikit.evaluation.figures import in_words, step_words
from kpikit.evaluation.forecast.outlook_words import likely
from kpikit.evaluation.sentences import distance_words, headline, reason_words, signal_words
from kpikit.evaluation.targets.usual import usual_range
from kpikit.evaluation.triage import Alarm, Triage, triage
from kpikit.plans.plan import in_force
from kpikit.words.errors import SettingError
from kpikit.words.language import Language
from kpikit.words.message import in_language
from kpikit.words.periods import GRAINS, Calendar, parse_day
from kpikit.workspace.explore.narrow import kpis_alone
from kpikit.workspace.portfolio.evaluating import ended
from kpikit.workspace.portfolio.likely import with_outlooks
from kpikit.workspace.portfolio.triage_document import document
from kpikit.workspace.settings import Settings

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace

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
        over = [item for item in self.found.items if item.is_call]
        pieces = [paragraphs(self._summary(), "summary")]
        if call or over:
            pieces.append(self._part(self.say("Call today"), [*map(self._alarm, call), *map(self._over, over)]))
        if still:
            pieces.append(self._part(self.say("Still worse than usual"), list(map(self._alarm, still))))
        return joined([*pieces, *self._dues()])

    def document(self) -> dict[str, object]:
        """The triage as JSON: codes and numbers, no language."""
        return document(self.found)

    def _summary(self) -> list[str]:
        to_call, alarms = len(self.found.to_call), len(self.found.alarms)
        first = self.say.plural(
            "{call} of {number} client needs a call today.", "{call} of {number} clients need a call today.",
            self.found.clients, call=self.say.count(to_call),
        )  # fmt: skip
        if self.found.as_of:
            first += " " + self.say("Seen from {day}.", day=self.say.day(self.found.as_of))
        if sum(item.kind == "no_plan" for item in self.found.items) == self.found.clients:
            return [first, self.say("No client has a plan, and what is no KPI is not looked at here.")]
        if not self.found.tested and self.found.early:
            return [first, self.say("No KPI has a whole figure of this period that could be held against its history.")]
        if not self.found.tested:
            return [first, self.say("No KPI has a history that is long enough to tell a change from chance.")]
        false = self.say("Of such alarms at most a tenth is expected to be false.")
        return [first, f"{self._held(alarms)} {false}" if alarms else self._held(alarms)]

    def _held(self, alarms: int) -> str:
        """How many KPIs could be held against their history, and how many are worse than it explains."""
        if self.found.tested == 1 and alarms:
            return self.say("One KPI was held against its own history: it is worse than that explains.")
        if self.found.tested == 1:
            return self.say("One KPI was held against its own history, which explains it.")
        return self.say.plural(
            "{tested} KPIs were held against their own history: {number} is worse than it explains.",
            "{tested} KPIs were held against their own history: {number} are worse than it explains.",
            alarms,
            tested=self.say.count(self.found.tested),
        )

    def _part(self, title: str, rows: Sequence[Sequence[str | Html]]) -> Html:
        heads = [self.say(text) for text in ("Client", "KPI", "Value", "Usual range", "Signal")]
        return joined([heading(title), table(heads, rows, [2])])

    def _alarm(self, alarm: Alarm) -> list[str]:
        fact = alarm.fact
        ends = [in_words(fact, end, self.say) for end in usual_range(fact) or ()]
        off = [distance_words(fact, self.say)] if is_range(fact) else []
        told = "; ".join([signal_words(fact, self.say), *off, *self._without_rows(alarm)])
        value = in_words(fact, fact.value.value, self.say)
        return [self._name(alarm.client), self._label(fact), value, " – ".join(ends), told]

    def _without_rows(self, alarm: Alarm) -> Iterator[str]:
        """The sources of a figure that have no rows since a day: what got worse may only be late."""
        indicators, model = self.settings.indicators_of(alarm.client), self.settings.model
        made_of = {each for name in indicators[alarm.fact.indicator].metrics for each in model.sources_of(name)}
        for item in self.found.items:
            if (item.kind, item.client) == ("ended", alarm.client) and item.what in made_of and item.day:
                last = self.say.day(item.day)
                yield self.say("{source} has no rows after {day}, which may be late", source=item.what, day=last)

    def _label(self, fact: Fact) -> str:
        return self.settings.labels(self.say)(fact)

    def _over(self, item: Item) -> list[str]:
        assert item.fact
        told = self._passed(item) if item.kind == "limit_passed" else self._missed(item)
        return [self._name(item.client), self._label(item.fact), self._judged(item), "", told]

    def _judged(self, item: Item) -> str:
        """What is held against the target, with its time: a year's sum stands beside a year's target."""
        assert item.fact and item.fact.target
        target = item.fact.target
        value = in_words(item.fact, target.achieved, self.say)
        if target.achieved_in:
            return f"{value} ({self.say.period(target.achieved_in)})"
        if target.kind == "reach":
            return value
        return self.say("{value} so far", value=value) if target.pace else f"{value} ({self._time(item)})"

    def _time(self, item: Item) -> str:
        """The target's time by its name, or by its first and last day."""
        assert item.fact and item.fact.target
        window, calendar = item.fact.target.window, self.settings.clients[item.client].calendar
        named = (calendar.period_of(grain, window.start) for grain in GRAINS)
        return next((self.say.period(each) for each in named if each.window == window), self.say.days(window))

    def _missed(self, item: Item) -> str:
        assert item.fact and item.day
        words = {"target": target_words(item.fact, self.say), "day": self.say.day(item.day)}
        return self.say("target {target} missed on {day}: {distance}", distance=distance_words(item.fact, self.say),
                        **words)  # fmt: skip

    def _passed(self, item: Item) -> str:
        """By how much a limit has been passed whose time still runs."""
        fact, limit = item.fact, limit_of(item.fact) if item.fact else None
        assert fact and fact.target and item.day and limit is not None
        over = step_words(fact, (fact.target.achieved or 0.0) - limit, self.say).lstrip("+")
        words = {"limit": in_words(fact, limit, self.say), "day": self.say.day(item.day)}
        return self.say("at most {limit} by {day}: passed by {size}", size=over, **words)

    def _dues(self) -> list[Html]:
        """A list for each kind of what is late, missing or due: the most serious, or what is so longest, first."""
        titles = {
            "limit_passed": self.say("Limits passed before their time is over"),
            "missed": self.say("Budgets and ranges missed"),
            "at_risk": self.say("Targets behind where they should be by now"),
            "by_chance": self.say("Targets behind by no more than chance explains"),
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
            own = [each for each in self.found.items if each.kind == kind in titles and not self._is_told(each)]
            own.sort(key=lambda each: (urgency(each), _since(each)))
            if own and kind == "by_chance":
                pieces.append(paragraphs([f"{titles[kind]}: {self.say.count(len(own))}"], "note"))
            elif own:
                count = f"{titles[kind]}: {self.say.count(len(own))}"
                lines = [self._due(item) for item in own]
                html = f"<details><summary>{escape(count)}</summary><ul>"
                html += "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul></details>"
                pieces.append(Html(html, "\n".join([count, *(f"  {line}" for line in self._first(lines))])))
        return pieces

    def _is_told(self, item: Item) -> bool:
        """True for what stands in the tables above."""
        alarms = any((each.client, each.fact) == (item.client, item.fact) for each in self.found.alarms)
        return item.is_call or (item.kind == "missed" and alarms)

    def _first(self, lines: Sequence[str]) -> list[str]:
        """As many lines as can be read in a terminal, and where the others are."""
        rest = len(lines) - MOST_LINES
        more = self.say("and {number} more; kpikit triage --json has them all", number=self.say.count(rest))
        return [*lines[:MOST_LINES], more] if rest > 0 else list(lines)

    def _due(self, item: Item) -> str:
        parts = [self._name(item.client) if item.client else "", in_language(item.what, self.say)]
        if item.fact:
            parts += self._stands(item, item.fact)
        if item.day and item.kind != "limit_passed":
            parts.append(self.say.day(item.day))
        return " · ".join(filter(None, parts))

    def _stands(self, item: Item, fact: Fact) -> list[str]:
        """Where a KPI is and how likely its target is; or why it has no figure."""
        if item.kind == "limit_passed":
            return [f"{self._label(fact)}: {self._judged(item)}", self._passed(item)]
        if item.kind in RANKED:
            return [headline(fact, self._label(fact), self.say), likely(fact, self.say)]
        return [f"{self._label(fact)}: {reason_words(fact.value.reason, self.say)}"]

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
    known = [_begins_later(workspace, each) for each in with_outlooks(workspace, found.items, evaluations)]
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
