"""How sure the figure of a survey is: those who answered are a sample, and others might have answered otherwise.

For a share of the answers, Wilson's score interval (E. B. Wilson, Journal of the American Statistical Association 22,
1927). For a net score, promoters less detractors in per cent of the answers, the value -/+ z times the square root of
its multinomial variance, (p + d - (p - d)^2) / n with the shares p and d. The mean of scores alone does not tell how
its answers are spread: where they were measured, `kpikit.evaluation.intervals` has its interval.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from statistics import NormalDist
from typing import Any, NamedTuple

from kpikit.indicators.inputs import Share
from kpikit.words.formula import Constant, Formula, Operation
from kpikit.words.language import Language, language

CONFIDENCE = 0.95
FEW = 30
"""Of fewer answers a report says that they tell little."""

_Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


class Interval(NamedTuple):
    """From where to where the value may lie, in its unit, and from how many answers that is told.

    No ends (None) where the answers do not tell: all scores are alike, or there is one alone. It shows itself as a
    sentence, with a note where the answers are few.
    """

    lower: float | None
    upper: float | None
    answers: float

    @property
    def few(self) -> bool:
        """True where the answers are so few that the value says little."""
        return self.answers < FEW

    def told(self, say: Language, write: Callable[[float], str]) -> str:
        """How sure the figure is, as a sentence, and a second one where the answers are few."""
        answers = int(self.answers)
        if self.lower is None or self.upper is None:
            sure = say.plural(
                "From {number} answer, so how far others would differ is not known.",
                "From {number} answers, all alike, so how far others would differ is not known.",
                answers,
            )
        else:
            sure = say.plural(
                "From {number} answer: with 95% confidence between {low} and {high}.",
                "From {number} answers: with 95% confidence between {low} and {high}.",
                answers,
                low=write(self.lower),
                high=write(self.upper),
            )
        return f"{sure} {few_words(say)}" if self.few else sure

    def __repr__(self) -> str:
        return self.told(language("en"), "{:.4g}".format)


def few_words(say: Language) -> str:
    """The note on few answers."""
    return say("With fewer than {number} answers the figure says little.", number=say.count(FEW))


def share_interval(part: float, answers: float) -> Interval:
    """Wilson's interval of a share, from 0 to 1.

    >>> [round(end, 4) for end in share_interval(81, 263)[:2]]
    [0.2553, 0.3662]
    """
    share, square = part / answers, _Z**2 / answers
    centre = share + square / 2
    reach = _Z * math.sqrt(share * (1 - share) / answers + square / answers / 4)
    return Interval(max((centre - reach) / (1 + square), 0.0), min((centre + reach) / (1 + square), 1.0), answers)


def net_interval(promoters: float, detractors: float, answers: float) -> Interval:
    """The interval of a net score, from -100 to 100.

    >>> [round(end, 1) for end in net_interval(100, 50, 200)[:2]]
    [13.5, 36.5]
    """
    net = (promoters - detractors) / answers
    reach = _Z * math.sqrt(((promoters + detractors) / answers - net**2) / answers)
    return Interval(100 * max(net - reach, -1.0), 100 * min(net + reach, 1.0), answers)


def interval(formula: Formula, values: Mapping[str, Any]) -> Interval | None:
    """The interval of a survey's formula from single counts; None without answers, and for other formulas."""
    if not isinstance(formula, Operation) or formula.sign != "/":
        return None
    values = {name: float(value) for name, value in values.items()}
    answers = formula.right.compute(values)
    if not 0 < answers < math.inf or any(map(math.isnan, values.values())):
        return None
    if isinstance(formula, Share):
        return share_interval(formula.left.compute(values), answers)
    match formula.left:
        case Operation("*", Constant(100), Operation("-", promoters, detractors)):
            return net_interval(promoters.compute(values), detractors.compute(values), answers)
    return None
