"""The named profiles: one declaration each. Reports, JSON, charts and tests all read these.

- ``nhs``: NHS England, "Making Data Count" (the R package NHSRplotthedots).
- ``wheeler``: D. J. Wheeler, "Understanding Variation" and "Making Sense of Data" (statprocon, xmrit).
- ``anhoej``: J. Anhoej, run charts and 3-sigma limits (the R package qicharts2).

Missing points end every row of points, and no moving range is taken across them, in all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from kpikit.evaluation.signals.rules import FewCrossings, LongRun, Near, Outside, Range, Rule, Run, Trend
from kpikit.words.texts import N_


@dataclass(frozen=True)
class Profile:
    """One school's conventions. ``rules`` stand in the order of their priority.

    ``constant`` times the mean moving range is the distance of the limits from the mean. ``screen``: moving ranges of
    so many times their mean and more are left out of it, once; None: none are. ``range_limit`` times the mean moving
    range is the largest usual one. ``stated``, ``ruled`` and ``centred`` say it in words.
    """

    name: str
    school: str
    constant: float
    screen: float | None
    range_limit: float
    rules: tuple[Rule, ...]
    stated: str
    ruled: str
    centred: str


OUTSIDE = Outside("outside", N_("outside its natural limits"))

BETWEEN = N_(
    "A point on the centre line belongs to neither side and ends a row of points, and so does a missing one. So does a "
    "point that would lie on the other side without the few points outside the limits, which pull that line."
)
"""What two schools have in common."""

NHS = Profile(
    "nhs",
    "NHS England, Making Data Count",
    2.66,
    3.267,
    3.267,
    (
        OUTSIDE,
        Trend("trend", N_("seven points moving the same way"), 7),
        Near("two_of_three", N_("two of three points close to a limit"), 2, 3, 2 / 3, whole=True, beyond=False),
        Run("run", N_("seven points on the same side of {centre}"), 7),
    ),
    N_(
        "the average plus and minus 2.66 times the mean moving range, after leaving out unusually large ranges once, "
        "if the limits then still fit most points"
    ),
    N_(
        "A signal is a point outside the limits, seven points moving the same way (unless they moved so a season ago, "
        "and went as far), two of three points close to a limit on one side, or seven points on the same side of the "
        "centre line."
    ),
    BETWEEN,
)

WHEELER = Profile(
    "wheeler",
    "D. J. Wheeler, Understanding Variation",
    2.66,
    None,
    3.268,
    (
        OUTSIDE,
        Near("three_of_four", N_("three of four points closer to a limit than to {centre}"), 3, 4, 0.5, False, True),
        Run("run_of_eight", N_("eight points on the same side of {centre}"), 8),
        Range("range", N_("an unusually large step, to or from it")),
    ),
    N_("the average plus and minus 2.66 times the mean moving range, of which none is left out"),
    N_(
        "A signal is a point outside the limits, three of four points closer to a limit than to the centre "
        "line, eight points on the same side of it, or a step of more than 3.268 times the mean moving range."
    ),
    BETWEEN,
)

ANHOEJ = Profile(
    "anhoej",
    "J. Anhøj, qicharts2",
    3 / 1.128,
    None,
    3.267,
    (
        OUTSIDE,
        LongRun("long_run", N_("an unusually long row of points on one side of the centre line")),
        FewCrossings("crossings", N_("the centre line is crossed unusually seldom")),
    ),
    N_("the average plus and minus three standard deviations, taken as the mean moving range divided by 1.128"),
    N_(
        "A signal is a point outside the limits (not on run charts), an unusually long row of points on one side of "
        "the centre line (more than the base-2 logarithm of their number, rounded, plus 3), or unusually few crossings "
        "of it (fewer than in 5% of series without a change)."
    ),
    N_(
        "A point on the centre line is passed over, and so is one that would lie on its other side without the few "
        "points outside the limits, which pull it; a missing one ends a row of points."
    ),
)

PROFILES = {each.name: each for each in (NHS, WHEELER, ANHOEJ)}
RULES = {rule.code: rule.words for each in PROFILES.values() for rule in each.rules}
"""The rules of all profiles by their code, with their words, for `kpikit.evaluation.signals.words`."""
