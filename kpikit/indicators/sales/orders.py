"""What was ordered, and what it was worth."""

from typing import Any

from kpikit.indicators.framework import HIGHER, NEITHER, Use, indicator
from kpikit.indicators.inputs import Amount
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY, RATIO, SHARE

METRICS = {
    "revenue": Amount(N_("revenue")),
    "orders": N_("orders"),
    "order_lines": N_("order lines"),
    "units": N_("units"),
    "cancelled_value": Amount(N_("cancelled value"), lowest=0),
}
"""What the metrics of these indicators are called in a formula."""


@indicator(
    label=N_("Revenue"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="turnover, sales, monthly revenue",
    da="omsætning, salg, indtægter, årsomsætning, månedsomsætning",
    nb="omsetning, salg, inntekter, årsomsetning, månedsomsetning",
    identities=(
        "sales.orders * sales.average_order_value",
        "web.visitors * web.purchase_rate * sales.average_order_value",
        "sales.units * sales.average_price_per_unit",
    ),
)
def revenue(revenue: Any) -> Any:
    """Value of the orders invoiced in the period, before cancellations.

    Low: Fewer orders, or smaller ones: the two ask for different things, so look at orders and at average order value
        before choosing between more traffic and better baskets.
    High: Check that it is earned and not bought: discounts, a single large order or a price rise also raise it.
    Mind: Gross or net of returns, with or without VAT and freight: compare only figures with the same definition.
    Source: IFRS 15, Revenue from Contracts with Customers, section Measurement
    """
    return revenue


@indicator(
    label=N_("Revenue growth"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    change="same_period_last_year",
    synonyms="sales growth, year-over-year growth",
    da="omsætningsvækst, vækst i omsætningen, salgsvækst, vækst i salget",
    nb="omsetningsvekst, salgsvekst, vekst i omsetningen, vekst i salget",
)
def revenue_growth(revenue: Any) -> Any:
    """Change in revenue against the same period last year.

    Low: Find out whether the market, the number of customers or their spending stands still; each has its own remedy.
    High: See which customers, products and channels carry the growth, and whether last year was unusually weak.
    Mind: Easter, campaigns and the number of weekends move between the years; a base near zero makes any growth huge.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 4, Growth: Percentage and CAGR
    """
    return revenue


@indicator(
    label=N_("Net revenue"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="net sales",
    da="nettoomsætning",
    nb="netto omsetning",
    identities=("sales.revenue - sales.cancelled_value",),
)
def net_revenue(revenue: Any, cancelled_value: Any) -> Any:
    """Revenue less the value of the cancellations booked in the same period.

    Low: Compare with gross revenue: if the gap widens, look for late deliveries, wrong descriptions or wrong sizes.
    High: Sales that stay sold. Keep the mix of products and channels that brought them, and plan stock for it.
    Mind: Cancellations are booked when they happen, so a strong month may pay for itself with a weak next one.
    Source: IFRS 15, Revenue from Contracts with Customers, section Variable consideration
    """
    return revenue - cancelled_value


@indicator(
    label=N_("Orders"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="number of sales, transactions, purchases",
    da="antal salg, antal ordrer, transaktioner",
    nb="antall salg, antall ordrer, antall bestillinger",
)
def orders(orders: Any) -> Any:
    """Number of orders invoiced in the period; cancellations are not orders.

    Low: Look one step back: fewer visitors or leads, or the same number that buy less often? Fix the step that broke.
    High: Check that delivery and service keep up, and that the orders are not merely split into smaller ones.
    Mind: One purchase delivered in parts can become several invoices, and so several orders.
    Source: Google Content API for Shopping, Metrics (orders)
    """
    return orders


@indicator(
    label=N_("Average order value"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="AOV, average transaction value, basket value",
    da=(
        "gennemsnitligt køb, gennemsnitlig kurv, kurvstørrelse, gennemsnitlig transaktionsværdi, snitordre, "
        "gennemsnitsordre, ordreværdi"
    ),
    nb="transaksjonsverdi, gjennomsnittlig handlekurv, snittordre, snittkjøp, ordreverdi",
    identities=("sales.units_per_order * sales.average_price_per_unit",),
)
def average_order_value(revenue: Any, orders: Any) -> Any:
    """Revenue per order.

    Low: Try related products at the basket, bundles, or free delivery from an amount a little above today's average.
    High: See whether it is price, quantity or a few wholesale orders; only the first two can be repeated.
    Mind: An average is drawn by a few large orders; look at the median beside it.
    Source: Google Content API for Shopping, Metrics (average order value)
    """
    return divide(revenue, orders)


@indicator(
    label=N_("Units sold"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "department", "lagging"),
    synonyms="unit sales, volume, quantity sold",
    da="solgte stk., afsætning, salgsvolumen",
    nb="salgsvolum, avsetning",
    identities=("sales.orders * sales.units_per_order",),
)
def units(units: Any) -> Any:
    """Number of units in the orders of the period.

    Low: Check stock first: what was sold out cannot be sold. Then price and visibility of the largest products.
    High: Warn purchasing and the warehouse, and see whether a campaign only moved purchases forward in time.
    Mind: A box of twelve may count as one or as twelve; units of different products add up only as far as they compare.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 2, Market Share (unit sales)
    """
    return units


@indicator(
    label=N_("Units per order"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="UPT, units per transaction, basket size",
    da="varer pr. køb, stk. pr. ordre",
    nb="varer per kjøp, varer per handlekurv",
)
def units_per_order(units: Any, orders: Any) -> Any:
    """Average number of units in an order.

    Low: Offer quantity prices or packs, and show how many of a product others usually take.
    High: See whether private customers buy more, or resellers came in, who need other terms and other service.
    Mind: A change from single items to packs alters it although nobody buys more or less.
    Source: Google Content API for Shopping, Metrics (average order size)
    """
    return divide(units, orders)


@indicator(
    label=N_("Lines per order"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="order lines per order, items per basket",
    da="ordrelinjer pr. ordre, bredde i kurven",
    nb="ordrelinjer per ordre, bredde i handlekurven",
)
def lines_per_order(order_lines: Any, orders: Any) -> Any:
    """Average number of invoice lines in an order: how broadly the range is bought.

    Low: Customers fetch one thing and leave: recommend what goes with it on the product page and in the basket.
    High: Customers combine many products. Learn the usual combinations, and offer them as sets.
    Mind: Freight, fees and discounts may be invoice lines of their own; leave them out of the count.
    Source: DDI System Support, Review the average number of line items per invoice by month: Lines/Inv
    """
    return divide(order_lines, orders)


@indicator(
    label=N_("Average price per unit"),
    unit=MONEY,
    better=NEITHER,
    usual=Use("PI", "department", "lagging"),
    synonyms="average selling price, ASP",
    da="gennemsnitspris, gennemsnitlig salgspris, stykpris",
    nb="gjennomsnittspris, gjennomsnittlig salgspris, stykkpris",
)
def average_price_per_unit(revenue: Any, units: Any) -> Any:
    """Revenue per unit sold.

    Low: Discounts or a move to cheaper products; compare the same products over time to tell them apart.
    High: A price rise or dearer products. Watch the number of units: it shows whether customers accept the price.
    Mind: It changes with the mix of products even when no price does.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 3, Average Price per Unit and Price per Statistical Unit
    """
    return divide(revenue, units)
