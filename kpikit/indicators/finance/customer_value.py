"""What a customer costs, brings and is worth."""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, Use, indicator
from kpikit.indicators.inputs import Amount, share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import MONEY, MONTHS, RATIO

METRICS = {
    "revenue": Amount(N_("revenue")),
    "cost_of_goods_sold": Amount(N_("cost of goods sold"), lowest=0),
    "acquisition_cost": Amount(N_("sales and marketing cost of new customers"), lowest=0),
    "new_customers": N_("new customers"),
    "customers": N_("customers"),
    "customer_months": N_("months of active customers"),
    "customers_at_start": N_("customers at the start"),
    "lost_customers": N_("customers lost"),
}
"""What the metrics of these indicators are called in a formula."""


@indicator(
    label=N_("Customer acquisition cost"),
    unit=MONEY,
    better=LOWER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="CAC, cost per new customer, average acquisition cost",
    da="kundeanskaffelsesomkostning, pris pr. ny kunde, omkostning pr. ny kunde",
    nb="kundeanskaffelseskostnad, pris per ny kunde, kostnad per ny kunde",
)
def customer_acquisition_cost(acquisition_cost: Any, new_customers: Any) -> Any:
    """What sales and marketing cost for each new customer.

    Low: Buy more growth while it is cheap, and watch whether the new customers stay as long as the old.
    High: Find the step that became dearer, the click, the lead or the sale, and compare the sources by it.
    Mind: With salaries and agencies, not media alone; and spending comes before the customer when sales take months.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 5, Acquisition Versus Retention Spending (average
    acquisition cost)
    """
    return divide(acquisition_cost, new_customers)


@indicator(
    label=N_("Average earnings per customer"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="gross profit per customer, customer profit, earnings per customer",
    da="gennemsnitlig indtjening pr. kunde, bruttofortjeneste pr. kunde, indtjening pr. kunde, indtjening",
    nb="gjennomsnittlig inntjening per kunde, bruttofortjeneste per kunde, inntjening per kunde, inntjening",
)
def average_earnings_per_customer(revenue: Any, cost_of_goods_sold: Any, customers: Any) -> Any:
    """Gross profit per customer of the period.

    Low: See whether customers buy less or buy what earns little; offer the second group something better.
    High: Find out who they are, and look for more like them instead of more of all.
    Mind: A few large customers carry the average; and revenue without a known customer inflates it.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 5, Customer Profit (average)
    """
    return divide(revenue - cost_of_goods_sold, customers)


@indicator(
    label=N_("Customer lifetime value"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="CLTV, CLV, LTV, customer lifetime value (simple)",
    da="kundelivstidsværdi, kundelevetidsværdi, kundens livstidsværdi, kundeværdi",
    nb="kundens livstidsverdi, kundelivstidsverdi, kundeverdi over tid, kundeverdi",
)
def customer_lifetime_value(
    revenue: Any, cost_of_goods_sold: Any, customers: Any, lost_customers: Any, customers_at_start: Any
) -> Any:
    """Earnings per customer, divided by the share of customers lost: what a customer earns before leaving.

    Low: Keep customers before winning more: half as many lost doubles it, which hardly any price rise can.
    High: You can pay more for a new customer than others; see that the newest ones stay like the old.
    Mind: The simple textbook form: no discounting, and as many lost each year as now. Nobody lost, no value. Without a
        contract, the section on customers gives the discounted value of their expected purchases.
    Source: Skok, SaaS Metrics 2.0, lifetime value (LTV): gross margin per customer divided by the churn rate
    """
    lost = share(lost_customers, customers_at_start)
    return divide(average_earnings_per_customer(revenue, cost_of_goods_sold, customers), lost)


@indicator(
    label=N_("Customer lifetime value per acquisition cost"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("KPI", "organisation", "leading"),
    synonyms="CLTV:CAC, LTV:CAC, CLTV to CAC ratio, LTV/CAC",
    da="kundelivstidsværdi i forhold til anskaffelsesomkostning",
    nb="kundens livstidsverdi i forhold til anskaffelseskostnad",
    identities=("finance.customer_lifetime_value / finance.customer_acquisition_cost",),
)
def lifetime_value_per_acquisition_cost(
    revenue: Any,
    cost_of_goods_sold: Any,
    customers: Any,
    lost_customers: Any,
    customers_at_start: Any,
    acquisition_cost: Any,
    new_customers: Any,
) -> Any:
    """How many times over a customer earns what it cost to win one.

    Low: Below one each new customer loses money; pause the dearest source before anything else.
    High: Above five or so you may be growing slower than you could; try spending more.
    Mind: The usual aim of three comes from software firms; take the values of one kind of customer at a time.
    Source: Skok, SaaS Metrics 2.0, LTV to CAC
    """
    value = customer_lifetime_value(revenue, cost_of_goods_sold, customers, lost_customers, customers_at_start)
    return divide(value, customer_acquisition_cost(acquisition_cost, new_customers))


@indicator(
    label=N_("Payback time of a new customer"),
    unit=MONTHS,
    better=LOWER,
    usual=Use("KPI", "organisation", "leading"),
    synonyms="payback time, CAC payback period, months to recover CAC",
    da="tilbagebetalingstid, tilbagebetalingstid for en ny kunde",
    nb="tilbakebetalingstid, nedbetalingstid for en ny kunde",
)
def payback_time(
    acquisition_cost: Any, new_customers: Any, revenue: Any, cost_of_goods_sold: Any, customer_months: Any
) -> Any:
    """Months until a new customer has earned what it cost to win one.

    Low: Growth pays for itself soon, and needs little capital; the limit is now elsewhere.
    High: Growth eats cash: ask for payment by the year, sell more at the start, or win customers more cheaply.
    Mind: Reckoned with the average customer's earnings; new ones often begin smaller, and some leave before.
    Source: Skok, SaaS Metrics 2.0, months to recover CAC
    """
    monthly = divide(revenue - cost_of_goods_sold, customer_months)
    return divide(customer_acquisition_cost(acquisition_cost, new_customers), monthly)
