"""When the money comes in, and what investments bring back."""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, Use, indicator
from kpikit.indicators.inputs import Amount
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import DAYS, RATIO, SHARE

METRICS = {
    "operating_profit": Amount(N_("operating profit")),
    "operating_cash_flow": Amount(N_("cash flow from operations")),
    "stock_days": N_("days in stock"),
    "receivable_days": N_("days until customers pay"),
    "payable_days": N_("days until suppliers are paid"),
    "investment_income": Amount(N_("income from the investment")),
    "investment_cost": Amount(N_("cost of the investment"), lowest=0),
}
"""What the metrics of these indicators are called in a formula."""


@indicator(
    label=N_("Cash conversion"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="cash conversion ratio, cash conversion rate",
    da="cash conversion i procent, andel af driftsresultatet der bliver til penge, likviditet, likviditet fra driften",
    nb="kontantkonvertering, andel av driftsresultatet som blir til penger, likviditet, likviditet fra driften",
)
def cash_conversion(operating_cash_flow: Any, operating_profit: Any) -> Any:
    """Cash flow from operations per unit of operating profit: how much of the profit became money.

    Low: Profit stands in stock and unpaid invoices: send invoices the same day, remind earlier, buy in smaller lots.
    High: Money comes in as fast as it is earned; see that suppliers are not simply paid late.
    Mind: Passes 100% where customers pay in advance or depreciation is large; with a loss it means nothing.
    Source: IAS 7, Statement of Cash Flows, section Operating activities
    """
    return divide(operating_cash_flow, operating_profit)


@indicator(
    label=N_("Cash conversion cycle"),
    unit=DAYS,
    better=LOWER,
    usual=Use("KPI", "organisation", "leading"),
    synonyms="CCC, cash cycle, net operating cycle",
    da="pengebindingstid, kapitalbinding i dage",
    nb="kapitalbindingstid, kontantsyklus",
)
def cash_conversion_cycle(stock_days: Any, receivable_days: Any, payable_days: Any) -> Any:
    """Days from paying for goods until customers have paid for them.

    Low: Below zero customers and suppliers finance the growth; keep it, but do not live off suppliers' patience.
    High: Take the longest of the three: clear slow stock, shorten terms for customers, agree on longer ones to pay.
    Mind: Taken on the balance day, it looks best after the season; use averages over the year.
    Source: Brealey, Myers and Allen, Principles of Corporate Finance, chapter Working Capital Management
    """
    return stock_days + receivable_days - payable_days


@indicator(
    label=N_("Return on investment"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="ROI, return on an investment",
    da="investeringsafkast, afkast af investeringen",
    nb="avkastning på investering, investeringsavkastning",
    identities=("finance.return_ratio - 1",),
)
def return_on_investment(investment_income: Any, investment_cost: Any) -> Any:
    """What an investment brought above its cost, as a share of the cost.

    Low: Ask when it should pay back: what is late needs patience, what was overestimated needs an end.
    High: See what made it work before repeating it: the idea, the timing or one customer.
    Mind: Says nothing about time: 30% in one year and in five are two things. Some write income per cost instead.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 10, Return on Investment (ROI)
    """
    return divide(investment_income - investment_cost, investment_cost)


@indicator(
    label=N_("Return ratio of an investment"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="income per cost, ROI as income per cost, benefit-cost ratio",
    da="indtjening pr. investeret krone, indtjening i forhold til omkostninger",
    nb="inntekt per investert krone, inntekt i forhold til kostnad",
    variant_of="return_on_investment",
    identities=("finance.return_on_investment + 1",),
)
def return_ratio(investment_income: Any, investment_cost: Any) -> Any:
    """Income from an investment per unit of its cost; some sources call this ROI.

    Low: Below one the money is not back yet; say by which month it should be, and check then.
    High: Above one it pays; compare with what the same money would have brought elsewhere.
    Mind: One higher than the ROI: a ratio of 1.2 is an ROI of 20%, and not of 120%.
    Source: HM Treasury, Green Book Review 2020: Findings and response, chapter 1 (benefit cost ratio)
    """
    return divide(investment_income, investment_cost)
