"""What is left of the revenue, and what was planned."""

import math
from typing import Any

from kpikit.indicators.framework import HIGHER, INSIDE, LOWER, Use, indicator
from kpikit.indicators.inputs import Amount
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import MONEY, SHARE

METRICS = {
    "revenue": Amount(N_("revenue")),
    "cost_of_goods_sold": Amount(N_("cost of goods sold"), lowest=0),
    "variable_costs": Amount(N_("variable costs"), lowest=0),
    "operating_costs": Amount(N_("operating costs"), lowest=0),
    "budgeted_operating_costs": Amount(N_("budgeted operating costs"), lowest=0),
    "net_profit": Amount(N_("net profit")),
}
"""What the metrics of these indicators are called in a formula."""


@indicator(
    label=N_("Gross margin"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="gross profit margin, gross margin ratio",
    da="bruttomargin, bruttoavance i procent, avance, avanceprocent, bruttoavance",
    nb="bruttofortjeneste i prosent, bruttofortjenestemargin, bruttofortjeneste, avanse",
    between=(-math.inf, 1),
)
def gross_margin(revenue: Any, cost_of_goods_sold: Any) -> Any:
    """What is left of the revenue after the cost of the goods sold, as a share of it.

    Low: Compare purchase prices, discounts and the mix of goods with last year; the three have three different owners.
    High: Room for service, marketing or a lower price; see that customers do not leave because of it.
    Mind: Whether freight, wages in production and shrinkage belong to the goods differs from house to house.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 3, Margins
    """
    return divide(revenue - cost_of_goods_sold, revenue)


@indicator(
    label=N_("Contribution margin ratio"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="contribution margin, contribution ratio",
    da="dækningsgrad, dækningsbidrag i procent",
    nb="dekningsgrad, dekningsbidrag i prosent",
    between=(-math.inf, 1),
)
def contribution_margin(revenue: Any, variable_costs: Any) -> Any:
    """What is left of the revenue after all costs that follow the volume, as a share of it.

    Low: Each further sale helps little: raise prices where few compare, or bring down freight, fees and commission.
    High: Growth pays: one divided by it is the return that advertising needs to break even.
    Mind: What is variable depends on the time frame: in a month wages are fixed, in a year few costs are.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 3, Break-Even Analysis and Contribution Analysis
    """
    return divide(revenue - variable_costs, revenue)


@indicator(
    label=N_("Operating costs"),
    unit=MONEY,
    better=LOWER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="operating expenses, OPEX, running costs",
    da="driftsomkostninger, driftsudgifter, kapacitetsomkostninger, omkostninger",
    nb="driftskostnader, driftsutgifter, kostnader",
    identities=("sales.revenue * finance.operating_cost_ratio",),
)
def operating_costs(operating_costs: Any) -> Any:
    """What it cost to run the business in the period, besides the goods sold.

    Low: Check that bills have arrived and that nothing was merely put off: maintenance and training come back.
    High: Sort by supplier and sign the list: subscriptions nobody uses, rent for space nobody needs, overtime.
    Mind: Yearly bills land in one month unless they are spread; compare with the same month last year.
    Source: IAS 1, Presentation of Financial Statements, paragraph 99 (analysis of expenses)
    """
    return operating_costs


@indicator(
    label=N_("Operating cost ratio"),
    unit=SHARE,
    better=LOWER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="operating expense ratio, OPEX ratio, operating costs as a share of revenue",
    da="omkostningsprocent, driftsomkostninger i procent af omsætningen",
    nb="kostnadsprosent, driftskostnader i prosent av omsetningen",
    identities=("finance.gross_margin - finance.operating_margin",),
)
def operating_cost_ratio(operating_costs: Any, revenue: Any) -> Any:
    """Operating costs per unit of revenue.

    Low: The house carries more sales with the same costs; ask staff whether it is skill or exhaustion.
    High: Costs grew faster than sales. Fixed ones need more sales or a decision, variable ones a better price.
    Mind: Passes 100% when sales stop and costs do not; in a seasonal business only a whole year tells.
    Source: Investopedia, Operating Ratio: operating expense by net sales
    """
    return divide(operating_costs, revenue)


@indicator(
    label=N_("Operating margin"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="operating profit margin, EBIT margin, return on sales",
    da="overskudsgrad, EBIT-margin, resultat af primær drift i procent",
    nb="driftsmargin, EBIT-margin i prosent, driftsresultat i prosent, resultatgrad",
    identities=("finance.gross_margin - finance.operating_cost_ratio",),
    between=(-math.inf, 1),
)
def operating_margin(revenue: Any, cost_of_goods_sold: Any, operating_costs: Any) -> Any:
    """Profit from running the business, before interest and tax, as a share of the revenue.

    Low: Gross margin or operating costs? Look at both against last year, and work on the one that moved.
    High: The business earns from its own work; decide how much of it goes into next year's growth.
    Mind: Depreciation belongs in the costs here; EBITDA leaves it out and looks better, above all with machines.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 10, Net Profit and Return on Sales (ROS)
    """
    return divide(revenue - cost_of_goods_sold - operating_costs, revenue)


@indicator(
    label=N_("Net profit margin"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="profit margin, net margin, profit ratio",
    da=(
        "fortjenstmargin, overskud i procent af omsætningen, overskudsgrad efter skat, overskud, "
        "nettooverskud i procent, lønsomhed"
    ),
    nb="fortjenestemargin, nettomargin, resultatmargin, overskudd, overskuddsgrad, lønnsomhet",
)
def net_margin(net_profit: Any, revenue: Any) -> Any:
    """What is left of the revenue after all costs, interest and tax, as a share of it.

    Low: Walk down from gross to operating to net margin, and stop where the gap to last year opens.
    High: Take out what will not come again, such as a sold building, before calling it the new normal.
    Mind: One-off entries and tax move it more than the work of a month does; judge the year.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 10, Net Profit and Return on Sales (ROS): net margin
    """
    return divide(net_profit, revenue)


@indicator(
    label=N_("Budget variance"),
    unit=MONEY,
    better=INSIDE,
    usual=Use("KPI", "department", "lagging"),
    synonyms="cost variance, deviation from budget",
    da="budgetafvigelse, afvigelse fra budgettet, budget",
    nb="budsjettavvik, avvik fra budsjettet, budsjett",
)
def budget_variance(operating_costs: Any, budgeted_operating_costs: Any) -> Any:
    """Operating costs less what was budgeted for them; above zero more was spent than planned.

    Low: Money left is not always saved: ask which planned work was not done, and when it will be.
    High: Split it into price and quantity: dearer than planned, or more than planned. Then decide who answers.
    Mind: Two large variances of opposite sign hide each other in the sum; look at each account.
    Source: Investopedia, Budget Variance: the difference between budgeted and actual figures
    """
    return operating_costs - budgeted_operating_costs


@indicator(
    label=N_("Budget variance in percent"),
    unit=SHARE,
    better=INSIDE,
    usual=Use("KPI", "department", "lagging"),
    synonyms="relative budget variance, budget variance percentage",
    da="budgetafvigelse i procent",
    nb="budsjettavvik i prosent",
)
def relative_budget_variance(operating_costs: Any, budgeted_operating_costs: Any) -> Any:
    """Operating costs above or below the budget, as a share of the budget.

    Low: Far below plan the budget was too wide or the work stands still; free the money for other work early.
    High: Agree on a limit, such as five percent, above which the owner explains and proposes a cut.
    Mind: On small accounts a single bill makes a large percentage; read the amount beside it.
    Source: Investopedia, Budget Variance: the difference between budgeted and actual figures (here by the budget)
    """
    return divide(operating_costs - budgeted_operating_costs, budgeted_operating_costs)
