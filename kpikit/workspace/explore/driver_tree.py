"""`TreeView`: what a KPI is made of, and what becomes of it when a driver moves; what `DriverTree` shows.

client.driver_tree("sales.revenue", "2011-11")
client.driver_tree("sales.revenue", "2011-11", moves={"sales.orders": "+10 %"})
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpikit.charts.cells import change_texts
from kpikit.charts.kpi_boxes import Scene
from kpikit.charts.kpi_tree import kpi_tree_picture
from kpikit.charts.markup import Html, Shown, heading, joined, paragraphs, table
from kpikit.charts.outcome import outcome_picture
from kpikit.evaluation.codes import REASONS
from kpikit.evaluation.drivers.kpi_tree import KpiTree, Node, kpi_tree
from kpikit.evaluation.drivers.tree import reached
from kpikit.evaluation.drivers.what_if import NEEDS, STEP, Need, WhatIf, meets, position, what_if
from kpikit.evaluation.evaluate import evaluate, reader_of, why_of
from kpikit.evaluation.facts import Change, Evaluation, Fact
from kpikit.evaluation.figures import in_words, small_step_words
from kpikit.evaluation.forecast.outlook_words import needed
from kpikit.evaluation.targets.usual import Aimed, asked_of
from kpikit.evaluation.values import elapsed
from kpikit.metrics.requests import TOTAL, slice_id
from kpikit.plans.plan import Plan, in_force
from kpikit.sources.clients import Client
from kpikit.words.errors import UsageError, one_of
from kpikit.words.formula import written
from kpikit.words.language import Language
from kpikit.words.message import Messages
from kpikit.words.periods import COMPARISONS
from kpikit.words.units import SHARE
from kpikit.workspace.explore.narrow import measured, narrowed
from kpikit.workspace.review.labels import Labels

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace


def driven(
    workspace: Workspace,
    client: str,
    kpi: str,
    period: str | None,
    against: str | None,
    moves: Mapping[str, str] | None,
    as_of: str | None,
    language: str | None,
) -> TreeView:
    """The driver tree of a KPI; see `ClientView.driver_tree`. A `UsageError` names what does not exist."""
    known = workspace.settings.indicators_of(client)
    there = {id: known[id] for id in workspace.settings.measured(client)}
    plan = in_force(workspace.plans(client), workspace.period(client, period, as_of)[0].window)
    id = kpi.partition("[")[0]
    parts = reached(id, there) or (id,)
    beside = tuple(each for each in _beside(plan, id) if each in there and each not in parts)
    comparisons = None if against is None else (against,)
    scope = narrowed(workspace, client, [*parts, *beside], period, as_of, comparisons=comparisons)
    scope = replace(scope, asked=(id,))
    figures = measured(workspace, [scope])
    found = evaluate(scope, figures)
    fact = found.fact(kpi)
    slice = slice_id(dict([fact.member])) if fact.member else TOTAL
    why = why_of(scope, reader_of(scope, figures), known[id], slice)
    change = next((each for each in fact.changes if each.absolute is not None), None)
    tree = kpi_tree(why, fact, scope.period.window, change, elapsed(scope.period, scope.as_of))
    say = Language(language or workspace.clients[client].language)
    labels, aim = workspace.settings.labels(say, client), asked_of(fact, scope.period)
    moved = _moved(tree, fact, moves or {}, say)
    what = what_if(tree, moved, aim) if tree and not tree.reason else None
    others = tuple(each for each in found.facts if each.indicator in beside and each.member is None)
    return TreeView(workspace.clients[client], found, fact, tree, what, aim, others, say, labels)


def _beside(plan: Plan | None, kpi: str) -> list[str]:
    """What the plan looks at beside a KPI: the PIs of its goals, and the KPIs of the goals right below them."""
    goals = [goal for goal in plan.goals if any(each.indicator == kpi for each in goal.kpis)] if plan else []
    children = [child for goal in goals for child in (plan.children(goal.key) if plan else ())]
    found = [pi for goal in goals for pi in goal.pis]
    return list(dict.fromkeys([*found, *(each.indicator for child in children for each in child.kpis)]))


def _moved(tree: KpiTree | None, fact: Fact, moves: Mapping[str, str], say: Language) -> dict[str, float]:
    """The values that drivers are moved to. A `UsageError` says what can't be read, or can't be."""
    if moves and (tree is None or tree.reason):
        raise UsageError(Messages([fact.key, _no_tree(tree, fact, say)], ": "))
    moved = {}
    for name, text in moves.items():
        drivers = tree.drivers if tree else {}
        if name not in drivers:
            raise UsageError(Messages([fact.key, one_of("driver", name, drivers)], ": "))
        try:
            moved[name] = position(drivers[name], text)
        except ValueError as error:
            raise UsageError(Messages([name, error.args[0]], ": ")) from None
    return moved


def _no_tree(tree: KpiTree | None, fact: Fact, say: Language) -> str:
    """Why there is nothing to move, in words."""
    if tree and tree.reason:
        return say("Nothing can be moved here: {reason}.", reason=say(REASONS[tree.reason]))
    if fact.signed and not fact.changes:
        return say("It is a change between two periods. Look at the tree of what changes.")
    return say("It is measured as it is, so there is nothing that it could be calculated from.")


@dataclass(frozen=True, repr=False)
class TreeView(Shown):
    """``tree`` is what the KPI of ``fact`` is made of, None where it is made of nothing; ``found`` what moves do to it.

    ``aim`` is what the target asks of the period, if anything. ``others`` are the facts that the plan looks at beside
    the KPI, and from which it can't be calculated.
    """

    client: Client
    evaluation: Evaluation
    fact: Fact
    tree: KpiTree | None
    found: WhatIf | None
    aim: Aimed | None
    others: tuple[Fact, ...]
    say: Language
    labels: Labels

    def __eq__(self, other: object) -> bool:
        """Equal are views that show the same facts and moves in the same words."""
        return isinstance(other, TreeView) and (self.fact, self.found, str(self)) == (
            other.fact, other.found, str(other))  # fmt: skip

    @property
    def label(self) -> str:
        """What the KPI is called."""
        return self.labels(self.fact)

    @property
    def change(self) -> Change | None:
        """The change that the branches speak of, if there is an earlier period to compare with."""
        return self.tree.change if self.tree else None

    def name(self, node: Node) -> str:
        """What a part of the tree is called."""
        if self.tree and node is self.tree.root:
            return self.label
        if node.kind == "metric":
            text = self.say(self.labels.indicators[self.fact.indicator].roles[node.name])
            return text[:1].upper() + text[1:]
        return self.say(self.labels.indicators[node.name].label)

    @property
    def _scene(self) -> Scene:
        assert self.tree is not None
        return Scene(self.tree, self.fact, self.found, self.say, self.name)

    def sentences(self) -> list[str]:
        """The value, what the KPI is made of, what becomes of it, and how far that is from the target."""
        texts = [self._value(), *self._formulas()]
        if self.tree is None or self.tree.reason:
            return [*texts, _no_tree(self.tree, self.fact, self.say)]
        if self.found and self.found.moved:
            texts.append(self._outcome(self.found))
        return [*texts, self._against_target(), *needed(self.fact, self.say)]

    def picture(self) -> Html:
        """The tree, with values and changes on its branches."""
        if self.tree is None:
            return Html("", "")
        picture = kpi_tree_picture(self._scene)
        drawn = Html(f'<figure class="kpikit bars">{picture.svg}</figure>', str(picture))
        if self.change is None:
            return drawn
        against = self.say(COMPARISONS[self.change.against].label)
        note = self.say("Changes and effects: vs {reference}.", reference=against)
        return joined([drawn, paragraphs([note], "note")])

    def drivers(self) -> Html:
        """For each driver, what one step of it does to the KPI, and what would be needed of it alone."""
        if self.tree is None or self.found is None:
            return Html("", "")
        say, moved = self.say, bool(self.found.moved)
        heads = [say("Driver"), say("Now"), *([say("Set to")] if moved else []), say("One step more"),
                 *([say("Needed of it alone")] if self.aim else [])]  # fmt: skip
        rows = [self._row(node, self.found, moved) for node in self.tree.drivers.values()]
        return table(heads, rows, range(1, 3 if moved else 2))

    def shown(self) -> Html:
        """Sentences, the tree, the outcome against the target, the drivers one by one, and what stands beside them."""
        say, title = self.say, f"{self.say.own(self.client.label)}: {self.label}"
        pieces = [heading(title), paragraphs(self.sentences()), self.picture()]
        if self.found is not None:
            if self.aim:
                after = self.found.value if self.found.moved else None
                picture = outcome_picture(self.fact, after, self.aim, say, self.label)
                pieces.append(Html(f'<figure class="kpikit bars">{picture.svg}</figure>', str(picture)))
            caution = say("This is arithmetic: one figure moves, and the others stay as they are set. Whether they "
                          "would stay is not known from these figures.")  # fmt: skip
            pieces += [self.drivers(), paragraphs([caution], "note")]
        return joined([*pieces, *([self._others()] if self.others else [])])

    def _value(self) -> str:
        fact, given = self.fact, {"label": self.label, "period": self.say.period(self.evaluation.period)}
        if fact.value.value is None:
            return self.say("{label}, {period}: {reason}.", reason=self.say(REASONS[fact.value.reason or "no_data"]),
                            **given)  # fmt: skip
        text = self.say("{label}, {period}: {value}", value=in_words(self.fact, fact.value.value, self.say), **given)
        return f"{text} ({self.say(REASONS[fact.value.reason])})" if fact.value.reason else text

    def _formulas(self) -> list[str]:
        """Each part of the tree that is made of others, as an equation."""
        nodes = [node for node in self.tree.root.all() if node.formula] if self.tree else []
        named = {each.name: self.name(each) for node in nodes for each in node.all()}
        return [
            f"{named[node.name]} = {written(node.formula, named.__getitem__, self.say.number)}"
            for node in nodes if node.formula
        ]  # fmt: skip

    def _outcome(self, found: WhatIf) -> str:
        """What becomes of the KPI with these moves, as a sentence."""
        assert self.tree is not None
        drivers = self.tree.drivers
        listed = "; ".join(f"{self.name(drivers[name])} {self._at(drivers[name], value)}"
                           for name, value in found.moved.items())  # fmt: skip
        if found.value is None:
            return self.say("With {moves}, {label} would be no possible figure.", moves=listed, label=self.label)
        now = self.fact.value.value or 0.0
        step = small_step_words(self.fact, found.value - now, self.say)
        return self.say("With {moves}, {label} would be {value} ({change}).", moves=listed, label=self.label,
                        value=in_words(self.fact, found.value, self.say), change=step)  # fmt: skip

    def _at(self, node: Node, value: float) -> str:
        """A driver's value, with how far that is from where it is."""
        assert node.value is not None
        return f"{self._scene.words(node, value)} ({self._scene.change(node, node.value, value)})"

    def _against_target(self) -> str:
        """Where the KPI then stands against what the target asks of the period."""
        say, value = self.say, self.found.value if self.found else None
        if self.aim is None:
            reason = say(REASONS[self.fact.status_reason]) if self.fact.status_reason else ""
            no_target = say("No target asks for a value in this period, so nothing is needed of the drivers.")
            return f"{no_target} ({reason})" if reason else no_target
        ends = [in_words(self.fact, end, self.say) for end in (self.aim.lower, self.aim.upper) if end is not None]
        target = " – ".join(ends)
        if value is None:
            return say("The target of the period is {target}.", target=target)
        if meets(value, self.aim):
            return say("That meets the target of the period, {target}.", target=target)
        gaps = [value - end for end in (self.aim.lower, self.aim.upper) if end is not None]
        gap = small_step_words(self.fact, min(gaps, key=abs), say)
        return say("That is {gap} from the target of the period, {target}.", gap=gap, target=target)

    def _row(self, node: Node, found: WhatIf, moved: bool) -> list[str | Html]:
        say, step = self.say, found.steps[node.name]
        by = f"+{say.short(STEP, SHARE)}"
        does = small_step_words(self.fact, step, say) if step is not None else say("not possible")
        cells: list[str | Html] = [self.name(node), self._scene.words(node, node.value)]
        if moved:
            at = found.moved.get(node.name)
            cells.append("–" if at is None else self._at(node, at))
        cells.append(f"{by}: {does}")
        return [*cells, *([self._needed(node, found.needs[node.name])] if self.aim else [])]

    def _needed(self, node: Node, need: Need) -> str:
        if need.reason is None and need.value is not None:
            return self._at(node, need.value)
        value = "" if need.value is None else self._scene.words(node, need.value)
        return self.say(NEEDS[need.reason or "never"], value=value)

    def _others(self) -> Html:
        """What the plan looks at beside the KPI, with values and changes."""
        title = self.say("Also in the plan, without an equation that joins them")
        rows = []
        for fact in self.others:
            change = next((each for each in fact.changes if each.absolute is not None), None)
            told = "–" if change is None else f"{change_texts(fact, change, self.say)[0]}"
            rows.append([self.labels(fact), in_words(fact, fact.value.value, self.say), told])
        heads = [self.say("Indicator"), self.say("Now"), self.say("Change")]
        return joined([heading(title, 4), table(heads, rows, (1, 2))])
