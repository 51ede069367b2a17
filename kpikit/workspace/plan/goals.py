"""The plan as a page shows it: vision, goals with their owners and status, the SMART check, actions and decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from html import escape

from kpikit.charts.cells import Labels, status_html
from kpikit.charts.markup import Html, heading, joined, paragraphs, sign, table
from kpikit.charts.reading import capital, target_words
from kpikit.evaluation.codes import STATUSES
from kpikit.evaluation.facts import Evaluation, Fact, GoalStatus
from kpikit.evaluation.figures import in_words
from kpikit.evaluation.forecast.outlook_words import probability_words
from kpikit.evaluation.goals.goals import missed_words
from kpikit.evaluation.goals.smart import LETTERS, Finding, check, finding_words
from kpikit.evaluation.sentences import signal_words, status_word
from kpikit.evaluation.targets.choices import CHOICES, choices
from kpikit.evaluation.targets.usual import ALWAYS, NEVER, PARTLY, best_so_far, each_period, met_by_itself, usual_range
from kpikit.indicators.card import LEVELS
from kpikit.plans.plan import Action, Decision, Goal, Plan
from kpikit.words.formats import tied
from kpikit.words.language import Language
from kpikit.words.periods import Calendar
from kpikit.words.texts import N_
from kpikit.words.units import MONEY

_EACH = {
    "day": N_("on average {value} a day"),
    "week": N_("on average {value} a week"),
    "month": N_("on average {value} a month"),
    "quarter": N_("on average {value} a quarter"),
    "year": N_("on average {value} a year"),
    "fiscal_year": N_("on average {value} a fiscal year"),
}
_OF_A_VALUE = {
    ALWAYS: N_("reaches the target all the time"),
    PARTLY: N_("can reach the target in one period and miss it in another, by chance"),
    NEVER: N_("will not reach the target without a change"),
}
_OF_A_SUM = {
    ALWAYS: N_("reaches the average that is needed all the time"),
    PARTLY: N_("can reach the average that is needed in one period and miss it in another, by chance"),
    NEVER: N_("will not reach the average that is needed without a change"),
}
_OF_A_RANGE = {
    ALWAYS: N_("stays inside the range all the time"),
    PARTLY: N_("can be inside the range in one period and outside it in another, by chance"),
    NEVER: N_("will not come into the range without a change"),
}


def vision(plan: Plan, say: Language) -> Html:
    """The vision that the goals agree with."""
    words = say.own(plan.vision) if plan.vision else say("The plan names no vision yet.")
    return paragraphs([words], "vision")


Rows = list[tuple[str, str]]
"""Headings and texts."""


def goals(plan: Plan, evaluation: Evaluation, labels: Labels, say: Language, *, inside: bool) -> Html:
    """Each goal, the goals below it indented: its statement, status, owner, agreement, KPIs and PIs.

    Only who is ``inside`` is told of the people, the means and the PIs.
    """
    status = {each.goal: each for each in evaluation.goals}

    def tree(goal: Goal) -> Html:
        people, pis = (_people(goal, say), _pis(goal, evaluation, labels, say)) if inside else ([], [])
        kpis = [(say("KPI"), _kpi(fact, labels, say)) for fact in evaluation.kpis if fact.goal == goal.key]
        rows = [*_standing(goal, status[goal.key], evaluation, say), *people, *kpis, *pis]
        own, below = card(say.own(goal.statement), rows), joined([tree(child) for child in plan.children(goal.key)])
        return joined([own, Html(f'<div class="below">{below.html}</div>', below.text)]) if below.html else own

    return joined([tree(goal) for goal in plan.goals if goal.parent is None])


def _standing(goal: Goal, status: GoalStatus, evaluation: Evaluation, say: Language) -> Rows:
    until = [(say("Until"), say.day(goal.until))] if goal.until else []
    level, stands = capital(say(LEVELS[goal.level])), standing(status, evaluation.period.grain, say)
    return [(say("Level"), level), (say("Status"), stands), *until]


def _people(goal: Goal, say: Language) -> Rows:
    return [
        (say("Owner"), say.own(goal.owner) if goal.owner else "–"),
        *([(say("Serves"), say.own(goal.serves))] if goal.serves else []),
        *([(say("Means"), say.own(goal.means))] if goal.means else []),
        *([(say("Stakeholders"), ", ".join(goal.stakeholders))] if goal.stakeholders else []),
        *([(say("Agreed by"), _agreed(goal, say))] if goal.agreed else []),
    ]


def card(title: str, rows: Sequence[tuple[str, str]]) -> Html:
    """A small page of headings and texts under a title."""
    lines = "".join(f"<dt>{escape(head)}</dt><dd>{escape(tied(text))}</dd>" for head, text in rows)
    html = f'<section class="kpikit card"><h3>{escape(tied(title))}</h3><dl>{lines}</dl></section>'
    return Html(html, "\n".join([title, *(f"  {head}: {text}" for head, text in rows)]))


def standing(status: GoalStatus, grain: str, say: Language) -> str:
    """A goal's status, with how many of its parts are on track: "At risk (2 of 3 on track)", "Met (all 3)"."""
    told = [_on_track(status, say), missed_words(status, grain, say)]
    brackets = "; ".join(filter(None, told))
    return f"{say(STATUSES[status.status])} ({brackets})" if brackets else say(STATUSES[status.status])


def _on_track(status: GoalStatus, say: Language) -> str:
    all = say.count(status.all)
    if status.all < 2:
        return ""
    if status.good == status.all:
        return say("all {all}", all=all)
    return say("{good} of {all} on track", good=say.count(status.good), all=all)


def _agreed(goal: Goal, say: Language) -> str:
    assert goal.agreed
    return f"{', '.join(goal.agreed.by)}, {say.day(goal.agreed.on)}"


def _kpi(fact: Fact, labels: Labels, say: Language) -> str:
    if fact.target is None:
        return labels(fact)
    from_here = ""
    if fact.target.baseline is not None:
        from_here = say("from {baseline}", baseline=in_words(fact, fact.target.baseline, say))
    until = say("by {day}", day=say.day(fact.target.window.last_day)) if fact.target.kind != "keep" else ""
    return f"{labels(fact)}: {', '.join(filter(None, (from_here, target_words(fact, say), until, _share(fact, say))))}"


def _share(fact: Fact, say: Language) -> str:
    """What a target that is added up over several periods asks of each of them, on average; empty for others."""
    value = each_period(fact)
    grain = fact.series.points[-1].period.grain
    return "" if value is None else say(_EACH[grain], value=in_words(fact, value, say))


def _pis(goal: Goal, evaluation: Evaluation, labels: Labels, say: Language) -> Rows:
    named = {fact.indicator: labels(replace(fact, apart=None)) for fact in evaluation.facts if fact.member is None}
    return [(say("PIs"), ", ".join(named[pi] for pi in goal.pis))] if goal.pis else []


def smart(plan: Plan, evaluation: Evaluation, labels: Labels, say: Language) -> Html:
    """The SMART check, goal by goal and letter by letter: what was found, and the way out."""
    found = check(plan, evaluation)
    by_goal = {goal.key: [each for each in found if each.goal == goal.key] for goal in plan.goals}
    return joined([checked(goal, by_goal[goal.key], labels, say) for goal in plan.goals])


def checked(
    goal: Goal,
    found: list[Finding],
    labels: Callable[[Fact], str],
    say: Language,
    fields: Mapping[str, str] | None = None,
) -> Html:
    """The SMART check of one goal, letter by letter; ``fields``: what a form calls the keys of a plan."""
    rows: list[list[str | Html]] = []
    for letter, name in LETTERS.items():
        own = [each for each in found if each.letter == letter]
        if not own:
            rows.append([say(name), _judged("good", say("In order")), ""])
        for each in own:
            words, way_out = finding_words(each, labels(each.fact) if each.fact else "", say, fields)
            rows.append([say(name), _judged("bad", words), way_out])
    title = say.own(goal.statement)
    body = table([say("SMART"), say("Finding"), say("Way out")], rows)
    return joined([heading(title), body])


def _judged(kind: str, words: str) -> Html:
    return Html(f'<span class="finding">{sign(kind)}{escape(words)}</span>', words)


def actions(plan: Plan, say: Language) -> Html:
    """What is done for the goals: by whom, whether it is done, at what cost."""
    rows = [
        [
            say.own(action.what),
            action.who,
            _state(action, say),
            "–" if action.cost is None else say.value(action.cost[0], MONEY, action.cost[1]),
            say.own(goal.statement),
        ]
        for goal in plan.goals
        for action in goal.actions
    ]
    if not rows:
        return paragraphs([say("The plan names no actions.")])
    return table([say("Action"), say("Who"), say("Status"), say("Cost"), say("Goal")], rows, [3])


def _state(action: Action, say: Language) -> str:
    """When an action was done; of one that is open, until when it is to be."""
    if action.done:
        return say("done on {day}", day=say.day(action.done))
    return say("open, due {day}", day=say.day(action.due)) if action.due else say("open")


def decisions(found: Sequence[Decision], say: Language) -> Html:
    """What was decided, when, by whom, and why."""
    if not found:
        return paragraphs([say("The plan records no decisions.")])
    rows = [[say.day(each.on), each.by, decision_words(each, say), say.own(each.why)] for each in found]
    return table([say("Day"), say("Who"), say("Decision"), say("Reason")], rows)


_NOT_TAKEN_UP = {"declined": N_("proposal declined"), "later": N_("proposal left for later")}


def decision_words(decision: Decision, say: Language) -> str:
    """A decision in words: it says so where the proposal that it names was not taken up."""
    what = say.own(decision.what)
    left = _NOT_TAKEN_UP.get(decision.answer or "")
    return f"{what} ({say(left)})" if left else what


MOST_AREAS = 15
"""How many of the indicators that could be KPIs are shown: a list of all gives nobody a start."""


def areas(facts: Sequence[Fact], labels: Labels, say: Language) -> Html:
    """The indicators that could be KPIs: the value, its usual range, the best value so far, what the process says."""
    if not facts:
        return paragraphs([say("There is too little history to say where improvement may lie.")])
    heads = [say("Indicator"), say("Value"), say("Usual range"), say("Best so far"), say("Signal")]
    found = table(heads, [_area(fact, labels, say) for fact in facts[:MOST_AREAS]], [1, 2, 3])
    if len(facts) <= MOST_AREAS:
        return found
    rest = len(facts) - MOST_AREAS
    told = say.plural("{number} more could be a KPI, too.", "{number} more could be KPIs, too.", rest)
    return joined([found, paragraphs([told], "note")])


def _area(fact: Fact, labels: Labels, say: Language) -> list[str]:
    low, high = usual_range(fact) or (None, None)
    usual = f"{in_words(fact, low, say)} – {in_words(fact, high, say)}"
    values = in_words(fact, fact.value.value, say), usual, in_words(fact, best_so_far(fact), say)
    return [labels(fact), *values, capital(signal_words(fact, say))]


def ambition(facts: Sequence[Fact], calendar: Calendar, as_of: date, labels: Labels, say: Language) -> Html:
    """For each fact values that could be its target, the least ambitious first, and how likely each is reached."""
    rows: list[list[str | Html]] = []
    for fact in facts:
        for at, choice in enumerate(choices(fact, calendar, as_of)):
            value, day = in_words(fact, choice.value, say), say.day(choice.window.last_day)
            chance = capital(probability_words(choice.probability, say))
            rows.append([labels(fact) if at == 0 else "", value, capital(say(CHOICES[choice.kind])), day, chance])
    if not rows:
        return paragraphs([say("There is too little history to say how likely a target is.")])
    return table([say("KPI"), say("Target"), say("What it stands for"), say("Until"), say("Probability")], rows, [1])


def outcome(evaluation: Evaluation, labels: Labels, say: Language) -> Html:
    """The KPIs by status, best first: where each is, its target, and the target against what the process does."""
    order = list(STATUSES)
    facts = sorted(evaluation.kpis, key=lambda fact: order.index(fact.status or "cannot_be_judged"))
    heads = [say("KPI"), say("Status"), say("Value"), say("Target"), say("The process by itself")]
    return table(heads, [_ended(fact, labels, say) for fact in facts], [2, 3])


def _ended(fact: Fact, labels: Labels, say: Language) -> list[str | Html]:
    status = Html(status_html(fact, say), status_word(fact, say))
    achieved = in_words(fact, fact.target.achieved if fact.target else fact.value.value, say)
    if fact.target and fact.target.achieved_in:
        achieved = f"{achieved} ({say.period(fact.target.achieved_in)})"
    values = achieved, target_words(fact, say)
    return [labels(fact), status, *values, capital(against_process(fact, say))]


def against_process(fact: Fact, say: Language) -> str:
    """What a target asks of each period (a sum: on average) against what is usual: always met, never, or by chance."""
    met = met_by_itself(fact)
    if fact.target is None or met is None:
        return say("no comparison")
    if each_period(fact) is not None:
        return say(_OF_A_SUM[met])
    return say((_OF_A_VALUE if fact.target.upper is None else _OF_A_RANGE)[met])


def review_due(plan: Plan, as_of: date, say: Language) -> Html:
    """When the plan is to be reviewed, and whether that day has come or a later version shows that it was."""
    day = say.day(plan.review_due)
    if plan.followed_on and plan.was_followed(as_of):
        return paragraphs([say("The plan has been reviewed: version {number} followed it on {day}.",
                               number=plan.version + 1, day=say.day(plan.followed_on))])  # fmt: skip
    if plan.is_review_due(as_of):
        return paragraphs([say("The plan has been in force since {start}; its review was due on {day}.",
                               start=say.day(plan.in_force_from), day=day)])  # fmt: skip
    return paragraphs([say("The next review of the plan is due on {day}.", day=day)])
