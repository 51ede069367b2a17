"""Monthly recurring revenue (MRR), and its movements from one level to the next.

The movements are positive amounts: what expanded, what contracted, what was cancelled. They add up: the recurring
revenue at the start, with them, is that at the end.
"""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, Use, indicator
from kpikit.indicators.inputs import Amount
from kpikit.words.texts import N_
from kpikit.words.units import MONEY

METRICS = {
    "mrr": Amount(N_("monthly recurring revenue"), lowest=0),
    "starting_mrr": Amount(N_("recurring revenue at the start"), lowest=0),
    "new_mrr": Amount(N_("new recurring revenue"), lowest=0),
    "expansion_mrr": Amount(N_("recurring revenue from expansion"), lowest=0),
    "reactivated_mrr": Amount(N_("reactivated recurring revenue"), lowest=0),
    "contraction_mrr": Amount(N_("recurring revenue lost by contraction"), lowest=0),
    "churned_mrr": Amount(N_("cancelled recurring revenue"), lowest=0),
}
"""What the metrics of these indicators are called in a formula."""


@indicator(
    label=N_("Monthly recurring revenue"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("KPI", "organisation", "leading"),
    synonyms="MRR, recurring revenue",
    da="MRR-niveau, månedlig tilbagevendende omsætning",
    nb="MRR-nivå, månedlige gjentakende inntekter",
    moved_by="net_new_mrr",
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
    Source: ChartMogul Help, Understanding MRR movements
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
