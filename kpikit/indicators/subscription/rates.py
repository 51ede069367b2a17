"""How well recurring revenue is kept and grows, and what a subscriber brings."""

import math
from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, Use, indicator
from kpikit.indicators.inputs import share
from kpikit.indicators.subscription.movements import METRICS as MOVEMENTS
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY, RATIO, SHARE

METRICS = MOVEMENTS | {"subscribers": N_("subscribers")}
"""What the metrics of these indicators are called in a formula."""


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
    Source: ChartMogul Help, Net MRR Churn Rate (there less reactivated MRR as well)
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
