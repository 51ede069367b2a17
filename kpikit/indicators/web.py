"""The website: who comes, from where, and what they do there."""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, NEITHER, Use, indicator
from kpikit.indicators.inputs import Amount, share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, DURATION, MONEY, RATIO, SHARE

METRICS = {
    "visitors": N_("visitors"),
    "sessions": N_("sessions"),
    "engaged_sessions": N_("engaged sessions"),
    "one_page_visitors": N_("visitors who saw only one page"),
    "page_views": N_("page views"),
    "engagement_seconds": N_("seconds of attention"),
    "downloads": N_("downloads"),
    "conversions": N_("conversions"),
    "orders": N_("orders"),
    "revenue": Amount(N_("revenue")),
    "carts": N_("shopping carts"),
    "ordered_carts": N_("shopping carts that were ordered"),
    "source_sessions": N_("sessions from the source"),
    "source_conversions": N_("conversions from the source"),
}
"""What the metrics of this domain are called in a formula."""


@indicator(
    label=N_("Visitors"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="website visitors, website traffic, users, unique visitors",
    da="besøgende på hjemmesiden, trafik på hjemmesiden, unikke besøgende",
    nb="besøkende på nettstedet, nettstedstrafikk, unike besøkende",
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
    da="sessioner, antal besøg",
    nb="økter, antall besøk",
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
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 10, Impressions, Pageviews, and Hits
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
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 10, Downloads
    """
    return downloads


@indicator(
    label=N_("Bounce rate"),
    unit=SHARE,
    better=LOWER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="GA4 bounce rate, share of sessions without engagement",
    da="afvisningsprocent, andel besøg uden engagement",
    nb="fluktfrekvens, avvisningsrate",
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
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 10, Bounce Rate (Website)
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


@indicator(
    label=N_("Conversions"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "campaign", "lagging"),
    synonyms="key events, goal completions, wanted actions",
    da="konverteringer, antal konverteringer, ønskede handlinger",
    nb="konverteringer, antall konverteringer, ønskede handlinger",
    identities=("web.visitors * web.conversion_rate",),
)
def conversions(conversions: Any) -> Any:
    """Number of times that visitors did the wanted action: bought, signed up, asked for an offer.

    Low: Take the steps one by one, and find the one where most leave; test the form on a telephone.
    High: See which source and page brought them, and whether the sales department finds them as good as before.
    Mind: A thank-you page that is reloaded, or a tag that fires twice, counts conversions that never were.
    Source: Google Analytics Help, About key events
    """
    return conversions


@indicator(
    label=N_("Conversion rate"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="CR, CVR, conversion rate per visitor, user key event rate",
    da="konverteringsrate, konverteringsfrekvens, konverteringsgrad",
    nb="konverteringsrate, konverteringsgrad",
)
def conversion_rate(conversions: Any, visitors: Any) -> Any:
    """Conversions per visitor: how many of the visitors do the wanted action.

    Low: The landing page does not match what people expect. Test one change at a time: heading, offer, form.
    High: The page persuades; now more of the right visitors pay. Note what works before changing anything.
    Mind: Somebody who converts twice counts twice, so the rate can pass 100%; name the unit, visitors or sessions.
    Source: Google Analytics Help, Analytics dimensions and metrics: User key event rate
    """
    return divide(conversions, visitors)


@indicator(
    label=N_("Conversion rate per session"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="session conversion rate, session key event rate",
    da="konverteringsrate pr. session",
    nb="konverteringsrate per økt",
    variant_of="conversion_rate",
)
def session_conversion_rate(conversions: Any, sessions: Any) -> Any:
    """Conversions per session: how many of the visits end in the wanted action.

    Low: Many visits are needed to decide; help people continue where they stopped: saved carts, a mail, a reminder.
    High: Visitors decide quickly; see whether a short offer does even better than long explanations.
    Mind: Lower than the rate per visitor whenever people return, so the two must not stand in one comparison.
    Source: Google Analytics Help, Analytics dimensions and metrics: Session key event rate
    """
    return divide(conversions, sessions)


@indicator(
    label=N_("Orders per visitor"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="e-commerce conversion rate, visitor-to-order rate, shop conversion rate",
    da="webshoppens konverteringsrate, ordrer pr. besøgende",
    nb="nettbutikkens konverteringsrate, ordrer per besøkende",
)
def purchase_rate(orders: Any, visitors: Any) -> Any:
    """Orders of the shop per visitor to its website.

    Low: Check price, delivery time and cost on the product page before the checkout; most decide there.
    High: Buyers come with a purpose. Try whether they take more products, or a dearer one.
    Mind: Orders by telephone and from shops raise it; leave them out, or the website is praised for them.
    Source: Google Analytics Help, Ecommerce purchases report
    """
    return divide(orders, visitors)


@indicator(
    label=N_("Revenue per visitor"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="RPV, value per visitor",
    da="omsætning pr. besøgende",
    nb="omsetning per besøkende",
    identities=("web.purchase_rate * sales.average_order_value",),
)
def revenue_per_visitor(revenue: Any, visitors: Any) -> Any:
    """Revenue of the shop per visitor to its website.

    Low: Split it in two: do fewer buy, or do they buy for less? The first is the page's task, the second the range's.
    High: You may pay more for a visitor than before; compare with the cost per visitor of each source.
    Mind: A few large orders move it from week to week; judge it over enough orders.
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 10, Visits, Visitors, and Abandonment
    """
    return divide(revenue, visitors)


@indicator(
    label=N_("Share of a traffic source"),
    unit=SHARE,
    better=NEITHER,
    usual=Use("PI", "department", "leading"),
    synonyms="traffic sources, traffic source share, channel share",
    da="trafikkilder, trafikkildens andel",
    nb="trafikkilder, trafikkildens andel",
)
def source_share(source_sessions: Any, sessions: Any) -> Any:
    """Share of the sessions that came from one source, such as search, mail or adverts.

    Low: Decide whether the source deserves more work, by what its visitors do and not by how many they are.
    High: You depend on it: a new rule of that platform can halve the traffic, so grow a second source.
    Mind: Links without tags end under direct traffic; a rising direct share often means missing tags.
    Source: Google Analytics Help, Default channel group
    """
    return share(source_sessions, sessions)


@indicator(
    label=N_("Conversion rate of a traffic source"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("PI", "campaign", "lagging"),
    synonyms="traffic source effectiveness, effectiveness of each traffic source, conversion rate per channel",
    da="trafikkildens effektivitet, konverteringsrate pr. kanal",
    nb="trafikkildens effektivitet, konverteringsrate per kanal",
)
def source_conversion_rate(source_conversions: Any, source_sessions: Any) -> Any:
    """Conversions per session of one source.

    Low: Send its visitors to a page made for them, and see whether the message there matches the link they followed.
    High: Buy or earn more of this traffic first, before looking for new sources.
    Mind: Brand search and mail reach people who have already decided; they harvest what other sources sowed.
    Source: Google Analytics Help, Traffic acquisition report
    """
    return divide(source_conversions, source_sessions)


@indicator(
    label=N_("Pages per session"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="page depth, views per session",
    da="sider pr. session, sidedybde",
    nb="sider per økt, sidedybde",
)
def pages_per_session(page_views: Any, sessions: Any) -> Any:
    """Average number of pages opened in a session.

    Low: Content does not lead on: link to what readers of this page open next, inside the text and at its end.
    High: Either people enjoy reading on, or they search in vain; look at what they open last.
    Mind: A better menu or search lowers it, because people find sooner what they came for.
    Source: Google Analytics Help, Analytics dimensions and metrics: Views per session
    """
    return divide(page_views, sessions)


@indicator(
    label=N_("Sessions per visitor"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="visit frequency, visits per visitor",
    da="besøg pr. besøgende, besøgsfrekvens",
    nb="besøk per besøkende, besøksfrekvens",
)
def sessions_per_visitor(sessions: Any, visitors: Any) -> Any:
    """Average number of visits that a visitor makes in the period.

    Low: Most come once. Offer a newsletter, an alert or a wish list: something that calls them back.
    High: A habit has formed; make sure that there is something new each time.
    Mind: Browsers that delete cookies turn returning visitors into new ones, which keeps it too low.
    Source: Google Analytics Help, Analytics dimensions and metrics: Sessions per active user
    """
    return divide(sessions, visitors)


@indicator(
    label=N_("Time on page"),
    unit=DURATION,
    better=HIGHER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="average time on page, reading time",
    da="tid på siden, gennemsnitlig tid på siden, læsetid",
    nb="tid på siden, gjennomsnittlig tid på siden, lesetid",
)
def time_on_page(engagement_seconds: Any, page_views: Any) -> Any:
    """Average time that a page is in front of the reader, for each time it is opened.

    Low: The page promises something else than it gives, or answers at once; see whether readers go on or go away.
    High: Readers take their time. On a form or a checkout it means the opposite: they struggle.
    Mind: Older tools guess it from the next click and know nothing of the last page; do not compare across tools.
    Source: Google Analytics Help, Analytics dimensions and metrics: User engagement
    """
    return divide(engagement_seconds, page_views)


@indicator(
    label=N_("Engagement time per session"),
    unit=DURATION,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="average engagement time, session duration",
    da="tid pr. besøg, engagementstid pr. session, sessionsvarighed",
    nb="tid per besøk, engasjementstid per økt, øktvarighet",
    identities=("web.pages_per_session * web.time_on_page",),
)
def engagement_time(engagement_seconds: Any, sessions: Any) -> Any:
    """Average time that the website is in front of the visitor in a session.

    Low: Begin with the landing page that has most short visits: speed, heading, and the device it is read on.
    High: Attention is there: ask for the next step while it lasts.
    Mind: GA4 counts the time in the foreground only, and often divides by users; say by what it is divided here.
    Source: Google Analytics Help, Analytics dimensions and metrics: Average engagement time per session
    """
    return divide(engagement_seconds, sessions)


@indicator(
    label=N_("Cart abandonment rate"),
    unit=SHARE,
    better=LOWER,
    usual=Use("KPI", "department", "leading"),
    synonyms="basket abandonment, abandoned carts",
    da="forladte kurve, kurvafbrud",
    nb="forlatte handlekurver",
)
def cart_abandonment_rate(carts: Any, ordered_carts: Any) -> Any:
    """Share of the shopping carts that were filled but not ordered.

    Low: The checkout is smooth. Look further up now: do enough visitors fill a cart at all?
    High: Show freight and delivery time before the checkout, allow buying without an account, remind by mail.
    Mind: Many use the cart as a note for later: well over half are abandoned in most shops, and some return.
    Source: Farris et al., Marketing Metrics (3rd ed.), chapter 10, Visits, Visitors, and Abandonment (abandonment rate)
    """
    return share(carts - ordered_carts, carts)
