"""Marketing: what it costs, what comes back, and whether people know and answer the brand."""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, NEITHER, Use, indicator
from kpikit.indicators.inputs import Amount, share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import MONEY, RATIO, SHARE

METRICS = {
    "conversions": N_("conversions"),
    "orders": N_("orders"),
    "revenue": Amount(N_("revenue")),
    "leads": N_("leads"),
    "marketing_cost": Amount(N_("marketing cost"), lowest=0),
    "marketing_revenue": Amount(N_("revenue from marketing")),
    "aware_respondents": N_("respondents who know the brand"),
    "awareness_respondents": N_("respondents asked about the brand"),
    "engaged_customers": N_("customers who responded"),
    "addressed_customers": N_("customers who were addressed"),
}
"""What the metrics of this domain are called in a formula."""


@indicator(
    label=N_("Marketing cost"),
    unit=MONEY,
    better=NEITHER,
    usual=Use("PI", "department", "leading"),
    synonyms="marketing spend, marketing budget used",
    da="markedsføringsomkostninger, marketingforbrug, marketingbudget, markedsføringsbudget",
    nb="markedsføringskostnader, markedsføringsforbruk, markedsbudsjett, markedsføringsbudsjett",
)
def cost(marketing_cost: Any) -> Any:
    """What marketing cost in the period: media, agencies, tools, people, as far as they are booked there.

    Low: Spending below plan explains a quiet month; make sure that a campaign did not simply stop running.
    High: See that the result grew with it; if not, the last part of the budget bought nothing.
    Mind: Media alone or salaries and agencies too: decide once, for every cost ratio depends on it.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 3, Marketing Spending: Total, Fixed, and Variable
    """
    return marketing_cost


@indicator(
    label=N_("Cost per lead"),
    unit=MONEY,
    better=LOWER,
    usual=Use("KPI", "campaign", "lagging"),
    synonyms="CPL, marketing cost per lead",
    da="pris pr. lead, leadpris, omkostning pr. lead",
    nb="kostnad per lead, leadkostnad",
)
def cost_per_lead(marketing_cost: Any, leads: Any) -> Any:
    """Marketing cost per lead.

    Low: Cheap leads. Ask sales how many become customers before moving the budget there.
    High: Compare the sources: stop the dearest tenth, and test the form and the offer of the others.
    Mind: Says nothing about quality: a contest brings cheap leads that never buy; read it with the share that does.
    Source: LinkedIn Marketing Solutions Help, Conversions and leads metrics in Campaign Manager: Cost Per Lead
    """
    return divide(marketing_cost, leads)


@indicator(
    label=N_("Cost per acquisition"),
    unit=MONEY,
    better=LOWER,
    usual=Use("KPI", "campaign", "lagging"),
    synonyms="CPA, cost per conversion, cost per action",
    da="pris pr. konvertering, omkostning pr. konvertering",
    nb="kostnad per konvertering, pris per konvertering",
)
def cost_per_acquisition(marketing_cost: Any, conversions: Any) -> Any:
    """Marketing cost per conversion.

    Low: There is room to buy more, until the next conversion costs what it is worth.
    High: Look for the cause first: dearer clicks call for other bids, fewer conversions for another page.
    Mind: The platforms each claim the same conversion; adding up their figures counts it several times.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 9, Cost per Impression, Cost per Click, and Cost of
    Acquisition (cost per order)
    """
    return divide(marketing_cost, conversions)


@indicator(
    label=N_("Blended cost per acquisition"),
    unit=MONEY,
    better=LOWER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="blended CPA, marketing cost per order",
    da="samlet pris pr. ordre, markedsføringsomkostning pr. ordre",
    nb="samlet kostnad per ordre, markedsføringskostnad per ordre",
)
def blended_cost_per_acquisition(marketing_cost: Any, orders: Any) -> Any:
    """All marketing cost per order of the shop, whichever way the customer came.

    Low: Marketing carries itself. See how far spending can rise before this begins to climb.
    High: Hold it against the profit of an average order; if it is above, cut where a pause changes sales least.
    Mind: Takes the shop's own orders: the platforms' conversions overlap and must not be added up in their place.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 9, Cost per Impression, Cost per Click, and Cost of
    Acquisition (cost per order, over all spending)
    """
    return divide(marketing_cost, orders)


@indicator(
    label=N_("Marketing efficiency ratio"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="MER, blended ROAS, media efficiency ratio",
    da="markedsføringens effektivitet, samlet annonceafkast",
    nb="markedsføringens effektivitetsgrad, samlet annonseavkastning",
)
def efficiency_ratio(revenue: Any, marketing_cost: Any) -> Any:
    """All revenue per unit of marketing cost.

    Low: Each amount spent brings less: pause one channel at a time in one region, and see what is missed.
    High: Sales come with little spending; check that the brand is not living on earlier years' advertising.
    Mind: Loyal customers' purchases count too, so it flatters old brands; follow its trend rather than its level.
    Source: Triple Whale Blog, Marketing Efficiency Ratio: Why It Matters and How to Track It, What Is Marketing
    Efficiency Ratio
    """
    return divide(revenue, marketing_cost)


@indicator(
    label=N_("Marketing ROI"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="return on marketing investment, ROMI, MROI",
    da="markedsføringens ROI, afkast af markedsføring, marketingafkast",
    nb="avkastning på markedsføring, markedsføringens avkastning",
    identities=("marketing.return_ratio - 1",),
)
def roi(marketing_revenue: Any, marketing_cost: Any) -> Any:
    """What marketing earned above its cost, as a share of the cost.

    Low: Below zero the money does not come back: stop what cannot be explained by later sales, and test the rest.
    High: Worth more money, step by step, since the next campaign rarely earns as much as the best one.
    Mind: Not the return ratio, which is one higher: an ROI of 50% is a ratio of 1.5. Taken from
        revenue instead of profit it flatters.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 10, Return on Marketing Investment
    """
    return divide(marketing_revenue - marketing_cost, marketing_cost)


@indicator(
    label=N_("Marketing return ratio"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="marketing income per cost, return ratio of marketing",
    da="indtjening pr. markedsføringskrone, marketingafkast som forhold",
    nb="inntekt per markedsføringskrone, markedsavkastning som forholdstall",
    variant_of="roi",
    identities=("marketing.roi + 1",),
)
def return_ratio(marketing_revenue: Any, marketing_cost: Any) -> Any:
    """Income from marketing per unit of its cost; some call this ROI.

    Low: Below one the income does not cover the cost; find out whether it comes later or not at all.
    High: Compare with the ratio that your margin needs (one divided by the margin) before raising the budget.
    Mind: Written as a percentage it looks like an ROI that is 100 points too high; always say which of them it is.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 10, Return on Marketing Investment (revenue return)
    """
    return divide(marketing_revenue, marketing_cost)


@indicator(
    label=N_("Marketing's share of revenue"),
    unit=SHARE,
    better=NEITHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="marketing-sourced revenue, marketing share of revenue",
    da="markedsføringens andel af omsætningen",
    nb="markedsføringens andel av omsetningen",
)
def share_of_revenue(marketing_revenue: Any, revenue: Any) -> Any:
    """Share of the revenue that came from customers whom marketing brought.

    Low: Sales live on other ways in: existing customers, sales people, recommendations. That can be as planned.
    High: Much depends on campaigns that run; build ways that last, such as search, mail and loyalty.
    Mind: The rule of attribution decides it (first click, last click, a model); compare only under one rule.
    Source: SBI, How to Calculate the Marketing Contribution to Sales Revenue (percentage of total revenue)
    """
    return share(marketing_revenue, revenue)


@indicator(
    label=N_("Brand awareness"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "leading"),
    synonyms="aided awareness, share who know the brand",
    da="kendskabsgrad, hjulpet kendskab, kendskab til brandet, brandkendskab, kendskab",
    nb="merkekjennskap, merkevarebevissthet, hjulpet kjennskap, merkevarekjennskap, kjennskap",
    survey=True,
)
def brand_awareness(aware_respondents: Any, awareness_respondents: Any) -> Any:
    """Share of the people asked in a survey who know the brand.

    Low: Reach comes before conversion: show up often, for the same few things, where the audience already is.
    High: Being known is done; ask next whether people would consider you, and why not.
    Mind: Aided (shown a list) is far higher than unaided; with 400 answers the margin is about five points either way.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 2, Awareness, Attitudes, and Usage (AAU)
    """
    return share(aware_respondents, awareness_respondents)


@indicator(
    label=N_("Customer engagement"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="engaged customers, active share of customers",
    da="kundeengagement, andel engagerede kunder",
    nb="kundeengasjement, andel engasjerte kunder",
)
def customer_engagement(engaged_customers: Any, addressed_customers: Any) -> Any:
    """Share of the customers addressed in the period who responded: clicked, logged in, answered, took part.

    Low: Write less and better: ask a sample which subjects they miss, and drop the mails that nobody opens.
    High: Customers take part. Invite them to reviews, tests and recommendations while they are warm.
    Mind: There is no standard: decide once which actions count, and mark the day when that changes.
    Source: Loyal Guru, How to measure customer loyalty: 7 loyalty metrics, Active Engagement Rate (here of those
    addressed)
    """
    return share(engaged_customers, addressed_customers)
