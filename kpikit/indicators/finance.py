"""Finance: what is left of the revenue, what a customer costs and brings, and how the figures stand to the budget."""

from typing import Any

from kpikit.indicators.framework import HIGHER, INSIDE, LOWER, Use, indicator
from kpikit.indicators.inputs import Amount, share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import DAYS, MONEY, MONTHS, RATIO, SHARE

METRICS = {
    "revenue": Amount(N_("revenue")),
    "cost_of_goods_sold": Amount(N_("cost of goods sold")),
    "variable_costs": Amount(N_("variable costs")),
    "operating_costs": Amount(N_("operating costs")),
    "budgeted_operating_costs": Amount(N_("budgeted operating costs")),
    "operating_profit": Amount(N_("operating profit")),
    "net_profit": Amount(N_("net profit")),
    "operating_cash_flow": Amount(N_("cash flow from operations")),
    "stock_days": N_("days in stock"),
    "receivable_days": N_("days until customers pay"),
    "payable_days": N_("days until suppliers are paid"),
    "investment_income": Amount(N_("income from the investment")),
    "investment_cost": Amount(N_("cost of the investment")),
    "acquisition_cost": Amount(N_("sales and marketing cost of new customers")),
    "new_customers": N_("new customers"),
    "customers": N_("customers"),
    "customer_months": N_("months of active customers"),
    "customers_at_start": N_("customers at the start"),
    "lost_customers": N_("customers lost"),
}
"""What the metrics of this domain are called in a formula."""


@indicator(
    label=N_("Gross margin"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="gross profit margin, gross margin ratio",
    da="bruttomargin, bruttoavance i procent",
    nb="bruttofortjeneste i prosent, bruttofortjenestemargin",
)
def gross_margin(revenue: Any, cost_of_goods_sold: Any) -> Any:
    """What is left of the revenue after the cost of the goods sold, as a share of it.

    Low: Compare purchase prices, discounts and the mix of goods with last year; the three have three different owners.
    High: Room for service, marketing or a lower price; see that customers do not leave because of it.
    Mind: Whether freight, wages in production and shrinkage belong to the goods differs from house to house.
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 3, Margins
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
)
def contribution_margin(revenue: Any, variable_costs: Any) -> Any:
    """What is left of the revenue after all costs that follow the volume, as a share of it.

    Low: Each further sale helps little: raise prices where few compare, or bring down freight, fees and commission.
    High: Growth pays: one divided by it is the return that advertising needs to break even.
    Mind: What is variable depends on the time frame: in a month wages are fixed, in a year few costs are.
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 3, Break-Even Analysis and Contribution Analysis
    """
    return divide(revenue - variable_costs, revenue)


@indicator(
    label=N_("Operating costs"),
    unit=MONEY,
    better=LOWER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="operating expenses, OPEX, running costs",
    da="driftsomkostninger, driftsudgifter, kapacitetsomkostninger",
    nb="driftskostnader, driftsutgifter",
    identities=("sales.revenue * finance.operating_cost_ratio",),
)
def operating_costs(operating_costs: Any) -> Any:
    """What it cost to run the business in the period, besides the goods sold.

    Low: Check that bills have arrived and that nothing was merely put off: maintenance and training come back.
    High: Sort by supplier and sign the list: subscriptions nobody uses, rent for space nobody needs, overtime.
    Mind: Yearly bills land in one month unless they are spread; compare with the same month last year.
    Source: IAS 1, Presentation of Financial Statements, section Statement of profit or loss
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
    Source: Horngren et al., Introduction to Financial Accounting, chapter Financial Statement Analysis
    """
    return divide(operating_costs, revenue)


@indicator(
    label=N_("Operating margin"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="operating profit margin, EBIT margin, return on sales",
    da="overskudsgrad, EBIT-margin, resultat af primær drift i procent",
    nb="driftsmargin, EBIT-margin i prosent, driftsresultat i prosent",
    identities=("finance.gross_margin - finance.operating_cost_ratio",),
)
def operating_margin(revenue: Any, cost_of_goods_sold: Any, operating_costs: Any) -> Any:
    """Profit from running the business, before interest and tax, as a share of the revenue.

    Low: Gross margin or operating costs? Look at both against last year, and work on the one that moved.
    High: The business earns from its own work; decide how much of it goes into next year's growth.
    Mind: Depreciation belongs in the costs here; EBITDA leaves it out and looks better, above all with machines.
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 11, Net Profit and Return on Sales
    """
    return divide(revenue - cost_of_goods_sold - operating_costs, revenue)


@indicator(
    label=N_("Net profit margin"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="profit margin, net margin, profit ratio",
    da="fortjenstmargin, nettoresultatgrad, overskud i procent af omsætningen",
    nb="fortjenestemargin, nettomargin, resultatmargin",
)
def net_margin(net_profit: Any, revenue: Any) -> Any:
    """What is left of the revenue after all costs, interest and tax, as a share of it.

    Low: Walk down from gross to operating to net margin, and stop where the gap to last year opens.
    High: Take out what will not come again, such as a sold building, before calling it the new normal.
    Mind: One-off entries and tax move it more than the work of a month does; judge the year.
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 11, Net Profit and Return on Sales (net margin)
    """
    return divide(net_profit, revenue)


@indicator(
    label=N_("Budget variance"),
    unit=MONEY,
    better=INSIDE,
    usual=Use("KPI", "department", "lagging"),
    synonyms="cost variance, deviation from budget",
    da="budgetafvigelse, afvigelse fra budgettet",
    nb="budsjettavvik, avvik fra budsjettet",
)
def budget_variance(operating_costs: Any, budgeted_operating_costs: Any) -> Any:
    """Operating costs less what was budgeted for them; above zero more was spent than planned.

    Low: Money left is not always saved: ask which planned work was not done, and when it will be.
    High: Split it into price and quantity: dearer than planned, or more than planned. Then decide who answers.
    Mind: Two large variances of opposite sign hide each other in the sum; look at each account.
    Source: Drury, Management and Cost Accounting, chapter Standard Costing and Variance Analysis
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
    Source: Drury, Management and Cost Accounting, chapter Standard Costing and Variance Analysis (in percent)
    """
    return divide(operating_costs - budgeted_operating_costs, budgeted_operating_costs)


@indicator(
    label=N_("Cash conversion"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="cash conversion ratio, cash conversion rate",
    da="cash conversion i procent, andel af driftsresultatet der bliver til penge",
    nb="kontantkonvertering, andel av driftsresultatet som blir til penger",
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
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 11, Return on Investment
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
    Source: Boardman et al., Cost-Benefit Analysis, benefit-cost ratio
    """
    return divide(investment_income, investment_cost)


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
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 5, Acquisition Versus Retention Cost: average
    acquisition cost
    """
    return divide(acquisition_cost, new_customers)


@indicator(
    label=N_("Average earnings per customer"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="gross profit per customer, customer profit, earnings per customer",
    da="gennemsnitlig indtjening pr. kunde, bruttofortjeneste pr. kunde, indtjening pr. kunde",
    nb="gjennomsnittlig inntjening per kunde, bruttofortjeneste per kunde, inntjening per kunde",
)
def average_earnings_per_customer(revenue: Any, cost_of_goods_sold: Any, customers: Any) -> Any:
    """Gross profit per customer of the period.

    Low: See whether customers buy less or buy what earns little; offer the second group something better.
    High: Find out who they are, and look for more like them instead of more of all.
    Mind: A few large customers carry the average; and revenue without a known customer inflates it.
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 5, Customer Profit (average)
    """
    return divide(revenue - cost_of_goods_sold, customers)


@indicator(
    label=N_("Customer lifetime value"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="CLTV, CLV, LTV, customer lifetime value (simple)",
    da="kundelivstidsværdi, kundelevetidsværdi, kundens livstidsværdi",
    nb="kundens livstidsverdi, kundelivstidsverdi, kundeverdi over tid",
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
