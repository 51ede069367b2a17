"""Market: how much of what is bought in the market is bought here, alone and against others."""

from typing import Any

from kpikit.indicators.framework import HIGHER, Use, indicator
from kpikit.indicators.inputs import Amount, share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import RATIO, SHARE

METRICS = {
    "revenue": Amount(N_("revenue")),
    "market_revenue": Amount(N_("revenue of the whole market"), lowest=0),
    "competitor_revenue": Amount(N_("revenue of the largest competitor"), lowest=0),
    "segment_average_revenue": Amount(N_("average revenue of a company in the segment"), lowest=0),
    "units": N_("units"),
    "market_units": N_("units sold in the whole market"),
}
"""What the metrics of this domain are called in a formula."""


@indicator(
    label=N_("Market share"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="revenue market share, share of the market",
    da="andel af markedet, markedsandel i værdi",
    nb="andel av markedet, markedsandel i verdi",
)
def market_share(revenue: Any, market_revenue: Any) -> Any:
    """Share of the market's revenue that is the company's own.

    Low: Find the segment in which you already win, and grow there first; a small share everywhere earns little.
    High: Growth now comes from a larger market or from the next one; watch who attacks with a lower price.
    Mind: It depends on where the market ends. Write the definition down, for a narrow market flatters everybody.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 2, Market Share (revenue)
    """
    return share(revenue, market_revenue)


@indicator(
    label=N_("Unit market share"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("PI", "organisation", "lagging"),
    synonyms="volume share, market share in units",
    da="markedsandel i stk., markedsandel i mængde",
    nb="markedsandel i antall, markedsandel i volum",
    variant_of="market_share",
)
def unit_market_share(units: Any, market_units: Any) -> Any:
    """Share of the units sold in the market that are the company's own.

    Low: If it lies below the share in revenue, you sell the dear end: fine, as long as the dear end grows.
    High: If it lies above the share in revenue, you win by price; test whether a better version finds buyers.
    Mind: Estimates of a market come late and are corrected; do not read a change smaller than their error.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 2, Market Share (unit)
    """
    return share(units, market_units)


@indicator(
    label=N_("Relative market share"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="share against the largest competitor, benchmark against competitors",
    da="markedsandel i forhold til største konkurrent, benchmark mod konkurrenter",
    nb="markedsandel i forhold til største konkurrent, benchmark mot konkurrenter",
)
def relative_market_share(revenue: Any, competitor_revenue: Any) -> Any:
    """The company's revenue against that of the largest competitor in the same market.

    Low: Do not fight the leader where it is strong; look for customers whom it serves badly.
    High: Above one you lead: defend it by cost and habit, and expect to be the target of comparisons.
    Mind: A competitor's published revenue may hold other markets and years; take out what is not comparable.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 2, Relative Market Share and Market Concentration
    """
    return divide(revenue, competitor_revenue)


@indicator(
    label=N_("Revenue against the segment"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms=(
        "segment benchmark, benchmark against the segment, segment index, industry benchmark, the industry's standard, "
        "industry average"
    ),
    da="benchmark mod segmentet, benchmark mod branchen, branchestandard, branchegennemsnit",
    nb="benchmark mot segmentet, benchmark mot bransjen, bransjestandard, bransjesnitt",
)
def segment_index(revenue: Any, segment_average_revenue: Any) -> Any:
    """The company's revenue against that of an average company in the same segment.

    Low: Take three companies of your size and ask of each: more customers, dearer products, or a wider range?
    High: You have outgrown the segment. Compare with the next one up, where prices and demands are others.
    Mind: One giant lifts the average above nearly everybody; ask how many companies there are, and for the median.
    Source: STR, Data Insights Glossary: Occupancy Index/Market Penetration Index (there of occupancy, here of revenue)
    """
    return divide(revenue, segment_average_revenue)
