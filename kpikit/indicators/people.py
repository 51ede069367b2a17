"""People: how employees feel, whether they stay, how often they are absent, and how fast new ones are hired."""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, Use, indicator
from kpikit.indicators.inputs import Figure, share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import DAYS, SCORE, SHARE

METRICS = {
    "satisfied_employees": N_("satisfied employees"),
    "answering_employees": N_("employees who answered"),
    "wellbeing_score": Figure(N_("mean wellbeing score"), 0, 100),
    "employee_promoters": N_("employees who recommend the workplace"),
    "employee_passives": N_("employees in between"),
    "employee_detractors": N_("employees who advise against the workplace"),
    "starting_employees": N_("employees at the start"),
    "remaining_employees": N_("employees at the start who are still employed at the end"),
    "departures": N_("employees who left"),
    "average_employees": N_("average number of employees"),
    "absence_days": N_("days of absence"),
    "planned_workdays": N_("planned working days"),
    "days_to_hire": Figure(N_("days from application to acceptance"), usual=100),
}
"""What the metrics of this domain are called in a formula."""


@indicator(
    label=N_("Employee satisfaction"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "leading"),
    synonyms="share of satisfied employees, job satisfaction",
    da="andel tilfredse medarbejdere, jobtilfredshed",
    nb="andel fornøyde ansatte, jobbtilfredshet",
    survey=True,
)
def satisfaction(satisfied_employees: Any, answering_employees: Any) -> Any:
    """Share of the employees who answered and are satisfied or very satisfied with their work.

    Low: Talk the result over in each team within a month, and let the team choose one thing to change.
    High: Ask what must not be lost, and show the result in the next vacancy notice.
    Mind: In teams below five answers nobody dares to be honest; show such teams together.
    Source: Burr et al., The Third Version of the Copenhagen Psychosocial Questionnaire, Job satisfaction
    """
    return share(satisfied_employees, answering_employees)


@indicator(
    label=N_("Employee wellbeing score"),
    unit=SCORE,
    better=HIGHER,
    usual=Use("KPI", "department", "leading"),
    synonyms="wellbeing survey, employee wellbeing, score in the wellbeing survey",
    da="trivselsscore, trivselsmåling, trivselsundersøgelse",
    nb="trivselsscore, trivselsmåling, trivselsundersøkelse",
    survey=True,
)
def wellbeing(wellbeing_score: Any) -> Any:
    """Mean score of the answers in the wellbeing survey, on its own scale.

    Low: Look at workload and the nearest manager first; both can be changed, and both weigh most.
    High: Keep asking in a busy season too: a good score in a quiet one proves little.
    Mind: Compare with the same survey of before only; other questions and scales give other scores.
    Source: WHO, The World Health Organization-Five Well-Being Index (WHO-5), Scoring
    """
    return wellbeing_score


@indicator(
    label=N_("Employee Net Promoter Score"),
    unit=SCORE,
    better=HIGHER,
    usual=Use("PI", "organisation", "leading"),
    synonyms="eNPS, employee NPS",
    da="eNPS-score, medarbejdernes anbefalingsvillighed",
    nb="eNPS-score, ansattes anbefalingsvilje",
    survey=True,
    between=(-100, 100),
)
def enps(employee_promoters: Any, employee_passives: Any, employee_detractors: Any) -> Any:
    """Percentage of employees who recommend the workplace (9 or 10) less those who do not (0 to 6).

    Low: Ask what would make it one point more; small daily nuisances come up far more often than pay.
    High: Let employees recommend candidates; who comes that way tends to stay.
    Mind: Lower than customers' scores by habit, and in a house of fifty one answer moves it by two points or more.
    Source: Bain & Company, The Employee Net Promoter System: Employee NPS
    """
    return divide(
        100 * (employee_promoters - employee_detractors),
        employee_promoters + employee_passives + employee_detractors,
    )


@indicator(
    label=N_("Employee retention rate"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="employee retention, staff retention",
    da="medarbejderfastholdelse, andel medarbejdere der bliver",
    nb="andel ansatte som blir, evne til å beholde ansatte",
)
def retention(remaining_employees: Any, starting_employees: Any) -> Any:
    """Share of the employees at the start of the period who are still employed at its end.

    Low: Separate leaving in the first year, which points to hiring, from later leaving, which points to prospects.
    High: Experience stays in the house. See that there is also room for new people and for moves inside.
    Mind: Those who came and went within the period are not in it; the turnover counts them.
    Source: ISO/TS 30421:2021, Human resource management: Turnover and retention metrics (retention)
    """
    return share(remaining_employees, starting_employees)


@indicator(
    label=N_("Employee turnover"),
    unit=SHARE,
    better=LOWER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="staff turnover, turnover rate of employees",
    da="personaleomsætning, medarbejderomsætning",
    nb="turnover blant ansatte, gjennomtrekk, personalomsetning",
)
def turnover(departures: Any, average_employees: Any) -> Any:
    """Employees who left in the period, against the average number of employees.

    Low: Few leave. Make sure that nobody stays only for lack of another place: read the wellbeing survey beside it.
    High: Count what a leaver costs in search and training, and talk to those who stay before they look around.
    Mind: Retirement and the end of temporary jobs belong apart. With seasonal staff it can pass 100%.
    Source: ISO/TS 30421:2021, Human resource management: Turnover and retention metrics (turnover)
    """
    return divide(departures, average_employees)


@indicator(
    label=N_("Absence rate"),
    unit=SHARE,
    better=LOWER,
    usual=Use("KPI", "organisation", "leading"),
    synonyms="absenteeism, sick leave rate, sickness absence",
    da="sygefravær, fraværsrate",
    nb="sykefravær, fraværsrate",
)
def absence_rate(absence_days: Any, planned_workdays: Any) -> Any:
    """Share of the planned working days that were lost to absence.

    Low: Check that ill people stay at home; who works ill makes it longer and passes it on.
    High: Tell short from long absence: the first asks for a talk about workload, the second for a plan to return.
    Mind: Winter, and in small teams a single long illness, decide most of it; never use it to judge persons.
    Source: Acas, Managing Attendance and Employee Turnover, Appendix 1: Measuring absence (lost time rate)
    """
    return share(absence_days, planned_workdays)


@indicator(
    label=N_("Time to hire"),
    unit=DAYS,
    better=LOWER,
    usual=Use("PI", "department", "lagging"),
    synonyms="recruitment time, hiring time",
    da="rekrutteringstid, tid fra ansøgning til ansættelse",
    nb="rekrutteringstid, tid fra søknad til ansettelse",
)
def time_to_hire(days_to_hire: Any) -> Any:
    """Average days from a candidate's application to the accepted offer.

    Low: See whether those hired quickly are still there after a year; haste is paid for later.
    High: The best candidates are gone after two weeks: fix the dates of the talks before the notice is out.
    Mind: It begins with the application; how long the post was open before shows only in the time to fill.
    Source: Akrivia HCM, HR Glossary: Time-to-hire
    """
    return days_to_hire
