"""What is taken off the sales again: cancellations, returns and discounts."""

from typing import Any

from kpikit.indicators.framework import LOWER, Use, indicator
from kpikit.indicators.inputs import Amount, share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY, SHARE

METRICS = {
    "revenue": Amount(N_("revenue")),
    "orders": N_("orders"),
    "cancellations": N_("cancellations"),
    "cancelled_value": Amount(N_("cancelled value"), lowest=0),
    "returned_orders": N_("returned orders"),
    "discounts": Amount(N_("discounts"), lowest=0),
}
"""What the metrics of these indicators are called in a formula."""


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
    Source: Amazon Seller Central Help, Cancellation Rate: cancelled orders
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
    Source: Amazon Seller Central Help, Cancellation Rate: cancelled orders as a percentage of total orders
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
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 8, Pass-Through and Price Waterfall
    """
    return share(discounts, revenue + discounts)
