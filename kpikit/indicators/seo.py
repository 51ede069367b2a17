"""Search engine optimisation: being found without paying for it, and a site fast enough to be found."""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, NEITHER, Use, indicator
from kpikit.indicators.inputs import share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, SCORE, SECONDS, SHARE

METRICS = {
    "sessions": N_("sessions"),
    "organic_sessions": N_("sessions from organic search"),
    "organic_conversions": N_("conversions from organic search"),
    "search_impressions": N_("impressions in organic search"),
    "search_clicks": N_("clicks in organic search"),
    "brand_search_clicks": N_("clicks from searches for the brand"),
    "search_position": N_("average position in search, weighted by impressions"),
    "keywords": N_("keywords followed"),
    "keywords_in_top_3": N_("keywords in the top 3"),
    "keywords_in_top_10": N_("keywords in the top 10"),
    "backlinks": N_("links from other websites"),
    "referring_domains": N_("websites that link here"),
    "page_load_seconds": N_("page load time, 75th percentile"),
    "interaction_seconds": N_("delay after an interaction, 75th percentile"),
    "layout_shift": N_("layout shift, 75th percentile"),
    "good_pages": N_("pages with good Core Web Vitals"),
    "rated_pages": N_("pages with measured Core Web Vitals"),
}
"""What the metrics of this domain are called in a formula."""


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
    Source: Google Analytics Help, Traffic acquisition report: Session key event rate
    """
    return divide(organic_conversions, organic_sessions)


@indicator(
    label=N_("Impressions in organic search"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="visibility in Google, search visibility, search impressions",
    da="synlighed i Google, synlighed i søgeresultater, antal visninger i Google",
    nb="synlighet i Google, synlighet i søkeresultater, antall visninger i Google",
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
    da="placering på søgeord, gennemsnitlig placering, søgeordsplacering",
    nb="søkeordsplassering, gjennomsnittlig plassering, rangering på søkeord",
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
    Source: Semrush Knowledge Base, Position Tracking: Rankings distribution (top 3)
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
    Source: Semrush Knowledge Base, Position Tracking: Rankings distribution (top 10)
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


@indicator(
    label=N_("Backlinks"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="inbound links, external links, incoming links",
    da="indgående links, eksterne links, links fra andre hjemmesider",
    nb="innkommende lenker, eksterne lenker, lenker fra andre nettsteder",
)
def backlinks(backlinks: Any) -> Any:
    """Number of links on other websites that lead to this one.

    Low: Make something worth quoting: own figures, a calculator, a guide; then tell those who write about the subject.
    High: Look at who links. One trade journal is worth more than a thousand links from a catalogue.
    Mind: A link in a footer counts on every page of that site; bought links can cost the ranking they should raise.
    Source: Ahrefs Academy, SEO metrics: Backlinks and referring domains (backlinks)
    """
    return backlinks


@indicator(
    label=N_("Referring domains"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="linking websites, linking domains, top linking sites",
    da="henvisende domæner, hjemmesider der linker hertil",
    nb="henvisende domener, nettsteder som lenker hit",
)
def referring_domains(referring_domains: Any) -> Any:
    """Number of different websites that link to this one.

    Low: Ask suppliers, customers, partners and associations who already mention you to make the name a link.
    High: Many vouch for you. See that their links lead to pages that still exist, and redirect those that do not.
    Mind: Each tool crawls its own part of the web: compare yourself with competitors inside one tool only.
    Source: Ahrefs Academy, SEO metrics: Backlinks and referring domains (domains)
    """
    return referring_domains


@indicator(
    label=N_("Page load time"),
    unit=SECONDS,
    better=LOWER,
    usual=Use("PI", "department", "leading"),
    synonyms="Largest Contentful Paint, LCP, page speed, loading time",
    da="indlæsningstid, sidehastighed, hjemmesidens hastighed",
    nb="lastetid, sidehastighet, nettstedets hastighet",
)
def page_load_time(page_load_seconds: Any) -> Any:
    """Time until the largest part of the page is seen, which three of four visits stay below.

    Low: Up to 2.5 seconds is good. Keep it so: weigh each new script and picture before it goes live.
    High: Slow pages lose visitors and ranking: shrink the largest picture, drop scripts, ask for a faster server.
    Mind: Measured on visitors' devices and not in a laboratory; percentiles of pages or days cannot be averaged.
    Source: web.dev, Largest Contentful Paint (LCP)
    """
    return page_load_seconds


@indicator(
    label=N_("Delay after an interaction"),
    unit=SECONDS,
    better=LOWER,
    usual=Use("PI", "department", "leading"),
    synonyms="Interaction to Next Paint, INP, page responsiveness",
    da="svartid ved klik på siden, sidens reaktionstid",
    nb="responstid ved klikk på siden, sidens reaksjonstid",
)
def interaction_delay(interaction_seconds: Any) -> Any:
    """Time from a tap or a click until the page shows a reaction, which three of four visits stay below.

    Low: Up to 0.2 seconds feels immediate; test it again after each new chat window, banner or tag.
    High: Scripts keep the page busy: remove those that nobody uses, and let the rest wait until the page stands.
    Mind: It counts nearly the worst moment of a visit, and visits without any interaction not at all.
    Source: web.dev, Interaction to Next Paint (INP)
    """
    return interaction_seconds


@indicator(
    label=N_("Layout shift"),
    unit=SCORE,
    better=LOWER,
    usual=Use("PI", "department", "leading"),
    synonyms="Cumulative Layout Shift, CLS, visual stability",
    da="sidens stabilitet, hop i layoutet",
    nb="sidens stabilitet, hopp i layouten",
)
def layout_shift(layout_shift: Any) -> Any:
    """How much the page jumps while it loads, which three of four visits stay below; 0 is not at all.

    Low: Up to 0.1 is good: nobody presses the wrong button because the page moved.
    High: Give pictures, films and banners a fixed place before they arrive, and let notices lie over the page.
    Mind: A score without a unit: part of the screen that moved, times how far. Scrolling pages collect more of it.
    Source: web.dev, Cumulative Layout Shift (CLS)
    """
    return layout_shift


@indicator(
    label=N_("Share of pages with good Core Web Vitals"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "leading"),
    synonyms="Core Web Vitals, good URLs, page experience",
    da="andel gode sider, sideoplevelse",
    nb="andel gode sider, sideopplevelse",
)
def good_page_share(good_pages: Any, rated_pages: Any) -> Any:
    """Share of the measured pages that are good in loading, reaction and stability.

    Low: Pages of one template fail together: repair the template of the most visited pages, and many turn good at once.
    High: Technique is no longer what holds you back; put the hours into content and links.
    Mind: Pages with few visits are not measured, and a repair shows only after four weeks of new visits.
    Source: Google Search Console Help, Core Web Vitals report: Good URLs
    """
    return share(good_pages, rated_pages)
