"""What visitors of the website do in the end, and what that is worth."""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, NEITHER, Use, indicator
from kpikit.indicators.inputs import Amount, share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY, SHARE

METRICS = {
    "visitors": N_("visitors"),
    "sessions": N_("sessions"),
    "conversions": N_("conversions"),
    "converted_visitors": N_("visitors who did the wanted action"),
    "orders": N_("orders"),
    "revenue": Amount(N_("revenue")),
    "carts": N_("shopping carts"),
    "ordered_carts": N_("shopping carts that were ordered"),
    "source_sessions": N_("sessions from the source"),
    "source_conversions": N_("conversions from the source"),
}
"""What the metrics of these indicators are called in a formula."""


@indicator(
    label=N_("Conversions"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "campaign", "lagging"),
    synonyms="key events, goal completions, wanted actions",
    da="konverteringer, antal konverteringer, ønskede handlinger, konvertering",
    nb="konverteringer, antall konverteringer, ønskede handlinger, konvertering",
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
    synonyms="CR, CVR, conversion rate per visitor, conversions per visitor",
    da="konverteringsrate, konverteringsfrekvens, konverteringsgrad",
    nb="konverteringsrate, konverteringsgrad",
)
def conversion_rate(conversions: Any, visitors: Any) -> Any:
    """Conversions per visitor: how many of the visitors do the wanted action.

    Low: The landing page does not match what people expect. Test one change at a time: heading, offer, form.
    High: The page persuades; now more of the right visitors pay. Note what works before changing anything.
    Mind: Somebody who converts twice counts twice, so the rate can pass 100%; name the unit, visitors or sessions.
    Source: Avinash Kaushik, Excellent Analytics Tip 5: Conversion Rate Basics and Best Practices, Definition (outcomes
    by unique visitors)
    """
    return divide(conversions, visitors)


@indicator(
    label=N_("Share of visitors who convert"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="user key event rate, user conversion rate, share of visitors who do the wanted action",
    da="andel der konverterer, andel besøgende der gør det ønskede",
    nb="andel som konverterer, andel besøkende som gjør det ønskede",
    variant_of="conversion_rate",
)
def converting_share(converted_visitors: Any, visitors: Any) -> Any:
    """Share of the visitors who did the wanted action at least once.

    Low: See how many begin and give up: a form with nine fields, a price that comes late, a page that fails on phones.
    High: Most who can be won are won. More must come from new visitors, or from the same ones a second time.
    Mind: Nobody counts twice, so it is lower than conversions per visitor wherever people convert again.
    Source: Google Analytics Help, Analytics dimensions and metrics: User key event rate
    """
    return share(converted_visitors, visitors)


@indicator(
    label=N_("Conversion rate per session"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="session conversion rate, conversions per session",
    da="konverteringsrate pr. session",
    nb="konverteringsrate per økt",
    variant_of="conversion_rate",
)
def session_conversion_rate(conversions: Any, sessions: Any) -> Any:
    """Conversions per session: how many of the visits end in the wanted action.

    Low: Many visits are needed to decide; help people continue where they stopped: saved carts, a mail, a reminder.
    High: Visitors decide quickly; see whether a short offer does even better than long explanations.
    Mind: Each conversion counts; the session key event rate of GA4 counts a session once, and is lower where one visit
    holds several.
    Source: Google Analytics (Universal), Dimensions and Metrics: Ecommerce Conversion Rate (transactions per session)
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
    Source: Avinash Kaushik, Excellent Analytics Tip 5: Conversion Rate Basics and Best Practices, What are Outcomes
    (orders)
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
    Source: Optimizely, Optimization Glossary: Revenue per visitor
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
    Source: Google Analytics (Universal), Dimensions and Metrics: Ecommerce Conversion Rate (transactions per session),
    by source
    """
    return divide(source_conversions, source_sessions)


@indicator(
    label=N_("Cart abandonment rate"),
    unit=SHARE,
    better=LOWER,
    usual=Use("KPI", "department", "leading"),
    synonyms="basket abandonment, abandoned carts",
    da="forladte kurve, afbrudte kurve, kurvafbrud",
    nb="forlatte handlekurver",
)
def cart_abandonment_rate(carts: Any, ordered_carts: Any) -> Any:
    """Share of the shopping carts that were filled but not ordered.

    Low: The checkout is smooth. Look further up now: do enough visitors fill a cart at all?
    High: Show freight and delivery time before the checkout, allow buying without an account, remind by mail.
    Mind: Many use the cart as a note for later: well over half are abandoned in most shops, and some return.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 9, Visits, Visitors, and Abandonment (abandonment rate)
    """
    return share(carts - ordered_carts, carts)
