"""Who finds the website by search engines, and where it stands in their results."""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, NEITHER, Use, indicator
from kpikit.indicators.inputs import Figure, share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, SCORE, SHARE

METRICS = {
    "sessions": N_("sessions"),
    "organic_sessions": N_("sessions from organic search"),
    "organic_visitors": N_("visitors from organic search"),
    "organic_conversions": N_("conversions from organic search"),
    "search_impressions": N_("impressions in organic search"),
    "search_clicks": N_("clicks in organic search"),
    "brand_search_clicks": N_("clicks from searches for the brand"),
    "search_position": Figure(N_("average position in search, weighted by impressions"), 1, usual=100),
    "keywords": N_("keywords followed"),
    "keywords_in_top_3": N_("keywords in the top 3"),
    "keywords_in_top_10": N_("keywords in the top 10"),
}
"""What the metrics of these indicators are called in a formula."""


@indicator(
    label=N_("Organic traffic"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="organic sessions, sessions from search engines, SEO traffic",
    da="organiske sessioner, besøg fra søgemaskiner, besøg fra Google",
    nb="organiske økter, besøk fra søkemotorer, besøk fra Google",
    identities=("web.sessions * seo.organic_share",),
)
def organic_traffic(organic_sessions: Any) -> Any:
    """Number of sessions that came from the unpaid results of search engines.

    Low: List the pages that lost most, then ask of each: fewer searches, a worse position, or fewer clicks there?
    High: See which pages and words grew, and whether strangers found you or people searched for your name.
    Mind: Answers shown on the results page itself take clicks away although the position is as good as ever.
    Source: Google Analytics Help, Default channel group: Organic Search
    """
    return organic_sessions


@indicator(
    label=N_("Visitors from organic search"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="organic visitors, organic users, visitors from search engines",
    da="organiske besøgende, besøgende fra søgemaskiner",
    nb="organiske besøkende, besøkende fra søkemotorer",
    variant_of="organic_traffic",
)
def organic_visitors(organic_visitors: Any) -> Any:
    """Number of different visitors who came from the unpaid results of search engines.

    Low: Ask what people searched for when they came: the subject may be out of season, or answered elsewhere now.
    High: Strangers find you. Give them a reason to leave an address, for few of them know your name yet.
    Mind: Who comes by a search one day and by a mail the next is counted in both, so the sources exceed all visitors.
    Source: Google Analytics Help, Understand user metrics: Total users, of the channel Organic Search
    """
    return organic_visitors


@indicator(
    label=N_("Organic share of traffic"),
    unit=SHARE,
    better=NEITHER,
    usual=Use("PI", "department", "leading"),
    synonyms="organic share, share of organic traffic, organic search share",
    da="organisk andel, andel organisk trafik",
    nb="organisk andel, andel organisk trafikk",
)
def organic_share(organic_sessions: Any, sessions: Any) -> Any:
    """Share of the sessions that came from the unpaid results of search engines.

    Low: Traffic is mostly bought or called in: choose ten questions that customers ask, and answer each on a page.
    High: Cheap, but one update at Google can halve it; build mail and direct visits beside it.
    Mind: It falls when a campaign runs and rises when one ends, with no searcher more or less.
    Source: Google Analytics Help, Traffic acquisition report: Session default channel group
    """
    return share(organic_sessions, sessions)


@indicator(
    label=N_("Conversion rate of organic traffic"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="organic conversion rate, SEO conversion rate, conversion rate of visitors from Google",
    da="konverteringsrate for organisk trafik, konverteringsrate for besøgende fra Google",
    nb="konverteringsrate for organisk trafikk, konverteringsrate for besøkende fra Google",
)
def organic_conversion_rate(organic_conversions: Any, organic_sessions: Any) -> Any:
    """Conversions per session from organic search.

    Low: Pages are found by people who only want to know: give guides a next step, and strengthen the product pages.
    High: The right searches lead here. Find their neighbours, the same need in other words, and write for them.
    Mind: Searches for your own name convert best; take them apart before praising the work on search.
    Source: Google Analytics (Universal), Dimensions and Metrics: Ecommerce Conversion Rate (transactions per session),
    of the medium organic
    """
    return divide(organic_conversions, organic_sessions)


@indicator(
    label=N_("Impressions in organic search"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="visibility in Google, search visibility, search impressions",
    da="synlighed i Google, synlighed i søgeresultater, antal visninger i Google, synlighed, synlighed på Google",
    nb="synlighet i Google, synlighet i søkeresultater, antall visninger i Google, synlighet, synlighet på Google",
)
def impressions(search_impressions: Any) -> Any:
    """Number of times that a page of the site was shown among the unpaid search results.

    Low: Check first whether pages fell out of the index; then whether people search less for these words at all.
    High: The site is found for more. Where clicks do not follow, title and description are not answering the search.
    Mind: A result far down counts once its page of results is opened, whether or not anyone scrolled to it.
    Source: Google Search Console Help, What are impressions, position, and clicks: Impressions
    """
    return search_impressions


@indicator(
    label=N_("Clicks in organic search"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="search clicks, Google clicks, organic clicks",
    da="antal klik i Google, organiske klik",
    nb="antall klikk i Google, organiske klikk",
    identities=("seo.impressions * seo.click_through_rate",),
)
def clicks(search_clicks: Any) -> Any:
    """Number of clicks on the site's unpaid search results.

    Low: Split it by page: one fallen page is repaired by new content, a fall everywhere by technique or patience.
    High: Open the pages that won, see that they are up to date, and link from them to what you sell.
    Mind: Not the same as sessions: consent banners, blocked scripts and quick returns make the two differ.
    Source: Google Search Console Help, What are impressions, position, and clicks: Clicks
    """
    return search_clicks


@indicator(
    label=N_("Organic click-through rate"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="organic CTR, search CTR, CTR in Google",
    da="organisk CTR, klikrate i Google",
    nb="organisk CTR, klikkrate i Google",
)
def click_through_rate(search_clicks: Any, search_impressions: Any) -> Any:
    """Clicks per impression among the unpaid search results.

    Low: Rewrite title and description of pages that stand high and are passed over: say what the reader gets.
    High: The result answers the search. Look for pages with the same words further down, and lift those.
    Mind: It depends on the position above all; new impressions far down pull it down, which is no failure.
    Source: Google Search Console Help, Performance report (Search results): CTR
    """
    return share(search_clicks, search_impressions)


@indicator(
    label=N_("Average position in search"),
    unit=SCORE,
    better=LOWER,
    usual=Use("KPI", "department", "leading"),
    synonyms="keyword ranking, keyword rankings, average ranking, search ranking",
    da=(
        "placering på søgeord, gennemsnitlig placering, søgeordsplacering, placering, placering i Google, "
        "placeringer i Google, position i Google"
    ),
    nb=(
        "søkeordsplassering, gjennomsnittlig plassering, rangering på søkeord, posisjon, plassering, posisjon "
        "i Google, plassering i Google, rangering"
    ),
)
def average_position(search_position: Any) -> Any:
    """Average position of the site's best result, weighted by impressions; 1 is the top.

    Low: Near the top. Defend it: keep the pages fresh, and watch who moves up beneath you.
    High: Pages in places 11 to 20 are nearest to a gain: improve those first, with links from your own strong pages.
    Mind: New keywords enter far down and worsen it while traffic grows; follow a fixed list of keywords as well.
    Source: Google Search Console Help, What are impressions, position, and clicks: Position
    """
    return search_position


@indicator(
    label=N_("Share of keywords in the top 3"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "leading"),
    synonyms="top-3 keywords, top 3 rankings",
    da="andel søgeord i top 3, søgeord i top 3",
    nb="andel nøkkelord i topp 3, søkeord i topp 3",
)
def top_three_share(keywords_in_top_3: Any, keywords: Any) -> Any:
    """Share of the keywords followed for which the site is among the first three results.

    Low: Choose the few words that pay, and make each one's page the best answer; most clicks go to the first three.
    High: The chosen words are won. Add harder ones to the list, or it stops telling anything.
    Mind: Easy words in the list make it look good; agree on the list with sales, and do not change it in silence.
    Source: Topvisor Support, Summary on the Ranks Page: Keyword distribution (top 1-3)
    """
    return share(keywords_in_top_3, keywords)


@indicator(
    label=N_("Share of keywords in the top 10"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "leading"),
    synonyms="top-10 keywords, first-page rankings, keywords on page one",
    da="andel søgeord i top 10, søgeord på side 1",
    nb="andel nøkkelord i topp 10, søkeord på side 1",
)
def top_ten_share(keywords_in_top_10: Any, keywords: Any) -> Any:
    """Share of the keywords followed for which the site is among the first ten results.

    Low: Take the words without a page of their own first: one page for one need, linked from the menu.
    High: On the first page for most; now lift the words that stand fourth to tenth, where clicks are still few.
    Mind: Results differ by place, device and person; the tool sees one version, your customers another.
    Source: Topvisor Support, Summary on the Ranks Page: Keyword distribution (top 1-10)
    """
    return share(keywords_in_top_10, keywords)


@indicator(
    label=N_("Brand share of search clicks"),
    unit=SHARE,
    better=NEITHER,
    usual=Use("PI", "department", "leading"),
    synonyms="branded search share, brand searches, branded clicks",
    da="brandsøgninger, andel søgninger på eget navn",
    nb="merkesøk, andel søk på eget navn",
)
def brand_share(brand_search_clicks: Any, search_clicks: Any) -> Any:
    """Share of the clicks in organic search that came from searches with the brand's name.

    Low: People find you by their need. Give them a reason to remember the name, such as a newsletter or a tool.
    High: Only those who know you find you: write for the questions people ask before they know any supplier.
    Mind: Google hides rare searches, so the words known do not cover all clicks; misspelt names are missed as well.
    Source: Google Search Console Help, Performance report (Search results): Queries
    """
    return share(brand_search_clicks, search_clicks)
