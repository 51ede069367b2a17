"""The catalogue to read: one entry in full, and all of them as the page CATALOGUE.md (``make catalogue``)."""

from __future__ import annotations

from collections.abc import Sequence

from kpikit.indicators.catalogue import CATALOGUE, Indicators, find, identities, identity_written
from kpikit.indicators.framework import Indicator
from kpikit.words.language import Language
from kpikit.words.texts import N_

TITLE = N_("Catalogue of indicators")
DOMAINS = {
    "sales": N_("Sales"),
    "pipeline": N_("Leads and sales in progress"),
    "customers": N_("Customers and loyalty"),
    "finance": N_("Finance"),
    "web": N_("Website"),
    "marketing": N_("Marketing"),
    "ads": N_("Paid ads"),
    "seo": N_("Organic search (SEO)"),
    "email": N_("E-mail"),
    "social": N_("Social media"),
    "content": N_("Content"),
    "operations": N_("Operations"),
    "production": N_("Production"),
    "satisfaction": N_("Satisfaction and recommendation"),
    "service": N_("Customer service"),
    "subscription": N_("Subscriptions"),
    "retention": N_("Churn and retention"),
    "people": N_("Employees"),
    "market": N_("Market"),
    "sustainability": N_("Sustainability"),
    "emergency": N_("Emergency departments"),
}
"""What the domains are called; one of a workspace's own is called as it stands in its ids."""


def rows(one: Indicator, say: Language, indicators: Indicators = CATALOGUE) -> list[tuple[str, str]]:
    """The lines of an indicator's definition card, below them its domain and what ties it to others, and at the end the
    names that its metrics have in ``workspace.yml``: (heading, text)."""
    same = "; ".join(identity_written(each, say, indicators) for each in identities(one))
    standard = say(find(one.variant_of, indicators).label) if one.variant_of else ""
    tied = [(say("Domain"), _domain(one.domain, say)), (say("Equals"), same), (say("A variant of"), standard)]
    needed = say("Metrics it needs"), ", ".join(one.metrics)
    return [*one.card(say.code).rows(), *((head, text) for head, text in tied if text), needed]


def entry(one: Indicator, say: Language, indicators: Indicators = CATALOGUE) -> str:
    """One entry in full, as text for a terminal."""
    return "\n".join([say(one.label), *(f"  {head}: {text}" for head, text in rows(one, say, indicators))])


def markdown(say: Language, indicators: Indicators = CATALOGUE) -> str:
    """The whole catalogue as one Markdown page: its domains, and below each the entries in full."""
    domains = list(dict.fromkeys(one.domain for one in indicators.values()))
    members = {domain: [one for one in indicators.values() if one.domain == domain] for domain in domains}
    pieces = [f"# {say(TITLE)}", "<!-- 'make catalogue' writes this page from the declarations. -->"]
    pieces.append("\n".join(_contents(domain, members[domain], say) for domain in domains))
    for domain in domains:
        pieces.append(f'<a id="{domain}"></a>\n\n## {_domain(domain, say)}')
        pieces += [_section(one, say, indicators) for one in members[domain]]
    return "\n\n".join(pieces) + "\n"


def _contents(domain: str, members: Sequence[Indicator], say: Language) -> str:
    return f"- **[{_domain(domain, say)}](#{domain})**: " + ", ".join(say(one.label) for one in members)


def _domain(name: str, say: Language) -> str:
    return say(DOMAINS[name]) if name in DOMAINS else name


def _section(one: Indicator, say: Language, indicators: Indicators) -> str:
    lines = (f"- **{head}**: {f'`{text}`' if text == one.id else text}" for head, text in rows(one, say, indicators))
    return "\n".join([f"### {say(one.label)}", "", *lines])
