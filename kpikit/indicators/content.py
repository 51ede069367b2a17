"""Content marketing: articles, films and guides, how people take to them, and what they bring for what they cost."""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, NEITHER, Use, indicator
from kpikit.indicators.inputs import Amount
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY, RATIO, SHARE

METRICS = {
    "content_pieces": N_("pieces of content"),
    "content_engagements": N_("likes, comments and shares of the content"),
    "content_readers": N_("readers of the content"),
    "content_leads": N_("leads from content"),
    "content_cost": Amount(N_("cost of the content"), lowest=0),
    "content_revenue": Amount(N_("income from content")),
}
"""What the metrics of this domain are called in a formula."""


@indicator(
    label=N_("Pieces of content"),
    unit=COUNT,
    better=NEITHER,
    usual=Use("PI", "department", "leading"),
    synonyms="content pieces published, articles published, content output",
    da="antal stykker indhold, udgivne artikler, indholdsproduktion",
    nb="antall innholdsstykker, publiserte artikler, innholdsproduksjon",
)
def pieces(content_pieces: Any) -> Any:
    """Number of articles, films, guides and other pieces published in the period.

    Low: See where pieces wait: for an idea, an expert's time or an approval; the last is shortened by a fixed day.
    High: Ask of each what it is to bring; renewing ten good old pieces often beats writing ten new ones.
    Mind: A short notice and a forty-page guide each count one, so never use the number alone as a target.
    Source: Content Marketing Institute, A Field Guide to the Four Types of Content Marketing Metrics, Consumption
    """
    return content_pieces


@indicator(
    label=N_("Engagement per piece of content"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("KPI", "department", "leading"),
    synonyms="engagement per piece, content engagement, engagement per article",
    da="engagement pr. indhold, engagement pr. artikel",
    nb="engasjement per innhold, engasjement per artikkel",
)
def engagement_per_piece(content_engagements: Any, content_pieces: Any) -> Any:
    """Likes, comments and shares of an average piece of content.

    Low: Ask customers and the service desk which questions they hear, and answer those instead of your own.
    High: Write the sequel, and build the same subject into a guide, a talk or a film.
    Mind: Old pieces keep collecting answers, so the newest always look weak; compare them at the same age.
    Source: Content Marketing Institute, A Field Guide to the Four Types of Content Marketing Metrics, Sharing
    """
    return divide(content_engagements, content_pieces)


@indicator(
    label=N_("Leads from content"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("KPI", "department", "leading"),
    synonyms="content leads, leads generated, lead generation, leads from e-books and whitepapers",
    da="leads fra indhold, leadgenerering, leads fra e-bøger, leads fra webinarer",
    nb="leads fra innhold, leadgenerering, leads fra e-bøker, leads fra webinarer",
)
def leads(content_leads: Any) -> Any:
    """Number of leads that content brought, such as downloads of an e-book with name and address.

    Low: Offer on the most read pages something worth an address: a template, a calculation, a checklist.
    High: Call a sample within a week: do they remember you, and have they the problem that you solve?
    Mind: Students and competitors fetch guides too; count those whom the sales department accepts.
    Source: Content Marketing Institute, A Field Guide to the Four Types of Content Marketing Metrics, Lead Generation
    """
    return content_leads


@indicator(
    label=N_("Leads per reader"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="content lead rate, reader-to-lead rate, lead conversion of content",
    da="leads pr. læser, andel læsere der bliver leads",
    nb="leads per leser, andel lesere som blir leads",
)
def lead_rate(content_leads: Any, content_readers: Any) -> Any:
    """Leads from content per reader of it.

    Low: The text ends without a next step, or the form asks for too much; name and address are enough at first.
    High: The offer fits the subject. Bring the page more readers by search, mail and links from other pages.
    Mind: One reader who fetches three guides is three leads in many systems, one person in reality.
    Source: Content Marketing Institute, A Field Guide to the Four Types of Content Marketing Metrics, Lead Generation
    """
    return divide(content_leads, content_readers)


@indicator(
    label=N_("Content cost per lead"),
    unit=MONEY,
    better=LOWER,
    usual=Use("PI", "department", "lagging"),
    synonyms="cost per content lead, cost per lead of content",
    da="indholdets pris pr. lead, pris pr. lead fra indhold",
    nb="innholdets kostnad per lead, kostnad per lead fra innhold",
)
def cost_per_lead(content_cost: Any, content_leads: Any) -> Any:
    """Cost of the content per lead that it brought.

    Low: Old pieces still work for you: keep them correct, and spend part of the saving on new subjects.
    High: Show what exists to more people before producing more; most pieces are seen too little, not written too badly.
    Mind: The cost falls in the first month and the leads come over years, so a young archive always looks dear.
    Source: LinkedIn Marketing Solutions Help, Conversions and leads metrics in Campaign Manager: Cost Per Lead (here of
    content alone)
    """
    return divide(content_cost, content_leads)


@indicator(
    label=N_("Content ROI"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="return on content investment, content marketing ROI",
    da="indholdets ROI, afkast af indhold",
    nb="innholdets ROI, avkastning på innhold",
    identities=("content.return_ratio - 1",),
)
def roi(content_revenue: Any, content_cost: Any) -> Any:
    """What content earned above its cost, as a share of the cost.

    Low: Below zero it has not paid back yet. See which pieces sell at all, and move the hours to their kind.
    High: Put part of the gain into keeping the best pieces up to date, because they age without a warning.
    Mind: Some write ROI as income divided by cost, which is one higher; and salaries of the writers belong to the cost.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 10, Return on Investment (ROI): of content alone
    """
    return divide(content_revenue - content_cost, content_cost)


@indicator(
    label=N_("Content return ratio"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="content income per cost, content revenue to cost",
    da="indholdets indtægt pr. omkostning, indtægt pr. indholdskrone",
    nb="innholdets inntekt per kostnad, inntekt per innholdskrone",
    variant_of="roi",
    identities=("content.roi + 1",),
)
def return_ratio(content_revenue: Any, content_cost: Any) -> Any:
    """Income from content per unit of its cost; some call this content ROI.

    Low: Below one the money comes back smaller; check first whether sales writes down what customers had read.
    High: Compare with the return of adverts at the same margin, and let the better of the two grow.
    Mind: Breaks even at one, where ROI does at zero: a target copied from one to the other is wrong by 100 points.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 10, Return on Marketing Investment (content alone)
    """
    return divide(content_revenue, content_cost)
