"""What search engines look at: who links to the website, and how fast its pages are."""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, Use, indicator
from kpikit.indicators.inputs import Figure, share
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, SCORE, SECONDS, SHARE

METRICS = {
    "backlinks": N_("links from other websites"),
    "referring_domains": N_("websites that link here"),
    "page_load_seconds": Figure(N_("page load time, 75th percentile"), usual=10),
    "interaction_seconds": Figure(N_("delay after an interaction, 75th percentile"), usual=1),
    "layout_shift": Figure(N_("layout shift, 75th percentile"), usual=1),
    "good_pages": N_("pages with good Core Web Vitals"),
    "rated_pages": N_("pages with measured Core Web Vitals"),
}
"""What the metrics of these indicators are called in a formula."""


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
    da="indlæsningstid, sidehastighed, hjemmesidens hastighed, hastighed, loadtid",
    nb="lastetid, sidehastighet, nettstedets hastighet, hastighet, innlastingstid",
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
