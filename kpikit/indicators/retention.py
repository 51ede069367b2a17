"""Retention: how many of the customers at the start stay, how many leave, and why.

For customers who can be said to leave: with a contract, a membership, or after a silence of an agreed length.
"""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, NEITHER, Use, indicator
from kpikit.indicators.inputs import share
from kpikit.words.texts import N_
from kpikit.words.units import SHARE

METRICS = {
    "starting_customers": N_("customers at the start"),
    "lost_customers": N_("customers lost"),
    "customers_lost_for_reason": N_("customers lost for the reason"),
}
"""What the metrics of this domain are called in a formula."""


@indicator(
    label=N_("Churn rate"),
    unit=SHARE,
    better=LOWER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="customer churn, churn, logo churn, attrition",
    da="churn rate, kundefrafald, frafaldsrate, frafald, tabte kunder, mistede kunder",
    nb="churn rate, kundeavgang, frafallsrate, frafall, tapte kunder, mistede kunder",
)
def churn_rate(lost_customers: Any, starting_customers: Any) -> Any:
    """Share of the customers at the start of the period who left during it.

    Low: Customers stay. Find out whether they stay from joy or for the term of the contract, before a rival asks.
    High: Ask each one who leaves for one reason, and look at the use in the last month before: it fell first.
    Mind: Without a contract nobody says goodbye; then it depends on after how long a silence one counts as lost. The
        section on customers judges each silence by the customer's own pace.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 5, Customers, Recency, and Retention (contractual
    situations)
    """
    return share(lost_customers, starting_customers)


@indicator(
    label=N_("Customer retention rate"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="retention, customer retention, customer loyalty rate, loyalty rate",
    da="kundefastholdelse, loyalitetsrate, kundeloyalitet, fastholdelse, fastholdelsesrate",
    nb="kundelojalitet, lojalitetsrate, kundebevaring, gjenværende kunder",
    identities=("1 - retention.churn_rate",),
)
def retention_rate(starting_customers: Any, lost_customers: Any) -> Any:
    """Share of the customers at the start of the period who are still customers at its end.

    Low: Compare by month of joining: if the new ones leave, work on the welcome; if old ones do, on the product.
    High: Loyal customers recommend: make it easy, and let them hear of news before all others.
    Mind: New customers of the period are left out on both sides; else growth would look like loyalty. The section on
        customers follows them by month of first purchase (cohorts).
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 5, Customers, Recency, and Retention (retention rate)
    """
    return share(starting_customers - lost_customers, starting_customers)


@indicator(
    label=N_("Share of a reason for churn"),
    unit=SHARE,
    better=NEITHER,
    usual=Use("PI", "department", "leading"),
    synonyms="reasons for churn, churn by reason",
    da="årsager til frafald, frafald efter årsag",
    nb="årsaker til frafall, frafall etter årsak",
)
def churn_reason_share(customers_lost_for_reason: Any, lost_customers: Any) -> Any:
    """Share of the lost customers who left for one reason, such as price, service, or no more need.

    Low: A small reason can wait, unless it takes the largest customers; look at its amount as well.
    High: Give this reason an owner and a date, and see whether its share is smaller in the next quarter.
    Mind: "Too expensive" is the polite answer. Call some of them; many mean that they did not use it.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 5, Customers, Recency, and Retention (churn, by its
    reason)
    """
    return share(customers_lost_for_reason, lost_customers)
