"""Customer service: how many cases come in, how fast they are answered, how many are solved, and at what cost."""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, NEITHER, Use, indicator
from kpikit.indicators.inputs import Amount, Figure, share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, DURATION, MONEY, SHARE

METRICS = {
    "cases": N_("cases"),
    "solved_cases": N_("solved cases"),
    "first_contact_cases": N_("cases solved at the first contact"),
    "reopened_cases": N_("reopened cases"),
    "open_cases": N_("open cases"),
    "answered_cases": N_("answered cases"),
    "answered_in_time_cases": N_("cases answered within the agreed time"),
    "response_seconds": Figure(N_("mean seconds to the first answer"), usual=86_400),
    "median_response_seconds": Figure(N_("median seconds to the first answer"), usual=86_400),
    "handling_seconds": Figure(N_("mean seconds of work on a case"), usual=3600),
    "service_cost": Amount(N_("cost of customer service"), lowest=0),
}
"""What the metrics of this domain are called in a formula."""


@indicator(
    label=N_("Cases"),
    unit=COUNT,
    better=NEITHER,
    usual=Use("PI", "department", "leading"),
    synonyms="tickets, number of enquiries to service, service requests",
    da="antal sager, henvendelser til kundeservice",
    nb="antall saker, henvendelser til kundeservice",
)
def cases(cases: Any) -> Any:
    """Number of cases that customers opened in the period.

    Low: Make sure that the form and the telephone work, and that nobody gave up waiting, before you cut shifts.
    High: Sort by topic; one unclear bill or page can fill the desk, and is cheaper to mend than to answer.
    Mind: Three mails about one matter are one case in some systems, and three in others.
    Source: Zendesk Help, Metrics and attributes for Zendesk Support (Tickets)
    """
    return cases


@indicator(
    label=N_("Average response time"),
    unit=DURATION,
    better=LOWER,
    usual=Use("KPI", "department", "leading"),
    synonyms="average first response time, first reply time, response time",
    da="gennemsnitlig svartid, svartid",
    nb="responstid, svartid",
)
def average_response_time(response_seconds: Any) -> Any:
    """Mean time from a case's opening to the first answer by a person.

    Low: Fast answers are only half the service; see whether cases are also solved, or merely acknowledged.
    High: Lay shifts over the hours in which cases arrive, and answer the ten usual questions from a template.
    Mind: A few cases forgotten over a holiday carry the mean; look at the median, and at closing hours, beside it.
    Source: Zendesk Help, About native Support time duration metrics: First reply time
    """
    return response_seconds


@indicator(
    label=N_("Median response time"),
    unit=DURATION,
    better=LOWER,
    usual=Use("PI", "department", "leading"),
    synonyms="median first response time, typical response time",
    da="typisk svartid, svartid for den midterste sag",
    nb="typisk svartid, svartid for den midterste saken",
    variant_of="average_response_time",
)
def median_response_time(median_response_seconds: Any) -> Any:
    """Time within which half of the cases got their first answer.

    Low: The typical customer is served well. Turn to the slowest tenth, which the median does not see.
    High: The ordinary case waits, so it is no matter of a few outliers: compare arrivals with staff hour by hour.
    Mind: Medians of months or teams cannot be averaged; a quarter's is counted from its cases anew.
    Source: Zendesk Help, About native Support time duration metrics: First reply time (the median)
    """
    return median_response_seconds


@indicator(
    label=N_("Share answered within the service level"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "leading"),
    synonyms="service level, SLA attainment",
    da="serviceniveau, overholdelse af SLA",
    nb="servicenivå, overholdelse av SLA",
)
def within_service_level(answered_in_time_cases: Any, answered_cases: Any) -> Any:
    """Share of the answered cases whose first answer came within the agreed time.

    Low: Find the hours of the day in which it breaks; moving one shift often mends more than one more person.
    High: Ask whether the agreed time is what customers expect, and whether quiet hours could be staffed more lightly.
    Mind: Once a case is late it no longer counts, which tempts to leave it; watch the oldest open case too.
    Source: Amazon Connect Administrator Guide, Metric definitions: Service level
    """
    return share(answered_in_time_cases, answered_cases)


@indicator(
    label=N_("Share of solved cases"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="resolution rate, solved cases, solve rate",
    da="andel løste sager, løsningsprocent",
    nb="andel løste saker, løsningsprosent",
)
def solved_share(solved_cases: Any, cases: Any) -> Any:
    """Share of the cases opened in the period that are solved.

    Low: Group the unsolved by what they wait for: the customer, another department, a right the desk lacks.
    High: Check a sample: solved should mean that the customer agrees, not that nobody wrote again.
    Mind: The newest cases have had no time yet, so the current period always looks worse than it will be.
    Source: Zendesk Help, Metrics and attributes for Zendesk Support (Solved tickets)
    """
    return share(solved_cases, cases)


@indicator(
    label=N_("First contact resolution"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "leading"),
    synonyms="FCR, one-touch resolution, first call resolution",
    da="løst ved første kontakt, FCR-andel",
    nb="løsningsgrad, FCR-andel, løst ved første henvendelse",
)
def first_contact_resolution(first_contact_cases: Any, cases: Any) -> Any:
    """Share of the cases that were solved at the first contact.

    Low: List what people had to pass on last week, and give them the right, the access or the text to do it.
    High: What is left is hard by nature; do not press for speed there, and judge the time per case anew.
    Mind: Good self-service takes the easy cases away, so it may fall while service gets better.
    Source: MetricNet, Metric of the Month: First Contact Resolution
    """
    return share(first_contact_cases, cases)


@indicator(
    label=N_("Backlog of cases"),
    unit=COUNT,
    better=LOWER,
    usual=Use("PI", "department", "leading"),
    synonyms="open cases, unsolved tickets, ticket backlog",
    da="åbne sager, sagspukkel, kø",
    nb="åpne saker, restanser, kø, saker i restanse",
)
def backlog(open_cases: Any) -> Any:
    """Number of cases that are open and not solved.

    Low: There is room: use it to write the help pages that prevent next month's cases.
    High: Begin with the oldest and with doubles, set a day without new tasks, and see whether more arrive than leave.
    Mind: A level on one day, which does not add up over months; cases that wait for the customer are in it.
    Source: Zendesk Help, Metrics and attributes for Zendesk Support (Unsolved tickets)
    """
    return open_cases


@indicator(
    label=N_("Reopen rate"),
    unit=SHARE,
    better=LOWER,
    usual=Use("PI", "department", "lagging"),
    synonyms="reopened cases, share of reopened tickets",
    da="genåbningsprocent, andel genåbnede sager",
    nb="gjenåpningsprosent, andel gjenåpnede saker",
)
def reopen_rate(reopened_cases: Any, solved_cases: Any) -> Any:
    """Cases reopened in the period, per case solved in it.

    Low: Solutions hold. See whether customers can reopen at all, or must begin a new case each time.
    High: Let the person who solved it read the reopened ones; ask for a final check with the customer before closing.
    Mind: A case may be solved in one period and reopened in the next, so short periods can pass 100%.
    Source: Zendesk Help, Metrics and attributes for Zendesk Support (Reopens)
    """
    return divide(reopened_cases, solved_cases)


@indicator(
    label=N_("Average handling time"),
    unit=DURATION,
    better=NEITHER,
    usual=Use("PI", "department", "leading"),
    synonyms="AHT, average handle time",
    da="ekspeditionstid, behandlingstid pr. sag",
    nb="behandlingstid per sak, snittid per sak",
)
def average_handling_time(handling_seconds: Any) -> Any:
    """Mean time of work on a case: talk, hold and what is written afterwards.

    Low: Compare with the reopened cases: hurried talks come back, and two short ones cost more than a long one.
    High: Sit beside for an hour; searching in three systems takes more of it than talking does.
    Mind: A figure to plan shifts with. As a target for the single person it teaches to get rid of customers.
    Source: Amazon Connect Administrator Guide, Metric definitions: Average handle time
    """
    return handling_seconds


@indicator(
    label=N_("Cost per case"),
    unit=MONEY,
    better=LOWER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="cost per ticket, cost per contact",
    da="pris pr. sag, omkostning pr. sag",
    nb="kostnad per sak, pris per sak",
)
def cost_per_case(service_cost: Any, cases: Any) -> Any:
    """Cost of customer service per case opened in the period.

    Low: Make sure that nothing else pays for it: complaints, returns, or customers who quietly leave.
    High: Move simple topics to help pages, and count what the three dearest topics cost in a year.
    Mind: Wages are fixed for months: few cases make each look dear although nobody works less well.
    Source: MetricNet, Metric of the Month: Service Desk Cost per Ticket
    """
    return divide(service_cost, cases)
