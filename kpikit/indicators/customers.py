"""Customers: who buys, who is new, who comes back.

New and returning are told apart by each customer's first order in the whole history of the source, not in the period.
"""

from typing import Any

from kpikit.indicators.framework import HIGHER, NEITHER, indicator
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY, RATIO, SHARE

METRICS = {
    "customers": N_("customers"),
    "new_customers": N_("new customers"),
    "repeat_customers": N_("customers with two or more orders"),
    "revenue": N_("revenue"),
    "known_revenue": N_("revenue from known customers"),
    "known_orders": N_("orders of known customers"),
}
"""What the metrics of this domain are called in a formula."""


@indicator(label=N_("Customers"), unit=COUNT, better=HIGHER, synonyms=("active customers", "buyers"))
def customers(customers: Any) -> Any:
    """Number of different known customers who ordered in the period."""
    return customers


@indicator(label=N_("New customers"), unit=COUNT, better=HIGHER)
def new_customers(new_customers: Any) -> Any:
    """Number of known customers of this client whose first order lies in the period."""
    return new_customers


@indicator(label=N_("Returning customers"), unit=COUNT, better=HIGHER)
def returning_customers(customers: Any, new_customers: Any) -> Any:
    """Number of known customers of the period who had ordered before it."""
    return customers - new_customers


@indicator(label=N_("Returning customer rate"), unit=SHARE, better=HIGHER)
def returning_customer_rate(customers: Any, new_customers: Any) -> Any:
    """Share of the period's known customers who had ordered before it."""
    return divide(returning_customers(customers, new_customers), customers)


@indicator(label=N_("Repeat purchase rate"), unit=SHARE, better=HIGHER, synonyms=("repeat rate",))
def repeat_purchase_rate(repeat_customers: Any, customers: Any) -> Any:
    """Share of the period's known customers who ordered at least twice in the period."""
    return divide(repeat_customers, customers)


@indicator(
    label=N_("Average spend per customer"),
    unit=MONEY,
    better=HIGHER,
    note=N_(
        "Only orders of known customers count, above and below the line: "
        "an order without a customer number is left out."
    ),
)
def average_spend_per_customer(known_revenue: Any, customers: Any) -> Any:
    """Revenue from known customers, per known customer of the period."""
    return divide(known_revenue, customers)


@indicator(label=N_("Purchase frequency"), unit=RATIO, better=HIGHER)
def purchase_frequency(known_orders: Any, customers: Any) -> Any:
    """Orders of known customers, per known customer of the period."""
    return divide(known_orders, customers)


@indicator(label=N_("Share of revenue from known customers"), unit=SHARE, better=NEITHER)
def known_customer_share(known_revenue: Any, revenue: Any) -> Any:
    """Share of the revenue that comes from orders with a customer number."""
    return divide(known_revenue, revenue)
