"""Who sees ads, and who clicks on them."""

import math
from typing import Any

from kpikit.indicators.framework import HIGHER, INSIDE, LOWER, Use, indicator
from kpikit.indicators.inputs import share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, RATIO, SHARE

METRICS = {
    "ad_impressions": N_("ad impressions"),
    "viewable_impressions": N_("ad impressions that could be seen"),
    "measurable_impressions": N_("ad impressions whose visibility was measured"),
    "eligible_impressions": N_("ad impressions that were possible"),
    "impressions_lost_to_budget": N_("ad impressions lost to the budget"),
    "impressions_lost_to_rank": N_("ad impressions lost to the ad rank"),
    "ad_reach": N_("people reached by ads"),
    "ad_clicks": N_("clicks on ads"),
}
"""What the metrics of these indicators are called in a formula."""


@indicator(
    label=N_("Ad impressions"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="impressions, advert views, times shown",
    da="eksponeringer, visninger, antal annoncevisninger",
    nb="eksponeringer av annonser, antall annonsevisninger, annonseeksponeringer",
    identities=("ads.people_reached * ads.frequency",),
)
def impressions(ad_impressions: Any) -> Any:
    """Number of times that ads were shown.

    Low: Look for what holds them back, in this order: stopped ads, a used-up budget, low bids, a narrow audience.
    High: See who is shown them: a broad match or a cheap placement can double the number without one more buyer.
    Mind: Shown is not seen: an ad below the fold counts on some platforms and not on others.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 9, Advertising: Impressions, Gross Rating Points, and
    Opportunities-to-See
    """
    return ad_impressions


@indicator(
    label=N_("Viewable rate of ads"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="viewability, viewable impressions, in-view rate",
    da="synlighed af annoncer, andel synlige visninger",
    nb="synlighet for annonser, andel synlige visninger",
)
def viewable_rate(viewable_impressions: Any, measurable_impressions: Any) -> Any:
    """Share of the measured ad impressions in which the ad could be seen.

    Low: Exclude the placements where ads lie out of sight, and pay for viewable impressions where that is offered.
    High: The ads stand where eyes are. If they are not clicked, message and picture are the next to test.
    Mind: By the standard half of the picture for one second is enough, for video two: a modest claim.
    Source: Media Rating Council, MRC Viewable Ad Impression Measurement Guidelines, Viewable Impressions
    """
    return share(viewable_impressions, measurable_impressions)


@indicator(
    label=N_("People reached by ads"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="ad reach, paid reach, unique people reached",
    da="annoncernes rækkevidde, betalt rækkevidde, dækning",
    nb="annonsenes rekkevidde, betalt rekkevidde, dekning",
)
def people_reached(ad_reach: Any) -> Any:
    """Number of different people to whom an ad was shown at least once.

    Low: Widen the audience or cap how often each person sees it, so that the same money meets more people.
    High: Broad reach suits a launch; for an offer few can use, a narrower audience saves the rest of the money.
    Mind: Two platforms reach the same people, and so do two weeks: reach cannot be added up.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 9, Reach/Net Reach and Frequency
    """
    return ad_reach


@indicator(
    label=N_("Ad frequency"),
    unit=RATIO,
    better=INSIDE,
    usual=Use("PI", "campaign", "leading"),
    synonyms="average frequency, impressions per person",
    da="annoncefrekvens, visninger pr. person, frekvens",
    nb="annonsefrekvens, visninger per person, frekvens",
    between=(1, math.inf),
)
def frequency(ad_impressions: Any, ad_reach: Any) -> Any:
    """How many times, on average, each person reached was shown an ad.

    Low: Seen once and forgotten: choose a smaller audience or a shorter span, so that the message is met again.
    High: People tire of it: change pictures and texts, set a cap, or take those who have bought out of the audience.
    Mind: An average hides that some see it thirty times and many only once; ask for the distribution.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 9, Reach/Net Reach and Frequency (average frequency)
    """
    return divide(ad_impressions, ad_reach)


@indicator(
    label=N_("Clicks on ads"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="ad clicks, paid clicks, link clicks",
    da="annonceklik, antal klik på annoncer",
    nb="annonseklikk, antall klikk på annonser",
    identities=("ads.impressions * ads.click_through_rate",),
)
def clicks(ad_clicks: Any) -> Any:
    """Number of clicks on ads.

    Low: Either the ads are shown less or they are clicked less; impressions and click-through rate tell which.
    High: Follow the clicks to the page: sessions from ads should grow as much, or tracking loses them.
    Mind: Slips of the thumb on small screens count, and so do robots that the platform has not yet credited.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 9, Clickthrough Rates
    """
    return ad_clicks


@indicator(
    label=N_("Click-through rate of ads"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "campaign", "leading"),
    synonyms="click-through rate, CTR, ad CTR",
    da="klikrate, annoncernes CTR, klikprocent",
    nb="klikkrate, annonsenes CTR, klikkfrekvens, klikkprosent",
)
def click_through_rate(ad_clicks: Any, ad_impressions: Any) -> Any:
    """Clicks per ad impression.

    Low: Content or design needs work, or the wrong people see it. Test one other picture, then one other headline.
    High: The ad is relevant and interesting for the audience. See that the page keeps what the ad promises.
    Mind: "Clicks (all)" on Meta include likes; take link clicks. Two clicks on one impression can lift it past 100%.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 9, Clickthrough Rates
    """
    return divide(ad_clicks, ad_impressions)


@indicator(
    label=N_("Impression share"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "campaign", "leading"),
    synonyms="search impression share, eligible impression share",
    da="eksponeringsandel, visningsandel",
    nb="visningsandel for annonser, andel av mulige visninger",
)
def impression_share(ad_impressions: Any, eligible_impressions: Any) -> Any:
    """Share of the possible ad impressions that the ads got.

    Low: Ask what was lost to budget and what to rank: money cures the first, better ads and pages the second.
    High: Little is left to win with these words; growth needs new words, products or markets.
    Mind: What was possible is the platform's estimate, and counts only the audience that you chose yourself.
    Source: Google Ads Help, About impression share
    """
    return share(ad_impressions, eligible_impressions)


@indicator(
    label=N_("Impression share lost to budget"),
    unit=SHARE,
    better=LOWER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="search lost IS (budget), budget lost impression share",
    da="eksponeringsandel tabt på budget, mistede visninger på grund af budget",
    nb="visningsandel tapt på budsjett, tapte visninger på grunn av budsjett",
)
def lost_to_budget(impressions_lost_to_budget: Any, eligible_impressions: Any) -> Any:
    """Share of the possible ad impressions that were lost because the money was used up.

    Low: Money is not what limits the campaign; look at rank, audience and the offer instead.
    High: If it earns its cost, move money here from weaker campaigns; if not, lower the bids so that it lasts all day.
    Mind: Shared budgets let one campaign empty another's purse; read it for all that share it.
    Source: Google Ads Help, About impression share (Search lost IS, budget)
    """
    return share(impressions_lost_to_budget, eligible_impressions)


@indicator(
    label=N_("Impression share lost to rank"),
    unit=SHARE,
    better=LOWER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="search lost IS (rank), rank lost impression share",
    da="eksponeringsandel tabt på placering, mistede visninger på grund af annoncerangering",
    nb="visningsandel tapt på rangering, tapte visninger på grunn av annonserangering",
)
def lost_to_rank(impressions_lost_to_rank: Any, eligible_impressions: Any) -> Any:
    """Share of the possible ad impressions that were lost to competitors with a better ad rank.

    Low: The ads win most auctions; test whether somewhat lower bids still do.
    High: Write ads closer to the search words and speed up the page: quality counts as much as the bid.
    Mind: A competitor who starts or stops moves it overnight; look at the auction before blaming the ads.
    Source: Google Ads Help, About impression share (Search lost IS, rank)
    """
    return share(impressions_lost_to_rank, eligible_impressions)
