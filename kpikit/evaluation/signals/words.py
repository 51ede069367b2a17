"""How a series is judged, in words: the chart and why, what its limits follow, where they begin anew, and by chance."""

from __future__ import annotations

from collections.abc import Iterable

from kpikit.evaluation.facts import Fact
from kpikit.evaluation.figures import in_words
from kpikit.evaluation.signals.chance import ByChance
from kpikit.evaluation.signals.choose import CHOSEN, KINDS
from kpikit.evaluation.signals.lines import Chart, Spacing
from kpikit.evaluation.signals.profiles import RULES
from kpikit.evaluation.signals.season import SEASONS
from kpikit.plans.limits import Rebase
from kpikit.words.language import Language
from kpikit.words.texts import N_

FOLLOWS = {
    ("season",): N_("The usual range follows the season."),
    ("trend",): N_("The usual range follows the trend: a straight line fits the history better than any step."),
    ("season", "trend"): N_("The usual range follows the season and the trend."),
    ("walk",): N_(
        "The usual range follows the values: each is held against the one before it and the average step, as the "
        "history goes one way and keeps to no line."
    ),
    ("season", "walk"): N_(
        "The usual range follows the season and the values: each is held against the one before it and the average "
        "step, as the history goes one way and keeps to no line."
    ),
}

CENTRES = {
    (): N_("the average"),
    ("season",): N_("what is usual in the season"),
    ("trend",): N_("its trend line"),
    ("season", "trend"): N_("the line of its season and trend"),
    ("walk",): N_("its average step"),
    ("season", "walk"): N_("its average step for the season"),
}
"""What the centre of a chart is, by what its limits follow."""
OTHERS = {
    "run": N_("the median"),
    "t": N_("the centre line of the days between events"),
    "g": N_("the centre line of the cases between events"),
}
"""The centres of the kinds of charts that have no average: kind -> text."""

LIMITS = {
    "p": N_(
        "p′ chart: the same limits, in steps of the binomial standard deviation of each value's size, so that they are "
        "wider where there is less to count."
    ),
    "u": N_(
        "u′ chart: the same limits, in steps of the Poisson standard deviation of each value's size, so that they are "
        "wider where there is less to count."
    ),
    "t": N_("t chart: the days between events, to the power of 1/3.6, with the limits of single values."),
    "g": N_("g chart: the cases between events, their average m plus and minus 3 √(m (m + 1)); the centre is 0.693 m."),
    "run": N_("Run chart: the median, without limits."),
}
"""How the charts of other kinds than single values draw their limits: kind -> text."""


def conventions_words(facts: Iterable[Fact], say: Language) -> list[str]:
    """The charts that these facts are judged by, and how those draw their limits that are not plain single values."""
    facts = list(facts)
    charts = [fact.series.chart for fact in facts if fact.series.limits or fact.series.chart.kind in ("run", "t", "g")]
    kinds = [kind for kind in KINDS if any(chart.kind == kind for chart in charts)]
    if not kinds:
        return []
    said = [say("Charts used here: {charts}.", charts=", ".join(say(KINDS[kind]) for kind in kinds))]
    said += [say(LIMITS[kind]) for kind in kinds if kind in LIMITS]
    if any(chart.follows for chart in charts):
        said.append(
            say(
                "Where the usual range follows a season, a trend or the values themselves, what it follows is taken "
                "out first, and the limits are those of the rest."
            )
        )
    if any(fact.series.points[-1].period.grain == "week" and too_short_for_a_year(fact) for fact in facts):
        said.append(
            say(
                "A yearly season of weeks is told from two years and more; where fewer are known, neither limits nor "
                "forecasts follow one, but the change against the same week of last year does."
            )
        )
    return [" ".join(said)]


def rule_words(rule: str, chart: Chart, say: Language) -> str:
    """The rule that marks a point of this chart."""
    return say(RULES[rule], centre=centre_words(chart, say))


def centre_words(chart: Chart, say: Language) -> str:
    """What the centre of a chart is."""
    return say(OTHERS.get(chart.kind) or CENTRES[chart.follows])


def chart_words(chart: Chart, say: Language) -> tuple[str, str]:
    """What the chart is called, and why it was chosen."""
    return say(KINDS[chart.kind]), say(CHOSEN[chart.chosen])


def too_short_for_a_year(fact: Fact) -> bool:
    """True for weeks, months and quarters that are too few to tell a yearly season from a change."""
    points = fact.series.known
    grain = points[-1].period.grain if points else "day"
    return grain in ("week", "month", "quarter") and len(points) < 2 * SEASONS[grain]


def judged_words(fact: Fact, say: Language) -> list[str]:
    """What must be known to read the usual range: nothing for plain limits from all of the history."""
    chart = fact.series.chart
    said = [say(FOLLOWS[chart.follows])] if chart.follows else []
    if fact.signal.rule and fact.series.is_charted and too_short_for_a_year(fact):
        said.append(say("The history is less than two years: a yearly season could look like this, too."))
    if chart.kind in ("p", "u") and fact.series.limits:
        said.append(say("The usual range is wider where there is less to count."))
    if chart.kind == "run" and fact.series.is_charted:
        said.append(say("A run chart has a median and no usual range."))
    said += _frozen(chart, say)
    said += [_rebased(each.rebase, say) for each in chart.segments if each.rebase]
    return said + ([spaced_words(chart.spacing, say)] if chart.spacing else [])


def _frozen(chart: Chart, say: Language) -> list[str]:
    """The baseline that makes the limits; of rare events it may have too few."""
    if chart.frozen is None:
        return []
    days = dict(zip(("first", "last"), map(say.day, chart.frozen), strict=True))
    if chart.spacing and chart.spacing.limits is None:
        return [
            say(
                "The baseline from {first} to {last} is too short to make limits: six gaps between events or more must "
                "end in it.",
                **days,
            )
        ]
    return [say("The limits are those of the baseline from {first} to {last}.", **days)]


def _rebased(rebase: Rebase, say: Language) -> str:
    texts = {"period": say.period(rebase.start), "why": say.own(rebase.why).rstrip(".")}
    decided = {"day": say.day(rebase.on), "by": rebase.by}
    return say("New limits from {period} on: {why} (decided on {day} by {by}).", **texts, **decided)


def unit_between(spacing: Spacing, say: Language) -> str:
    """What lies between rare events: days, or cases."""
    return {"days": say("Days between events"), "cases": say("Cases between events")}[spacing.unit]


def spaced_words(spacing: Spacing, say: Language) -> str:
    """Rare events: what usually lies between them, and what lies before the last one, or since."""
    unit = unit_between(spacing, say)
    if spacing.limits is None:
        return say("{unit}: too few events for a usual range.", unit=unit)
    last = spacing.gaps[-1]
    low, high, value = (say.count(round(each)) for each in (spacing.limits.lower, spacing.limits.upper, last.value))
    texts = {"unit": unit, "low": low, "high": high, "value": value}
    if last.open:
        return say("{unit}: usually {low} to {high}, and {value} since the last one.", **texts)
    return say("{unit}: usually {low} to {high}, the last time {value}.", **texts)


def shift_words(fact: Fact, say: Language) -> str:
    """What speaks for new limits; empty where nothing does."""
    shift = fact.series.chart.shift
    if shift is None:
        return ""
    values = [in_words(fact, each, say) for each in (shift.before, shift.after)]
    texts = {"period": say.period(shift.start), "number": say.count(shift.points), "before": values[0]}
    return say(
        "Since {period} all {number} values lie on one side of {centre}, stable among themselves: {after} on "
        "average, after {before}. If the reason is known and lasting, the plan can let the limits begin anew there "
        "(rebase).",
        after=values[1],
        centre=centre_words(fact.series.chart, say),
        **texts,
    )


def chance_words(found: ByChance, say: Language) -> str:
    """How many signals there are, and how many would come by chance; empty where nothing is judged."""
    if not found.judged:
        return ""
    texts = {"signals": say.count(found.signals), "judged": say.count(found.judged)}
    if found.expected < 0.05:
        return say(
            "{signals} of {judged} figures show a signal in this period; if nothing had changed, fewer than {few} "
            "would do so by chance.",
            few=say.number(0.1),
            **texts,
        )
    return say(
        "{signals} of {judged} figures show a signal in this period; if nothing had changed, about {expected} would do "
        "so by chance.",
        expected=say.number(round(found.expected, 1)),
        **texts,
    )
