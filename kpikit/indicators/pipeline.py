"""The sales pipeline: from the lead over the open deal to the won one."""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, Use, indicator
from kpikit.indicators.inputs import Amount, share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, DAYS, MONEY, RATIO, SHARE

METRICS = {
    "leads": N_("leads"),
    "customers_from_leads": N_("leads that became customers"),
    "open_deals": N_("open deals"),
    "pipeline_value": Amount(N_("value of the open deals"), lowest=0),
    "won_deals": N_("won deals"),
    "lost_deals": N_("lost deals"),
    "won_value": Amount(N_("value of the won deals"), lowest=0),
    "days_to_win": N_("days from first contact to won deal"),
    "sales_quota": Amount(N_("sales quota"), lowest=0),
}
"""What the metrics of this domain are called in a formula."""


@indicator(
    label=N_("Leads"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("KPI", "department", "leading"),
    synonyms="sales leads, enquiries, prospects",
    da="antal leads, kundeemner, henvendelser fra mulige kunder",
    nb="antall leads, kundeemner, potensielle kunder",
)
def leads(leads: Any) -> Any:
    """Number of new possible customers who showed interest and can be contacted.

    Low: Sales will lack work in one sales cycle from now: put effort into the source with the best leads, not all.
    High: Answer within the hour while interest is fresh, and sort, so that the best do not wait behind the rest.
    Mind: A downloaded paper and a request for an offer are both leads; count them by stage, or quality hides.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 6, Pipeline Analysis
    """
    return leads


@indicator(
    label=N_("Lead-to-customer rate"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="lead conversion rate, lead to customer conversion",
    da="andel leads der bliver kunder, leadkonvertering",
    nb="andel leads som blir kunder, leadkonvertering",
)
def lead_to_customer_rate(customers_from_leads: Any, leads: Any) -> Any:
    """Share of the period's leads who became customers.

    Low: Compare by source: if one source is low, marketing should drop it; if all are, look at how fast leads are met.
    High: Sales and marketing mean the same by a good lead. See whether more of the same can be found.
    Mind: Leads need time: those of last month have not decided yet, so judge months that are a sales cycle old.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 6, Pipeline Analysis
    """
    return share(customers_from_leads, leads)


@indicator(
    label=N_("Open deals"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="opportunities, open opportunities",
    da="åbne salgsmuligheder, salgsmuligheder, tilbud, åbne tilbud",
    nb="åpne salgsmuligheter, salgsmuligheter, tilbud, åpne tilbud",
)
def open_deals(open_deals: Any) -> Any:
    """Number of sales opportunities that are neither won nor lost.

    Low: Reserve time for new contacts now; what is not begun this month cannot be won in the next ones.
    High: Close what will never come: ask each sales person for the next step and its date, and drop deals without.
    Mind: A level on one day, not a sum over a month; deals that nobody closes make it grow by itself.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 6, Pipeline Analysis
    """
    return open_deals


@indicator(
    label=N_("Pipeline value"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("KPI", "department", "leading"),
    synonyms="value of open opportunities, sales pipeline",
    da="pipelineværdi, værdi af åbne salgsmuligheder",
    nb="pipelineverdi, verdi av åpne salgsmuligheter",
)
def value(pipeline_value: Any) -> Any:
    """Value of all deals that are neither won nor lost.

    Low: Divide the quota by the win rate: that is the pipeline needed. The gap says how many new deals to begin.
    High: Check the largest three by hand; one hopeful giant can make an empty pipeline look full.
    Mind: Unweighted: a first talk counts in full. It is a level on a day, and does not add up over months.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 6, Pipeline Analysis
    """
    return pipeline_value


@indicator(
    label=N_("Pipeline coverage"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="pipeline-to-quota ratio",
    da="pipelinedækning",
    nb="pipelinedekning",
)
def coverage(pipeline_value: Any, sales_quota: Any) -> Any:
    """Value of the open deals per unit of sales quota.

    Low: Below one divided by the win rate the quota is out of reach; say so early, and find more deals or a new aim.
    High: More open deals than anyone can care for: choose, or their win rate will fall.
    Mind: The usual rule of three holds only at a win rate of one third; use your own.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 6, Pipeline Analysis
    """
    return divide(pipeline_value, sales_quota)


@indicator(
    label=N_("Won deals"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("KPI", "individual", "lagging"),
    synonyms="closed won, deals closed",
    da="vundne ordrer, vundne salg",
    nb="vunne avtaler, vunne salg",
)
def won_deals(won_deals: Any) -> Any:
    """Number of deals that ended with a signed order in the period.

    Low: Look at the stage where deals stopped, and ask two lost customers what decided it.
    High: Tell the colleagues how: the first talk, the offer, the answer to the price.
    Mind: Sales people may close early or late to fit a quarter; look at two quarters together.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 6, Pipeline Analysis
    """
    return won_deals


@indicator(
    label=N_("Average deal size"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="average contract value, ACV, average deal value",
    da="gennemsnitlig ordrestørrelse, gennemsnitlig kontraktværdi",
    nb="gjennomsnittlig avtalestørrelse, gjennomsnittlig kontraktsverdi",
)
def average_deal_size(won_value: Any, won_deals: Any) -> Any:
    """Value of the won deals per won deal.

    Low: Offer a larger package beside the asked one, and speak with those who own the larger budget.
    High: Fewer, larger deals carry the year: watch how long they take and how much hangs on each.
    Mind: Contracts of several years count once here; compare per year of contract if the lengths differ.
    Source: Clay Glossary, Sales Pipeline Velocity Formula: Deal Value
    """
    return divide(won_value, won_deals)


@indicator(
    label=N_("Win rate"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="closing rate, hit rate, close rate",
    da="hitrate, vinderrate, andel vundne salg",
    nb="vinnrate, hitrate, andel vunne avtaler",
)
def win_rate(won_deals: Any, lost_deals: Any) -> Any:
    """Share of the deals decided in the period that were won.

    Low: Drop poor deals earlier and prepare the others better; ask those who said no for the reason.
    High: Perhaps only safe deals are tried: see whether the price or the ambition can be raised.
    Mind: Deals that are never marked as lost lift it; it counts the decided ones alone, not the open.
    Source: Pipeline CRM Help Center, Win Ratio: the number of won deals by that of won and lost deals
    """
    return share(won_deals, won_deals + lost_deals)


@indicator(
    label=N_("Sales cycle length"),
    unit=DAYS,
    better=LOWER,
    usual=Use("PI", "department", "leading"),
    synonyms="length of the sales cycle, time to close, days to close",
    da="salgscyklus, salgscyklussens længde, tid fra kontakt til ordre",
    nb="lengde på salgssyklus, salgssyklus, tid fra kontakt til avtale",
)
def sales_cycle_length(days_to_win: Any, won_deals: Any) -> Any:
    """Average number of days from the first contact to the won deal.

    Low: Customers decide fast. Check that the easy ones are not the only ones you try for.
    High: Find the stage where deals lie still, and agree on a next step with a date at the end of each meeting.
    Mind: Only won deals are in it: closing one that dragged on for years makes a good month look bad.
    Source: Clay Glossary, Sales Pipeline Velocity Formula: Sales Cycle
    """
    return divide(days_to_win, won_deals)


@indicator(
    label=N_("Sales velocity"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("KPI", "department", "leading"),
    synonyms="pipeline velocity, deal velocity",
    da="salgshastighed",
    nb="salgshastighet",
    identities=("pipeline.open_deals * pipeline.win_rate * pipeline.average_deal_size / pipeline.sales_cycle_length",),
)
def sales_velocity(open_deals: Any, won_deals: Any, lost_deals: Any, won_value: Any, days_to_win: Any) -> Any:
    """Value that the open deals can be expected to bring per day: their number, win rate, size, and time.

    Low: Of its four parts choose the one furthest below your usual; shortening the cycle helps all deals at once.
    High: See which part lifted it, and whether delivery can follow at this speed.
    Mind: The parts hang together: going for larger deals lengthens the cycle and lowers the win rate.
    Source: Reply, Sales Glossary: Sales velocity
    """
    value = open_deals * win_rate(won_deals, lost_deals) * average_deal_size(won_value, won_deals)
    return divide(value, sales_cycle_length(days_to_win, won_deals))


@indicator(
    label=N_("Quota attainment"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "individual", "lagging"),
    synonyms="sales against quota, quota achievement",
    da="budgetopfyldelse i salget, opfyldelse af salgsmål",
    nb="måloppnåelse i salget, oppnåelse av salgsmål",
)
def quota_attainment(won_value: Any, sales_quota: Any) -> Any:
    """Value of the won deals as a share of the sales quota.

    Low: Too few deals, too small ones, or a quota that nobody could reach? Compare colleagues in like districts.
    High: Above 100% for all, the quota was too low; above for one, learn what that one does.
    Mind: It says as much about how the quota was set as about the seller; quotas moved during the year make it void.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 6, Sales Force Goals
    """
    return divide(won_value, sales_quota)
