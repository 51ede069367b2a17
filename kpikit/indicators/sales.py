"""Sales: what was ordered, what it was worth, and what was taken back."""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, NEITHER, Use, indicator
from kpikit.indicators.inputs import Amount, share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY, RATIO, SHARE

METRICS = {
    "revenue": Amount(N_("revenue")),
    "orders": N_("orders"),
    "order_lines": N_("order lines"),
    "units": N_("units"),
    "cancellations": N_("cancellations"),
    "cancelled_value": Amount(N_("cancelled value"), lowest=0),
    "returned_orders": N_("returned orders"),
    "discounts": Amount(N_("discounts"), lowest=0),
}
"""What the metrics of this domain are called in a formula."""


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
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 4, Growth: Percentage and CAGR
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
    Source: Google Merchant API, Content API for Shopping: Metrics (orders)
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
    Source: Google Merchant API, Content API for Shopping: Metrics (average order value)
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
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 2, Market Share (unit sales)
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
    Source: Google Merchant API, Content API for Shopping: Metrics (average order size)
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
    Source: Frazelle, World-Class Warehousing and Material Handling, Warehouse Activity Profiling: Lines per Order
    Distribution
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
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 3, Average Price per Unit and Price per Statistical Unit
    """
    return divide(revenue, units)


@indicator(
    label=N_("Cancellations"),
    unit=COUNT,
    better=LOWER,
    usual=Use("PI", "department", "lagging"),
    synonyms="cancelled orders, number of returns",
    da="annulleringer, annullerede ordrer",
    nb="kanselleringer, kansellerte ordrer",
)
def cancellations(cancellations: Any) -> Any:
    """Number of cancellation invoices booked in the period.

    Low: Good, if returning is as easy as before; a form nobody finds also gives few cancellations.
    High: Sort them by reason and product: one wrong picture or one late carrier often explains most of them.
    Mind: The number follows the number of orders; the cancellation rate tells whether it is truly worse.
    Source: Amazon Seller Central, Monitor your account health: Cancellation Rate (cancelled orders)
    """
    return cancellations


@indicator(
    label=N_("Cancelled value"),
    unit=MONEY,
    better=LOWER,
    usual=Use("PI", "department", "lagging"),
    synonyms="value of returns, refunds",
    da="annulleret beløb, returneret beløb, refunderet beløb",
    nb="kansellert beløp, returnert beløp, refundert beløp",
)
def cancelled_value(cancelled_value: Any) -> Any:
    """Value of the cancellations booked in the period, as a positive amount.

    Low: Little is taken back. See which products were improved, and do the same for those that are still returned.
    High: Look at the few largest first: one cancelled wholesale order weighs as much as hundreds of parcels.
    Mind: Refunds of freight and goodwill payments may be booked in the same place.
    Source: IFRS 15, Revenue from Contracts with Customers, section Refund liabilities
    """
    return cancelled_value


@indicator(
    label=N_("Cancellation rate"),
    unit=SHARE,
    better=LOWER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="share of cancelled orders",
    da="annulleringsrate, annulleringsprocent",
    nb="kanselleringsrate, kanselleringsprosent",
)
def cancellation_rate(cancellations: Any, orders: Any) -> Any:
    """Cancellation invoices booked in the period, per order of the period.

    Low: Descriptions and deliveries keep what they promise; use them as the pattern for other products.
    High: Ask for the reason at each cancellation, mend the three most frequent, and measure again.
    Mind: A cancellation may belong to an order of an earlier period, so in small markets the rate can pass 100%.
    Source: Amazon Seller Central, Monitor your account health: Cancellation Rate
    """
    return divide(cancellations, orders)


@indicator(
    label=N_("Cancelled share of revenue"),
    unit=SHARE,
    better=LOWER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="refund rate, value return rate",
    da="andel af omsætningen der annulleres, refusionsandel",
    nb="andel av omsetningen som kanselleres, refusjonsandel",
)
def cancelled_share(cancelled_value: Any, revenue: Any) -> Any:
    """Value of the cancellations booked in the period, as a share of its revenue.

    Low: Returns cost little of what is sold; there may be room for easier returns, which sell more.
    High: If the share of value is above the share of orders, dear products come back: improve their descriptions.
    Mind: Cancellations come later than the sales they belong to, so after a strong season the share can pass 100%.
    Source: IFRS 15, Revenue from Contracts with Customers, section Sale with a right of return
    """
    return divide(cancelled_value, revenue)


@indicator(
    label=N_("Return rate"),
    unit=SHARE,
    better=LOWER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="share of returned orders",
    da="returprocent, returrate, andel returnerede ordrer, retur",
    nb="returandel, returrate, andel returnerte ordrer, retur",
)
def return_rate(returned_orders: Any, orders: Any) -> Any:
    """Share of the period's orders that came back, wholly or in part.

    Low: Customers get what they expected. Say so: an easy and seldom used return is a good argument to buy.
    High: Ask for the reason in the return form; sizes, colours and breakage each have another department to mend them.
    Mind: Orders of the last weeks can still come back; judge a month only when its time for returns is over.
    Source: IFRS 15, Revenue from Contracts with Customers, section Sale with a right of return (refund liability)
    """
    return share(returned_orders, orders)


@indicator(
    label=N_("Discount rate"),
    unit=SHARE,
    better=LOWER,
    usual=Use("PI", "department", "leading"),
    synonyms="share given as discount, average discount",
    da="rabatprocent, gennemsnitlig rabat",
    nb="rabattprosent, gjennomsnittlig rabatt",
)
def discount_rate(discounts: Any, revenue: Any) -> Any:
    """Discounts as a share of what the orders would have cost without them.

    Low: Prices hold. Test a small rise on products that are hard to compare.
    High: See who gives the discounts and to whom; ask for something in return: volume, a term, a reference.
    Mind: Permanently reduced prices are no discount any more, though the till may book them as one.
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 8, Price Waterfall
    """
    return share(discounts, revenue + discounts)
