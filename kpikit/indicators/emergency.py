"""Emergency care: attendances at A&E departments, and the four-hour standard.

Source of the definitions: NHS England, "A&E Attendances and Emergency Admissions Monthly Return Definitions".
"""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, NEITHER, indicator
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, SHARE

METRICS = {
    "attendances": N_("attendances"),
    "breaches": N_("breaches"),
    "admissions": N_("admissions"),
}
"""What the metrics of this domain are called in a formula."""


@indicator(label=N_("Attendances"), unit=COUNT, better=NEITHER)
def attendances(attendances: Any) -> Any:
    """Number of patients who came to an A&E department."""
    return attendances


@indicator(label=N_("Attendances, growth"), unit=SHARE, better=NEITHER, change="same_period_last_year")
def attendances_growth(attendances: Any) -> Any:
    """Change in the number of attendances against the same period last year."""
    return attendances


@indicator(label=N_("Breaches"), unit=COUNT, better=LOWER)
def breaches(breaches: Any) -> Any:
    """Number of patients who waited more than four hours from arrival to admission, transfer or discharge."""
    return breaches


@indicator(label=N_("Share within four hours"), unit=SHARE, better=HIGHER)
def share_within_four_hours(attendances: Any, breaches: Any) -> Any:
    """Share of the attendances that were admitted, transferred or discharged within four hours of arrival."""
    return divide(attendances - breaches, attendances)


@indicator(label=N_("Admissions"), unit=COUNT, better=NEITHER)
def admissions(admissions: Any) -> Any:
    """Number of patients who were admitted to the hospital from an A&E department."""
    return admissions


@indicator(
    label=N_("Admission rate"),
    unit=SHARE,
    better=NEITHER,
    note=N_("Admissions and attendances of a month are counted apart, so at very small units the rate can pass 100%."),
)
def admission_rate(admissions: Any, attendances: Any) -> Any:
    """Admissions from A&E as a share of the attendances."""
    return divide(admissions, attendances)


@indicator(label=N_("Breaches, change"), unit=SHARE, better=LOWER, change="same_period_last_year")
def breaches_growth(breaches: Any) -> Any:
    """Change in the number of breaches against the same period last year."""
    return breaches
