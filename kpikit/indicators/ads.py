"""Paid ads: how often they are seen and clicked, what a click leads to, and what it costs."""

from typing import Any

from kpikit.indicators.framework import HIGHER, INSIDE, LOWER, NEITHER, Use, indicator
from kpikit.indicators.inputs import Amount, share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY, RATIO, SHARE

METRICS = {
    "ad_impressions": N_("ad impressions"),
    "viewable_impressions": N_("ad impressions that could be seen"),
    "measurable_impressions": N_("ad impressions whose visibility was measured"),
    "eligible_impressions": N_("ad impressions that were possible"),
    "impressions_lost_to_budget": N_("ad impressions lost to the budget"),
    "impressions_lost_to_rank": N_("ad impressions lost to the ad rank"),
    "ad_reach": N_("people reached by ads"),
    "ad_clicks": N_("clicks on ads"),
    "ad_conversions": N_("conversions after a click on an ad"),
    "ad_cost": Amount(N_("ad spend")),
    "ad_revenue": Amount(N_("revenue from ads")),
}
"""What the metrics of this domain are called in a formula."""


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
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 9, Advertising: Impressions, Exposures,
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
    da="annoncernes rækkevidde, betalt rækkevidde",
    nb="annonsenes rekkevidde, betalt rekkevidde",
)
def people_reached(ad_reach: Any) -> Any:
    """Number of different people to whom an ad was shown at least once.

    Low: Widen the audience or cap how often each person sees it, so that the same money meets more people.
    High: Broad reach suits a launch; for an offer few can use, a narrower audience saves the rest of the money.
    Mind: Two platforms reach the same people, and so do two weeks: reach cannot be added up.
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 9, Reach, Net Reach, and Frequency
    """
    return ad_reach


@indicator(
    label=N_("Ad frequency"),
    unit=RATIO,
    better=INSIDE,
    usual=Use("PI", "campaign", "leading"),
    synonyms="average frequency, impressions per person",
    da="annoncefrekvens, visninger pr. person",
    nb="annonsefrekvens, visninger per person",
)
def frequency(ad_impressions: Any, ad_reach: Any) -> Any:
    """How many times, on average, each person reached was shown an ad.

    Low: Seen once and forgotten: choose a smaller audience or a shorter span, so that the message is met again.
    High: People tire of it: change pictures and texts, set a cap, or take those who have bought out of the audience.
    Mind: An average hides that some see it thirty times and many only once; ask for the distribution.
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 9, Reach, Net Reach, and Frequency (average frequency)
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
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 10, Clickthrough Rates
    """
    return ad_clicks


@indicator(
    label=N_("Click-through rate of ads"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "campaign", "leading"),
    synonyms="click-through rate, CTR, ad CTR",
    da="klikrate, annoncernes CTR",
    nb="klikkrate, annonsenes CTR",
)
def click_through_rate(ad_clicks: Any, ad_impressions: Any) -> Any:
    """Clicks per ad impression.

    Low: Content or design needs work, or the wrong people see it. Test one other picture, then one other headline.
    High: The ad is relevant and interesting for the audience. See that the page keeps what the ad promises.
    Mind: "Clicks (all)" on Meta include likes; take link clicks. Two clicks on one impression can lift it past 100%.
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 10, Clickthrough Rates
    """
    return divide(ad_clicks, ad_impressions)


@indicator(
    label=N_("Ad spend"),
    unit=MONEY,
    better=NEITHER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="media spend, advertising cost, ad cost",
    da="annonceudgifter, medieforbrug, annonceomkostninger",
    nb="annonsekostnader, medieforbruk, annonsebudsjett brukt",
    identities=("ads.clicks * ads.cost_per_click",),
)
def spend(ad_cost: Any) -> Any:
    """What the platforms charged for showing the ads.

    Low: A budget that is not used up means bids or audiences too tight, or a card that was declined.
    High: Find the campaign that grew, and whether its conversions kept up; lower its daily limit until you know.
    Mind: Without agency fees, production and VAT; the invoice differs a little after credits for invalid clicks.
    Source: Google Ads Help, columns of reports: Cost
    """
    return ad_cost


@indicator(
    label=N_("Cost per click"),
    unit=MONEY,
    better=LOWER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="CPC, average CPC, click price",
    da="klikpris, pris pr. klik",
    nb="kostnad per klikk, klikkpris",
)
def cost_per_click(ad_cost: Any, ad_clicks: Any) -> Any:
    """Ad spend per click.

    Low: Cheap clicks are only good if they convert; hold the conversion rate of this source beside it.
    High: Better ads are cheaper: raise relevance and landing page before cutting bids, and drop the dearest keywords.
    Mind: Competitors' bids set it as much as your own work: in November everyone pays more.
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 10, Cost per Impression, Cost per Click, and Cost
    per Order
    """
    return divide(ad_cost, ad_clicks)


@indicator(
    label=N_("Cost per thousand impressions"),
    unit=MONEY,
    better=LOWER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="CPM, cost per mille",
    da="pris pr. tusind visninger, tusindpris, kontaktpris",
    nb="kostnad per tusen visninger, tusenpris, kontaktpris",
    identities=("1000 * ads.click_through_rate * ads.cost_per_click",),
)
def cost_per_thousand_impressions(ad_cost: Any, ad_impressions: Any) -> Any:
    """Ad spend per thousand ad impressions.

    Low: Look at where the ads appear: cheap space is often space that nobody looks at.
    High: A sought-after audience or a busy season; try a wider audience, other placements, another week.
    Mind: Prices of different formats do not compare: a film that fills the screen and a banner are two things.
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 9, Cost per Thousand Impressions (CPM) Rates
    """
    return divide(1000 * ad_cost, ad_impressions)


@indicator(
    label=N_("Conversions from ads"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("KPI", "campaign", "lagging"),
    synonyms="ad conversions, paid conversions",
    da="antal konverteringer fra annoncer, annoncekonverteringer",
    nb="antall konverteringer fra annonser, annonsekonverteringer",
    identities=("ads.clicks * ads.conversion_rate",),
)
def conversions(ad_conversions: Any) -> Any:
    """Number of wanted actions that followed a click on an ad.

    Low: Test the tag first, by doing the action yourself. Then compare clicks and conversion rate with last month.
    High: Ask sales or the shop whether they see them too, and which campaign they would not want to lose.
    Mind: Each platform claims what it touched: two platforms' conversions overlap and do not add up.
    Source: Google Ads Help, columns of reports: Conversions
    """
    return ad_conversions


@indicator(
    label=N_("Conversion rate of ads"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "campaign", "lagging"),
    synonyms="conversion rate after the click, post-click conversion rate, ad conversion rate",
    da="konverteringsrate efter klik, konverteringsrate for annoncer",
    nb="konverteringsrate etter klikk, konverteringsrate for annonser",
)
def conversion_rate(ad_conversions: Any, ad_clicks: Any) -> Any:
    """Conversions per click on an ad.

    Low: The landing page does not answer the ad: use the same words, the same offer and the same picture on both.
    High: Ad and page fit. Bid more for these words and people before looking for others.
    Mind: Conversions arrive days after the click, so the newest days look too low; several for one click can pass 100%.
    Source: Google Ads Help, Conversion rate: Definition
    """
    return divide(ad_conversions, ad_clicks)


@indicator(
    label=N_("Cost per conversion of ads"),
    unit=MONEY,
    better=LOWER,
    usual=Use("KPI", "campaign", "lagging"),
    synonyms="ad CPA, cost per ad conversion, target CPA",
    da="pris pr. konvertering fra annoncer, annoncernes CPA",
    nb="kostnad per konvertering fra annonser, annonsenes CPA",
    identities=("ads.cost_per_click / ads.conversion_rate",),
)
def cost_per_conversion(ad_cost: Any, ad_conversions: Any) -> Any:
    """Ad spend per conversion that followed a click on an ad.

    Low: Raise the budget in steps of a fifth, and stop where the next conversion costs more than it earns.
    High: Sort the search terms by spend, and exclude those that cost much and brought nothing.
    Mind: Retargeting and brand search look cheap because they meet people who were coming anyway.
    Source: Google Ads Help, Average cost-per-action (CPA): Definition
    """
    return divide(ad_cost, ad_conversions)


@indicator(
    label=N_("Revenue from ads"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("KPI", "campaign", "lagging"),
    synonyms="conversion value, ad-attributed revenue",
    da="konverteringsværdi, omsætning fra annoncering",
    nb="konverteringsverdi, omsetning fra annonsering",
    identities=("ads.spend * ads.return_on_ad_spend", "ads.conversions * ads.revenue_per_conversion"),
)
def revenue(ad_revenue: Any) -> Any:
    """Value of the sales that the platform attributes to ads.

    Low: Fewer conversions or smaller ones? The first leads to page and audience, the second to the products shown.
    High: Compare with the till: if all revenue did not grow, the ads took credit for sales that came anyway.
    Mind: The platform's own count, by its own window and rule; it is no bookkeeping, and often includes VAT.
    Source: Google Ads Help, About conversion values
    """
    return ad_revenue


@indicator(
    label=N_("Revenue per conversion from ads"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("PI", "campaign", "lagging"),
    synonyms="value per conversion, conversion value per conversion",
    da="værdi pr. konvertering, omsætning pr. konvertering fra annoncer",
    nb="verdi per konvertering, omsetning per konvertering fra annonser",
)
def revenue_per_conversion(ad_revenue: Any, ad_conversions: Any) -> Any:
    """Revenue from ads per conversion.

    Low: The ads sell the cheap goods: bid by value, or give the dear products a campaign of their own.
    High: Ads may cost more per conversion here; set the allowed cost by product group and not for all alike.
    Mind: Conversions without a value (sign-ups, calls) pull it down; leave them out or give each a fair value.
    Source: Google Ads Help, columns of reports: Value per conversion
    """
    return divide(ad_revenue, ad_conversions)


@indicator(
    label=N_("Return on ad spend"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("KPI", "campaign", "lagging"),
    synonyms="ROAS, conversion value per cost",
    da="ROAS for annoncer, annonceafkast",
    nb="avkastning på annonsekostnad, annonseavkastning",
    identities=("ads.conversion_rate * ads.revenue_per_conversion / ads.cost_per_click",),
)
def return_on_ad_spend(ad_revenue: Any, ad_cost: Any) -> Any:
    """Revenue from ads per unit of ad spend.

    Low: Below one divided by the margin each sale loses money: move budget to the campaigns above that line.
    High: Money may be left unspent: raise the budget until the return falls to what the margin needs.
    Mind: Revenue and not profit, and the platform's own count. To see what ads add, pause them in one region.
    Source: Google Ads Help, About Target ROAS bidding
    """
    return divide(ad_revenue, ad_cost)


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
