"""Emergency care: attendances at A&E departments, and the four-hour standard."""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, NEITHER, Use, indicator
from kpikit.indicators.inputs import share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, SHARE

METRICS = {
    "attendances": N_("attendances"),
    "breaches": N_("breaches"),
    "admissions": N_("admissions"),
}
"""What the metrics of this domain are called in a formula."""


@indicator(
    label=N_("Attendances"),
    unit=COUNT,
    better=NEITHER,
    usual=Use("PI", "department", "leading"),
    synonyms="A&E visits, emergency visits",
    da="henvendelser i akutmodtagelsen, skadestuebesøg",
    nb="besøk på akuttmottaket, legevaktbesøk",
)
def attendances(attendances: Any) -> Any:
    """Number of patients who came to an A&E department.

    Low: Check whether a neighbouring unit opened, or data are missing, before any staff are moved.
    High: Plan staff and beds for it, and ask who could have been helped by a general practitioner.
    Mind: Weekdays, school holidays and winter decide most of it; compare with the same month last year.
    Source: NHS England, A&E Attendances and Emergency Admissions Monthly Return Definitions, A&E Attendances
    """
    return attendances


@indicator(
    label=N_("Attendances, growth"),
    unit=SHARE,
    better=NEITHER,
    usual=Use("PI", "organisation", "leading"),
    change="same_period_last_year",
    synonyms="growth in A&E visits",
    da="vækst i akutbesøg",
    nb="vekst i akuttbesøk",
)
def attendances_growth(attendances: Any) -> Any:
    """Change in the number of attendances against the same period last year.

    Low: Demand falls: see whether the four-hour share improves with it. If not, staffing is not the bottleneck.
    High: Demand grows: if it does so month after month, next year's budget needs it, and not only overtime.
    Mind: A month with one more Monday, or an early Easter, differs by a few per cent for no other reason.
    Source: NHS England, A&E Attendances and Emergency Admissions Monthly Return Definitions, A&E Attendances
    """
    return attendances


@indicator(
    label=N_("Breaches"),
    unit=COUNT,
    better=LOWER,
    usual=Use("PI", "department", "lagging"),
    synonyms="waits over four hours",
    da="ventetid over fire timer, overskridelser af fire timer",
    nb="ventetid over fire timer for pasienter, brudd på fire timer",
)
def breaches(breaches: Any) -> Any:
    """Number of patients who waited more than four hours from arrival to admission, transfer or discharge.

    Low: Note what was done: triage, staffing or free beds. It is worth keeping when the pressure returns.
    High: Find the step where patients wait: for a doctor, for a test, or for a bed in the hospital.
    Mind: A larger department has more breaches at the same quality; the share within four hours compares fairly.
    Source: NHS England, A&E Attendances and Emergency Admissions Monthly Return Definitions, A&E
        Performance Measures (four hour standard)
    """
    return breaches


@indicator(
    label=N_("Share within four hours"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="four-hour performance, A&E four-hour standard",
    da="andel behandlet inden fire timer, firetimersmålet",
    nb="andel behandlet innen fire timer, firetimersmålet for akuttmottak",
)
def share_within_four_hours(attendances: Any, breaches: Any) -> Any:
    """Share of the attendances that were admitted, transferred or discharged within four hours of arrival.

    Low: Look at free beds before noon: most long waits end in an admission, and begin on the wards.
    High: Patients flow. Check that nobody is moved at the last minute only to keep inside the four hours.
    Mind: Minor injury units reach nearly 100% and lift the figure of a trust that runs them; compare alike with alike.
    Source: NHS England, A&E Attendances and Emergency Admissions Monthly Return Definitions, A&E
        Performance Measures (four hour standard)
    """
    return share(attendances - breaches, attendances)


@indicator(
    label=N_("Admissions"),
    unit=COUNT,
    better=NEITHER,
    usual=Use("PI", "department", "lagging"),
    synonyms="emergency admissions",
    da="akutte indlæggelser",
    nb="akutte innleggelser",
)
def admissions(admissions: Any) -> Any:
    """Number of patients who were admitted to the hospital from an A&E department.

    Low: Beds become free: use the calm weeks for planned operations that were put off.
    High: Free beds by earlier discharge rounds, or the waiting moves back into the emergency department.
    Mind: Short stays for observation count as admissions in some hospitals and not in others.
    Source: NHS England, A&E Attendances and Emergency Admissions Monthly Return Definitions, Emergency Admissions
    """
    return admissions


@indicator(
    label=N_("Admission rate"),
    unit=SHARE,
    better=NEITHER,
    usual=Use("PI", "department", "lagging"),
    synonyms="conversion to admission",
    da="indlæggelsesandel, andel der indlægges",
    nb="innleggelsesandel, andel som legges inn",
)
def admission_rate(admissions: Any, attendances: Any) -> Any:
    """Admissions from A&E as a share of the attendances.

    Low: Many come with minor ailments: a practitioner at the door could see them sooner.
    High: Patients are sicker, or uncertain cases are admitted to meet the four hours; look at stays below one day.
    Mind: Admissions and attendances of a month are counted apart, so at very small units the rate can pass 100%.
    Source: NHS England, A&E Attendances and Emergency Admissions Monthly Return Definitions, Emergency Admissions
    """
    return divide(admissions, attendances)


@indicator(
    label=N_("Breaches, change"),
    unit=SHARE,
    better=LOWER,
    usual=Use("PI", "organisation", "lagging"),
    change="same_period_last_year",
    synonyms="change in waits over four hours",
    da="ændring i antal overskridelser",
    nb="endring i antall overskridelser",
)
def breaches_growth(breaches: Any) -> Any:
    """Change in the number of breaches against the same period last year.

    Low: Fewer wait long than a year ago; check that attendances did not fall by as much.
    High: More wait long than a year ago: compare with the growth in attendances to see how much is demand.
    Mind: From a small number of breaches even a few more are a large change in per cent.
    Source: NHS England, A&E Attendances and Emergency Admissions Monthly Return Definitions, A&E
        Performance Measures (four hour standard)
    """
    return breaches
