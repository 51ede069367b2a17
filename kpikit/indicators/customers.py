"""Customers: who buys, who is new, who comes back.

New and returning are told apart by each customer's first order in the whole history of the source, not in the period.
"""

import math
from typing import Any

from kpikit.indicators.framework import HIGHER, NEITHER, Use, indicator
from kpikit.indicators.inputs import Amount, share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY, RATIO, SHARE

METRICS = {
    "customers": N_("customers"),
    "new_customers": N_("new customers"),
    "repeat_customers": N_("customers with two or more orders"),
    "revenue": Amount(N_("revenue")),
    "known_revenue": Amount(N_("revenue from known customers")),
    "known_orders": N_("orders of known customers"),
}
"""What the metrics of this domain are called in a formula."""


@indicator(
    label=N_("Customers"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="active customers, buyers",
    da="aktive kunder, købere, kunder",
    nb="aktive kunder, kjøpere, kunder",
    identities=("customers.new_customers + customers.returning_customers",),
)
def customers(customers: Any) -> Any:
    """Number of different known customers who ordered in the period.

    Low: See whether new customers fail to come or old ones to return; advertising helps the first, service the second.
    High: The base grows. Learn who the customers are and what they bought first, before the campaign is forgotten.
    Mind: Unique customers are counted anew for each period: months do not add up to a year.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 5, Customers, Recency, and Retention
    """
    return customers


@indicator(
    label=N_("New customers"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("KPI", "department", "leading"),
    synonyms="customers acquired, first-time buyers, new customers per month",
    da="nye kunder pr. måned, førstegangskøbere",
    nb="nye kunder per måned, førstegangskjøpere",
)
def new_customers(new_customers: Any) -> Any:
    """Number of known customers of this client whose first order lies in the period.

    Low: Follow the way in: reach, visits, leads, first order. Put the effort where the largest share is lost.
    High: Welcome them while they remember you: a second order within weeks decides whether they stay.
    Mind: At the beginning of the data everybody looks new; those periods are marked and not judged.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 5, Acquisition Versus Retention Spending
    """
    return new_customers


@indicator(
    label=N_("Returning customers"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "department", "lagging"),
    synonyms="existing customers who buy, how many buy again",
    da="tilbagevendende kunder, kunder der køber igen",
    nb="tilbakevendende kunder, kunder som kjøper igjen",
    between=(0, math.inf),
)
def returning_customers(customers: Any, new_customers: Any) -> Any:
    """Number of known customers of the period who had ordered before it.

    Low: Remind them: refills, what goes with the last purchase, a reason to come back. Ask those who stayed away why.
    High: Loyal buyers carry the period. Thank them, and see whether they come for offers or by themselves.
    Mind: Somebody who buys twice in the first period is new there, and returns only in the next.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 5, Customers, Recency, and Retention
    """
    return customers - new_customers


@indicator(
    label=N_("Returning customer rate"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="share of returning customers",
    da="andel tilbagevendende kunder, genkøbsandel",
    nb="andel tilbakevendende kunder, gjenkjøpsandel",
)
def returning_customer_rate(customers: Any, new_customers: Any) -> Any:
    """Share of the period's known customers who had ordered before it.

    Low: Sales rest on customers who must be paid for again and again; work on the second order before the first.
    High: Stable, but see that enough new customers come in: without them the base shrinks unseen.
    Mind: It falls when a campaign brings many new customers, which is no bad news; read both numbers.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 5, Customers, Recency, and Retention
    """
    return share(returning_customers(customers, new_customers), customers)


@indicator(
    label=N_("Repeat purchase rate"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="repeat rate, repurchase rate",
    da="genkøbsrate, genkøbsprocent",
    nb="gjenkjøpsrate, gjenkjøpsprosent",
)
def repeat_purchase_rate(repeat_customers: Any, customers: Any) -> Any:
    """Share of the period's known customers who ordered at least twice in the period.

    Low: Shorten the way to the next order: a reminder when the product runs out, a subscription, a follow-up mail.
    High: The range is part of people's habits; test whether they also take a wider choice or a larger pack.
    Mind: The longer the period, the higher the rate: compare months with months and years with years.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 4, Trial, Repeat, Penetration, and Volume Projections
    """
    return share(repeat_customers, customers)


@indicator(
    label=N_("Average spend per customer"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="revenue per customer, spend per customer, ARPC",
    da="gennemsnitligt kundeforbrug, omsætning pr. kunde, forbrug pr. kunde",
    nb="kjøp per kunde, omsetning per kunde, gjennomsnittlig kundeforbruk",
)
def average_spend_per_customer(known_revenue: Any, customers: Any) -> Any:
    """Revenue from known customers, per known customer of the period.

    Low: Find out whether they buy seldom or buy small: reminders raise the first, sets and advice the second.
    High: Look at how it is spread: often a tenth of the customers spend half, and deserve service of their own.
    Mind: Only orders of known customers count, above and below the line: an order without a customer number is left
        out.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 5, Customer Profit
    """
    return divide(known_revenue, customers)


@indicator(
    label=N_("Purchase frequency"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="orders per customer, buying frequency",
    da="købsfrekvens, ordrer pr. kunde",
    nb="kjøpsfrekvens, ordrer per kunde",
    between=(1, math.inf),
)
def purchase_frequency(known_orders: Any, customers: Any) -> Any:
    """Orders of known customers, per known customer of the period.

    Low: Give a reason to return before the next planned purchase: news, seasons, small refills.
    High: Check the cost of delivery: many small orders can earn less than a few large ones.
    Mind: Those who bought nothing are not counted, so it is never below one, and rises when rare buyers leave. Together
        with recency and spend (RFM) it is in the analysis of customers.
    Source: Klipfolio, Metrics: Average Purchase Frequency, Average Purchase Frequency Formula
    """
    return divide(known_orders, customers)


@indicator(
    label=N_("Share of revenue from known customers"),
    unit=SHARE,
    better=NEITHER,
    usual=Use("PI", "department", "leading"),
    synonyms="identified revenue, known customer share",
    da="andel af omsætningen fra kendte kunder",
    nb="andel av omsetningen fra kjente kunder",
)
def known_customer_share(known_revenue: Any, revenue: Any) -> Any:
    """Share of the revenue that comes from orders with a customer number.

    Low: Much is bought by guests; give them a fair reason to register, for all customer figures rest on the others.
    High: Nearly all sales can be followed to a customer, so loyalty figures speak for the whole shop.
    Mind: A new checkout or a new cash register can change it from one day to the next, without any customer changing.
    Source: ProLogic Retail Services, Shopper Activity Metrics: sales on the card
    """
    return share(known_revenue, revenue)
