"""What ads cost, and what comes of them."""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, NEITHER, Use, indicator
from kpikit.indicators.inputs import Amount
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY, RATIO, SHARE

METRICS = {
    "ad_impressions": N_("ad impressions"),
    "ad_clicks": N_("clicks on ads"),
    "ad_conversions": N_("conversions after a click on an ad"),
    "ad_cost": Amount(N_("ad spend"), lowest=0),
    "ad_revenue": Amount(N_("revenue from ads")),
}
"""What the metrics of these indicators are called in a formula."""


@indicator(
    label=N_("Ad spend"),
    unit=MONEY,
    better=NEITHER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="media spend, advertising cost, ad cost, spend in Google Ads, spend in Meta Ads",
    da=(
        "annonceudgifter, medieforbrug, annonceomkostninger, annoncebudget, mediebudget, annoncekroner, "
        "udgifter til Facebook-annoncer"
    ),
    nb=(
        "annonsekostnader, medieforbruk, annonsebudsjett brukt, annonsebudsjett, mediebudsjett, utgifter til "
        "Facebook-annonser"
    ),
    identities=("ads.clicks * ads.cost_per_click",),
)
def spend(ad_cost: Any) -> Any:
    """What the platforms charged for showing the ads.

    Low: A budget that is not used up means bids or audiences too tight, or a card that was declined.
    High: Find the campaign that grew, and whether its conversions kept up; lower its daily limit until you know.
    Mind: Without agency fees, production and VAT; the invoice differs a little after credits for invalid clicks.
    Source: Google Ads API, Metrics: cost_micros
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
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 9, Cost per Impression, Cost per Click, and Cost of
    Acquisition
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
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 9, Cost per Thousand Impressions (CPM) Rates
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
    Source: Google Ads API, Metrics: conversions
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
    Source: Google Ads Help, Average CPA: Definition
    """
    return divide(ad_cost, ad_conversions)


@indicator(
    label=N_("Revenue from ads"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("KPI", "campaign", "lagging"),
    synonyms="conversion value, ad-attributed revenue, revenue from Google Ads",
    da="konverteringsværdi, omsætning fra annoncering, omsætning fra Google Ads",
    nb="konverteringsverdi, omsetning fra annonsering, omsetning fra Google Ads",
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
    Source: Google Ads API, Metrics: value_per_conversion
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
