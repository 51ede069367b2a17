"""Sales: what was ordered, what it was worth, and what was taken back."""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, NEITHER, indicator
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY, RATIO, SHARE

METRICS = {
    "revenue": N_("revenue"),
    "orders": N_("orders"),
    "order_lines": N_("order lines"),
    "units": N_("units"),
    "cancellations": N_("cancellations"),
    "cancelled_value": N_("cancelled value"),
}
"""What the metrics of this domain are called in a formula."""


@indicator(label=N_("Revenue"), unit=MONEY, better=HIGHER, synonyms=("turnover", "sales"))
def revenue(revenue: Any) -> Any:
    """Value of the orders invoiced in the period, before cancellations."""
    return revenue


@indicator(label=N_("Revenue growth"), unit=SHARE, better=HIGHER, change="same_period_last_year")
def revenue_growth(revenue: Any) -> Any:
    """Change in revenue against the same period last year."""
    return revenue


@indicator(label=N_("Net revenue"), unit=MONEY, better=HIGHER)
def net_revenue(revenue: Any, cancelled_value: Any) -> Any:
    """Revenue less the value of the cancellations booked in the same period."""
    return revenue - cancelled_value


@indicator(label=N_("Orders"), unit=COUNT, better=HIGHER, synonyms=("number of sales", "transactions"))
def orders(orders: Any) -> Any:
    """Number of orders invoiced in the period; cancellations are not orders."""
    return orders


@indicator(label=N_("Average order value"), unit=MONEY, better=HIGHER, synonyms=("AOV", "average transaction value"))
def average_order_value(revenue: Any, orders: Any) -> Any:
    """Revenue per order."""
    return divide(revenue, orders)


@indicator(label=N_("Units sold"), unit=COUNT, better=HIGHER)
def units(units: Any) -> Any:
    """Number of units in the orders of the period."""
    return units


@indicator(label=N_("Units per order"), unit=RATIO, better=HIGHER)
def units_per_order(units: Any, orders: Any) -> Any:
    """Average number of units in an order."""
    return divide(units, orders)


@indicator(label=N_("Lines per order"), unit=RATIO, better=HIGHER)
def lines_per_order(order_lines: Any, orders: Any) -> Any:
    """Average number of invoice lines in an order: how broadly the range is bought."""
    return divide(order_lines, orders)


@indicator(label=N_("Average price per unit"), unit=MONEY, better=NEITHER)
def average_price_per_unit(revenue: Any, units: Any) -> Any:
    """Revenue per unit sold."""
    return divide(revenue, units)


@indicator(label=N_("Cancellations"), unit=COUNT, better=LOWER)
def cancellations(cancellations: Any) -> Any:
    """Number of cancellation invoices booked in the period."""
    return cancellations


@indicator(label=N_("Cancelled value"), unit=MONEY, better=LOWER)
def cancelled_value(cancelled_value: Any) -> Any:
    """Value of the cancellations booked in the period, as a positive amount."""
    return cancelled_value


@indicator(
    label=N_("Cancellation rate"),
    unit=SHARE,
    better=LOWER,
    note=N_("A cancellation may belong to an order of an earlier period, so in small markets the rate can pass 100%."),
)
def cancellation_rate(cancellations: Any, orders: Any) -> Any:
    """Cancellation invoices booked in the period, per order of the period."""
    return divide(cancellations, orders)


@indicator(
    label=N_("Cancelled share of revenue"),
    unit=SHARE,
    better=LOWER,
    note=N_("A cancellation may belong to an order of an earlier period, so in small markets the rate can pass 100%."),
)
def cancelled_share(cancelled_value: Any, revenue: Any) -> Any:
    """Value of the cancellations booked in the period, as a share of its revenue."""
    return divide(cancelled_value, revenue)
