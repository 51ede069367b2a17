"""Who comes to the website, and who leaves again at once."""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, Use, indicator
from kpikit.indicators.inputs import share
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, SHARE

METRICS = {
    "visitors": N_("visitors"),
    "sessions": N_("sessions"),
    "engaged_sessions": N_("engaged sessions"),
    "one_page_visitors": N_("visitors who saw only one page"),
    "page_views": N_("page views"),
    "downloads": N_("downloads"),
}
"""What the metrics of these indicators are called in a formula."""


@indicator(
    label=N_("Visitors"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="website visitors, website traffic, users, unique visitors",
    da=(
        "besøgende på hjemmesiden, trafik på hjemmesiden, unikke besøgende, unikke brugere, brugere, "
        "hjemmesidetrafik, webtrafik"
    ),
    nb=(
        "besøkende på nettstedet, nettstedstrafikk, unike besøkende, unike brukere, brukere, nettrafikk, "
        "trafikk på nettstedet"
    ),
)
def visitors(visitors: Any) -> Any:
    """Number of different visitors to the website in the period.

    Low: Look at each traffic source: one that dried up (a lost ranking, a stopped campaign) differs from a slow month.
    High: See whether the new visitors do what you want them to; traffic that does not convert only costs servers.
    Mind: One person with two devices counts twice, and who declines cookies may not count; months do not add up.
    Source: Google Analytics Help, Understand user metrics
    """
    return visitors


@indicator(
    label=N_("Sessions"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="visits, web sessions",
    da="sessioner, antal besøg, besøg, besøgstal",
    nb="økter, antall besøk, besøk, besøkstall",
    identities=("web.visitors * web.sessions_per_visitor",),
)
def sessions(sessions: Any) -> Any:
    """Number of visits to the website in the period; one visitor can come several times.

    Low: Separate fewer people from fewer returns: the first calls for reach, the second for reasons to come back.
    High: Check the sources for robots and for a campaign that sends the wrong people before celebrating.
    Mind: A visit ends after 30 minutes without activity, so a long lunch makes two of one.
    Source: Google Analytics Help, About Analytics sessions
    """
    return sessions


@indicator(
    label=N_("Page views"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="pageviews, views of pages",
    da="antal sidevisninger, viste sider",
    nb="antall sidevisninger, viste sider",
    identities=("web.sessions * web.pages_per_session",),
)
def page_views(page_views: Any) -> Any:
    """Number of pages that visitors opened, every time they opened them.

    Low: Find the pages that lost most readers, and see whether they fell in search or were taken off a menu.
    High: Find out which pages grew, and give them a clear next step.
    Mind: Reloading a page counts again, and a text cut into five pages counts five times.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 9, Impressions, Pageviews, and Hits
    """
    return page_views


@indicator(
    label=N_("Downloads"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="file downloads, app downloads",
    da="antal downloads, hentede filer",
    nb="nedlastinger, antall nedlastinger",
)
def downloads(downloads: Any) -> Any:
    """Number of times a file or an app was downloaded.

    Low: Say at the button what is in the file and how long it takes to read; ask for fewer details in the form.
    High: People want this subject. Follow up while they read, and write the next piece about it.
    Mind: Downloaded is not read: one person may fetch a file three times and open it never.
    Source: Pirsch Documentation, Tracking File Downloads
    """
    return downloads


@indicator(
    label=N_("Bounce rate"),
    unit=SHARE,
    better=LOWER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="GA4 bounce rate, share of sessions without engagement",
    da="afvisningsprocent, andel besøg uden engagement",
    nb="fluktfrekvens, avvisningsrate, fluktrate, avvisningsprosent",
    identities=("1 - web.engagement_rate",),
)
def bounce_rate(sessions: Any, engaged_sessions: Any) -> Any:
    """Share of sessions without engagement: no more than ten seconds, one page and no key event.

    Low: The content is interesting to those who come; bring more of the same people.
    High: The site does not meet expectations: compare the promise of advert or search result with the first screen.
    Mind: Before 2023 it meant sessions with a single page; figures from then are higher and do not compare.
    Source: Google Analytics Help, Engagement rate and bounce rate
    """
    return share(sessions - engaged_sessions, sessions)


@indicator(
    label=N_("Share of visitors who see only one page"),
    unit=SHARE,
    better=LOWER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="single-page visits, classic bounce rate",
    da="andel besøgende der kun ser én side, bounce rate for besøgende",
    nb="andel besøkende som bare ser én side, fluktfrekvens for besøkende",
    variant_of="bounce_rate",
)
def one_page_rate(one_page_visitors: Any, visitors: Any) -> Any:
    """Share of the visitors who leave after the first page.

    Low: Visitors find a way further; see which links they take, and shorten that way.
    High: Put the answer and the next step where the eye lands first, and try another heading.
    Mind: Who finds a phone number and calls has seen one page, and was served well.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 9, Bounce Rate
    """
    return share(one_page_visitors, visitors)


@indicator(
    label=N_("Engagement rate of the website"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="GA4 engagement rate, engaged sessions rate",
    da="engagementrate på hjemmesiden, andel engagerede sessioner",
    nb="engasjementsrate på nettstedet, andel engasjerte økter",
    identities=("1 - web.bounce_rate",),
)
def engagement_rate(engaged_sessions: Any, sessions: Any) -> Any:
    """Share of sessions that last longer than ten seconds, have a key event, or see two or more pages.

    Low: Look at the landing pages with most sessions: speed, the first heading, and whether it is the page advertised.
    High: Visitors stay. If they still do not act, the step after reading is what needs work.
    Mind: Ten seconds are the default and can be changed in the property; a changed limit changes the rate.
    Source: Google Analytics Help, Engagement rate and bounce rate (engaged sessions)
    """
    return share(engaged_sessions, sessions)
