"""Subscription: monthly recurring revenue (MRR) with its movements.

The movements are positive amounts: what expanded, what contracted, what was cancelled. They add up: the recurring
revenue at the start, with them, is that at the end.
"""

import math
from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, Use, indicator
from kpikit.indicators.inputs import Amount, share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY, RATIO, SHARE

METRICS = {
    "mrr": Amount(N_("monthly recurring revenue"), lowest=0),
    "starting_mrr": Amount(N_("recurring revenue at the start"), lowest=0),
    "new_mrr": Amount(N_("new recurring revenue"), lowest=0),
    "expansion_mrr": Amount(N_("recurring revenue from expansion"), lowest=0),
    "reactivated_mrr": Amount(N_("reactivated recurring revenue"), lowest=0),
    "contraction_mrr": Amount(N_("recurring revenue lost by contraction"), lowest=0),
    "churned_mrr": Amount(N_("cancelled recurring revenue"), lowest=0),
    "subscribers": N_("subscribers"),
}
"""What the metrics of this domain are called in a formula."""


@indicator(
    label=N_("Monthly recurring revenue"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("KPI", "organisation", "leading"),
    synonyms="MRR, recurring revenue",
    da="MRR-niveau, månedlig tilbagevendende omsætning",
    nb="MRR-nivå, månedlige gjentakende inntekter",
)
def mrr(mrr: Any) -> Any:
    """What all running subscriptions bring in a month, at the end of the period.

    Low: Read its five movements: too little new, or too much lost? Selling more into a leaking base is dear.
    High: Next year's revenue is half earned; see how much of it hangs on the three largest contracts.
    Mind: A level on one day, so never add months. Yearly contracts count a twelfth; one-off fees do not count.
    Source: ChartMogul Help, Monthly Recurring Revenue (MRR)
    """
    return mrr


@indicator(
    label=N_("Monthly recurring revenue by its movements"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("PI", "organisation", "leading"),
    synonyms="MRR roll-forward, closing MRR",
    da="MRR ud fra bevægelserne, MRR ultimo",
    nb="MRR ut fra bevegelsene, utgående MRR",
    variant_of="mrr",
)
def mrr_by_movements(
    starting_mrr: Any,
    new_mrr: Any,
    expansion_mrr: Any,
    reactivated_mrr: Any,
    contraction_mrr: Any,
    churned_mrr: Any,
) -> Any:
    """Recurring revenue at the start of the period, with what came and without what went.

    Low: If it lies below the measured level, a movement is missing: look for price changes booked as nothing.
    High: If it lies above the measured level, a loss was forgotten: look for contracts that ran out silently.
    Mind: Exchange rates move the level too; book them as a movement of their own, or convert at one rate.
    Source: ChartMogul Help, Net MRR Movements (opening and closing MRR)
    """
    return starting_mrr + new_mrr + expansion_mrr + reactivated_mrr - contraction_mrr - churned_mrr


@indicator(
    label=N_("Net new recurring revenue"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("KPI", "organisation", "leading"),
    synonyms="net new MRR, net MRR movement",
    da="netto ny MRR, MRR-tilvækst",
    nb="netto ny MRR, MRR-vekst",
    identities=(
        "subscription.new_mrr + subscription.expansion_mrr + subscription.reactivated_mrr"
        " - subscription.contraction_mrr - subscription.churned_mrr",
    ),
)
def net_new_mrr(new_mrr: Any, expansion_mrr: Any, reactivated_mrr: Any, contraction_mrr: Any, churned_mrr: Any) -> Any:
    """Change of the recurring revenue in the period: new, expanded and reactivated, less contracted and cancelled.

    Low: Show the five movements as bars from start to end; the tallest one downwards is this month's task.
    High: Ask which movement made it. Growth by expansion costs least; growth by new customers must still be kept.
    Mind: A month with one large contract says little; read three months together.
    Source: ChartMogul Help, Net MRR Movements
    """
    return new_mrr + expansion_mrr + reactivated_mrr - contraction_mrr - churned_mrr


@indicator(
    label=N_("New recurring revenue"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="new MRR, new business MRR",
    da="ny MRR, MRR fra nye kunder",
    nb="ny MRR, MRR fra nye kunder",
)
def new_mrr(new_mrr: Any) -> Any:
    """Monthly recurring revenue of the customers who subscribed for the first time.

    Low: Follow trials to contracts week by week: are there fewer trials, or do fewer of them become customers?
    High: Put people on the first weeks of use; who sets the product up well rarely cancels in the first year.
    Mind: Discounts for the first months make it look small, or the later full price looks like expansion.
    Source: ChartMogul Help, Data Table and MRR Movements: New business MRR
    """
    return new_mrr


@indicator(
    label=N_("Expansion of recurring revenue"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="expansion MRR, upgrades, upsell MRR",
    da="MRR fra mersalg, opgraderinger",
    nb="MRR fra mersalg, oppgraderinger",
)
def expansion_mrr(expansion_mrr: Any) -> Any:
    """Monthly recurring revenue that existing customers added: more seats, a larger plan, a higher price.

    Low: Give the plans a natural next step, and tell customers when they come near the limit of theirs.
    High: Separate a price rise from more use; the first ends after a month and may be answered by cancelling.
    Mind: An upgrade at renewal was often decided months before; it follows use with a delay.
    Source: ChartMogul Help, Data Table and MRR Movements: Expansion MRR
    """
    return expansion_mrr


@indicator(
    label=N_("Reactivated recurring revenue"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="reactivation MRR, win-back MRR",
    da="MRR fra genvundne kunder, reaktiveret MRR",
    nb="MRR fra gjenvunnede kunder, reaktivert MRR",
)
def reactivated_mrr(reactivated_mrr: Any) -> Any:
    """Monthly recurring revenue of the customers who had cancelled and came back.

    Low: Write to those who left, half a year later, with what has been mended since; name their own reason.
    High: People leave and return with the season: offer a pause in place of a cancellation.
    Mind: A payment that failed and was repaired may show as cancelled and reactivated, though nobody left.
    Source: ChartMogul Help, Data Table and MRR Movements: Reactivation MRR
    """
    return reactivated_mrr


@indicator(
    label=N_("Contraction of recurring revenue"),
    unit=MONEY,
    better=LOWER,
    usual=Use("PI", "department", "leading"),
    synonyms="contraction MRR, downgrades",
    da="tabt MRR fra nedgraderinger, nedgraderinger",
    nb="tapt MRR fra nedgraderinger, nedgraderinger",
)
def contraction_mrr(contraction_mrr: Any) -> Any:
    """Monthly recurring revenue that customers who stayed gave up, as a positive amount.

    Low: Customers use what they pay for. See whether some pay for less than they use.
    High: A smaller plan is often the step before leaving: call these customers this week.
    Mind: A discount given to keep a customer counts here, as a loss that prevented a larger one.
    Source: ChartMogul Help, Data Table and MRR Movements: Contraction MRR
    """
    return contraction_mrr


@indicator(
    label=N_("Cancelled recurring revenue"),
    unit=MONEY,
    better=LOWER,
    usual=Use("PI", "department", "lagging"),
    synonyms="churned MRR, lost MRR",
    da="opsagt MRR, MRR fra tabte kunder",
    nb="oppsagt MRR, MRR fra tapte kunder",
)
def churned_mrr(churned_mrr: Any) -> Any:
    """Monthly recurring revenue of the customers who left, as a positive amount.

    Low: Check that cancellations are booked at once, and that nobody is kept by a form that cannot be found.
    High: Sort by size, age and reason; if most leave in the first three months, mend the start, not the end.
    Mind: Booked on the day of notice or on the last paid day: choose one, and keep to it.
    Source: ChartMogul Help, Data Table and MRR Movements: Churn MRR
    """
    return churned_mrr


@indicator(
    label=N_("Net revenue retention"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="NRR, net dollar retention",
    da="NRR-andel, fastholdt omsætning netto",
    nb="NRR-andel, beholdte inntekter netto",
    between=(0, math.inf),
)
def net_revenue_retention(starting_mrr: Any, expansion_mrr: Any, contraction_mrr: Any, churned_mrr: Any) -> Any:
    """Recurring revenue that the starting customers bring at the end, against what they brought at the start.

    Low: Below 100% the base shrinks by itself: first stop the largest loss, then look for room to expand.
    High: Above 100% the base grows without a single new customer; learn from those who expand most.
    Mind: A few large upgrades can hide many cancellations; read the gross figure beside it. It can pass 100%.
    Source: ChartMogul Help, Net MRR Retention
    """
    return divide(starting_mrr + expansion_mrr - contraction_mrr - churned_mrr, starting_mrr)


@indicator(
    label=N_("Gross revenue churn"),
    unit=SHARE,
    better=LOWER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="gross MRR churn rate, revenue churn",
    da="frafald i omsætningen brutto, MRR-frafald",
    nb="frafall i inntektene brutto, MRR-frafall",
)
def gross_revenue_churn(contraction_mrr: Any, churned_mrr: Any, starting_mrr: Any) -> Any:
    """Share of the recurring revenue at the start that was contracted or cancelled in the period.

    Low: The product is needed. That is the moment to test a price rise, on new customers first.
    High: If it is above the customers' churn rate, the large ones leave: give each of them a named contact.
    Mind: Monthly and yearly rates do not compare: 2% a month is 21.5% a year, not 24%.
    Source: ChartMogul Help, Gross MRR Churn Rate
    """
    return share(contraction_mrr + churned_mrr, starting_mrr)


@indicator(
    label=N_("Net revenue churn"),
    unit=SHARE,
    better=LOWER,
    usual=Use("PI", "organisation", "lagging"),
    synonyms="net MRR churn rate, negative churn",
    da="frafald i omsætningen netto, negativ churn",
    nb="frafall i inntektene netto, negativ churn",
    identities=("1 - subscription.net_revenue_retention",),
    between=(-math.inf, 1),
)
def net_revenue_churn(contraction_mrr: Any, churned_mrr: Any, expansion_mrr: Any, starting_mrr: Any) -> Any:
    """Recurring revenue lost from the starting customers, less what they added, against that at the start.

    Low: Below zero the customers who stay add more than the others take away; put expansion into next year's plan.
    High: Expansion does not make up for losses: find the plans and trades in which both go wrong.
    Mind: New and reactivated revenue are left out on purpose; with them it would be growth, not churn.
    Source: ChartMogul Help, Net MRR Churn Rate
    """
    return divide(contraction_mrr + churned_mrr - expansion_mrr, starting_mrr)


@indicator(
    label=N_("Quick ratio of recurring revenue"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("KPI", "organisation", "leading"),
    synonyms="quick ratio, SaaS quick ratio",
    da="quick ratio for MRR, tilgang i forhold til afgang",
    nb="quick ratio for MRR, tilgang i forhold til avgang",
)
def quick_ratio(new_mrr: Any, expansion_mrr: Any, reactivated_mrr: Any, contraction_mrr: Any, churned_mrr: Any) -> Any:
    """Recurring revenue gained in the period, for each unit of it that was lost.

    Low: Near one, everything sold only fills the leak; move people from sales to the first months of use.
    High: Four and more means growth with small losses. Check that the young base has had a chance to cancel.
    Mind: Not the quick ratio of the balance sheet. In months without losses it has no value.
    Source: ChartMogul Blog, SaaS Quick Ratio: How efficient is your growth, How to calculate SaaS Quick Ratio (after
    Mamoon Hamid)
    """
    return divide(new_mrr + expansion_mrr + reactivated_mrr, contraction_mrr + churned_mrr)


@indicator(
    label=N_("Subscribers"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "organisation", "lagging"),
    synonyms="paying subscribers, active subscriptions",
    da="abonnenter, betalende abonnenter",
    nb="antall abonnenter, betalende abonnenter",
)
def subscribers(subscribers: Any) -> Any:
    """Number of customers with a running paid subscription at the end of the period.

    Low: Compare the ways out with the ways in, and ask trial users who did not stay what they missed.
    High: See whether service and systems keep up, and whether revenue per subscriber kept its height.
    Mind: A level on one day. Say whether a company with ten seats counts once or ten times.
    Source: ChartMogul Help, Subscribers
    """
    return subscribers


@indicator(
    label=N_("Average revenue per subscriber"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="ARPU, ARPA, average revenue per user, average revenue per account",
    da="omsætning pr. abonnent, omsætning pr. bruger",
    nb="inntekt per abonnent, inntekt per bruker",
)
def arpu(mrr: Any, subscribers: Any) -> Any:
    """Monthly recurring revenue per subscriber.

    Low: Look at discounts and at how many sit in the smallest plan; a better middle plan often moves them.
    High: Fewer, larger customers: watch how much one cancellation would take, and what the small ones think.
    Mind: It rises when small customers leave, which is no success; read it with the number of subscribers.
    Source: ChartMogul Help, Average Revenue Per Account (ARPA)
    """
    return divide(mrr, subscribers)
