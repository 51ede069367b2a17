"""How long visitors stay on the website, and how much of it they see."""

from typing import Any

from kpikit.indicators.framework import HIGHER, Use, indicator
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import DURATION, RATIO

METRICS = {
    "visitors": N_("visitors"),
    "sessions": N_("sessions"),
    "page_views": N_("page views"),
    "engagement_seconds": N_("seconds of attention"),
}
"""What the metrics of these indicators are called in a formula."""


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
    Source: Chartbeat Documentation, Historical API: Metrics, Dimensions, and Filters (Average Engaged Time)
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
