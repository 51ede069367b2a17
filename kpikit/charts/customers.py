"""Tables about customers: cohorts and RFM as heat maps, whose figures stand in the cells, and plain ones."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kpikit.charts.look import colour
from kpikit.charts.markup import Html, aligned, table
from kpikit.evaluation.customers.analysis import CustomerBase
from kpikit.evaluation.customers.cohorts import Cohort
from kpikit.evaluation.customers.rfm import SCORES
from kpikit.words.formats import MISSING, month
from kpikit.words.formats import number as written
from kpikit.words.language import Language
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY, SHARE

SHOWN = 13
"""How many of the latest cohorts are shown, and for how many months each, so that the page holds them."""

DARKEST = 45
"""The most colour in a cell, in percent: text stays readable on it, by day and by night."""

Cell = tuple[str, float | None]
"""What stands in a cell of a heat map, and how much colour it has, from 0 to 1; None is no colour."""


def heat_map(corner: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[Cell]]]) -> Html:
    """A table whose cells are the darker the larger their figure; it scrolls by itself where a screen is narrow."""
    top = "".join(f'<th scope="col" class="num">{escape(head)}</th>' for head in heads)
    lines = "".join(f'<tr><th scope="row">{escape(name)}</th>{"".join(map(_cell, cells))}</tr>' for name, cells in rows)
    html = (
        f'<div class="kpikit scrolls" tabindex="0" role="group" aria-label="{escape(corner)}">'
        f'<table class="heat"><thead><tr><th scope="col">{escape(corner)}</th>'
        f"{top}</tr></thead><tbody>{lines}</tbody></table></div>"
    )
    width = len(heads)
    plain = [[name, *(text for text, _ in cells), *[""] * (width - len(cells))] for name, cells in rows]
    return Html(html, aligned([[corner, *heads], *plain], range(1, width + 1)))


def _cell(cell: Cell) -> str:
    text, heat = cell
    if heat is None:
        return f'<td class="num">{escape(text)}</td>'
    percent = round(DARKEST * min(max(heat, 0), 1))
    plain = f"{colour('good')}{round(percent * 2.55):02x}"  # for what makes PDFs, which mixes no colours by itself
    style = f' style="--heat:{percent}%;background:{plain}"'
    return f'<td class="num"{style}>{escape(text)}</td>'


def retention(base: CustomerBase, say: Language) -> Html:
    """The share of each month's new customers that bought in each month after it."""
    cohorts = base.cohorts.cohorts[-SHOWN:]
    shares = [[cohort.share(since) for since in range(1, len(cohort.active))][: SHOWN - 1] for cohort in cohorts]
    most = max((share for row in shares for share in row if share), default=1.0)
    rows = [
        (_name(cohort, say), [(_count(cohort.customers, say), None), *[_share(each, most, say) for each in row]])
        for cohort, row in zip(cohorts, shares, strict=True)
    ]
    months = max((len(row) for row in shares), default=0)
    return heat_map(
        say("First purchase"), [say("Customers"), *(say.count(since) for since in range(1, months + 1))], rows
    )


def revenue(base: CustomerBase, say: Language) -> Html:
    """What each month's new customers bought for, in that month and in each month after it."""
    cohorts = base.cohorts.cohorts[-SHOWN:]
    amounts = [cohort.amounts[:SHOWN] for cohort in cohorts]
    most = max((float(each) for row in amounts for each in row if each), default=1.0)
    rows = [
        (
            _name(cohort, say),
            [(say.short(each, MONEY, base.currency), None if each is None else float(each) / most) for each in row],
        )
        for cohort, row in zip(cohorts, amounts, strict=True)
    ]
    return heat_map(say("First purchase"), [say.count(since) for since in range(max(map(len, amounts)))], rows)


def _name(cohort: Cohort, say: Language) -> str:
    return month(cohort.month, say.code, brief=True) + ("" if cohort.settled else " *")


def _share(share: float | None, most: float, say: Language) -> Cell:
    return (MISSING, None) if share is None else (say.value(share, SHARE), share / most)


def _count(number: int | None, say: Language) -> str:
    return MISSING if number is None else say.count(number)


def recency_and_frequency(base: CustomerBase, say: Language) -> Html:
    """How many customers stand in each fifth by recency and frequency; those who bought lately are on top."""
    most = max((group.customers or 0 for row in base.rfm.grid for group in row), default=0) or 1
    rows = [
        (
            _score(score, say, N_("5 (latest)")),
            [
                (_count(group.customers, say), None if group.customers is None else group.customers / most)
                for group in base.rfm.grid[score - 1]
            ],
        )
        for score in reversed(SCORES)
    ]
    return heat_map(say("Recency / frequency"), [_score(score, say, N_("5 (most often)")) for score in SCORES], rows)


def _score(score: int, say: Language, best: str) -> str:
    return say(best) if score == SCORES[-1] else say.count(score)


def spend(base: CustomerBase, say: Language) -> Html:
    """The fifths by spend, with what each brought; those who spent most are on top."""
    whole = float(sum((group.amount for group in base.rfm.spend if group.amount is not None), start=0))
    rows = []
    for score in reversed(SCORES):
        group = base.rfm.spend[score - 1]
        amount = None if group.amount is None else float(group.amount)
        share = amount / whole if amount is not None and whole and _all_told(base) else None
        cells = (_count(group.customers, say), say.value(amount, MONEY, base.currency), say.value(share, SHARE))
        rows.append([_score(score, say, N_("5 (most)")), *cells])
    return table([say("Spend"), say("Customers"), say("Revenue"), say("Share of revenue")], rows, (1, 2, 3))


def _all_told(base: CustomerBase) -> bool:
    return all(group.amount is not None for group in base.rfm.spend)


def values(base: CustomerBase, say: Language) -> Html:
    """The values: of all customers, of one on average, of a new one, for each horizon; the simple value beneath."""
    found = base.value
    rows = [
        [
            say("Next {months} months", months=say.count(each.months)),
            *(say.value(amount, MONEY, base.currency) for amount in (each.total, each.each, each.new)),
        ]
        for each in found.worths
    ]
    if found.textbook is not None:
        simple = say.value(found.textbook.value, MONEY, base.currency)
        rows.append([say("For ever, the textbook's simple formula"), MISSING, simple, MISSING])
    heads = [say("Value"), say("All customers"), say("Per customer"), say("Per new customer")]
    return table(heads, rows, (1, 2, 3))


def simple_value(base: CustomerBase, say: Language) -> str:
    """How the textbook's value is made; empty without one."""
    found = base.value.textbook
    if found is None:
        return ""
    return say(
        "The simple formula: {yearly} per customer and year, divided by {lost} of customers lost in a year; nothing is "
        "discounted, and all customers count as alike.",
        yearly=say.value(found.yearly, MONEY, base.currency),
        lost=say.value(found.lost, SHARE),
    )


def held_out(base: CustomerBase, say: Language) -> Html:
    """What was expected and what came in the held-out days, by how often customers had bought again before."""
    groups = base.holdout.groups
    rows = [
        [
            say("{number} or more", number=say.count(each.repeats)) if each is groups[-1] else say.count(each.repeats),
            *(say.value(number, COUNT) for number in (each.customers, each.predicted, each.bought)),
        ]
        for each in groups
    ]
    heads = [say("Repeat purchases before"), say("Customers"), say("Expected"), say("Bought")]
    return table(heads, rows, (1, 2, 3))


def parameters(base: CustomerBase, say: Language) -> Html:
    """The parameters of both models with their standard errors; empty where neither could be fitted."""
    models = (
        ("BG/NBD", ("r", "alpha", "a", "b"), base.forecast.fitted),
        ("Gamma-Gamma", ("p", "q", "gamma"), base.value.fitted),
    )
    rows = [
        [model, name, _three(number, say), _three(error, say), _count(fitted.customers, say)]
        for model, own, fitted in models
        if fitted is not None
        for name, number, error in zip(own, fitted.parameters, fitted.errors, strict=False)
    ]
    if not rows:
        return Html("", "")
    heads = [say("Model"), say("Parameter"), say("Estimate"), say("Standard error"), say("Customers")]
    return table(heads, rows, (2, 3, 4))


def _three(number: float, say: Language) -> str:
    return written(number, say.code, 3)
