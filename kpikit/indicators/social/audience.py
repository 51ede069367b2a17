"""Who follows the brand, who speaks of it, and who passes its posts on."""

from typing import Any

from kpikit.indicators.framework import HIGHER, Use, indicator
from kpikit.indicators.inputs import share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, RATIO, SHARE

METRICS = {
    "posts": N_("posts"),
    "shares": N_("shares of posts"),
    "followers": N_("followers"),
    "followers_at_start": N_("followers at the start"),
    "brand_mentions": N_("mentions of the brand"),
    "competitor_mentions": N_("mentions of the competitors"),
}
"""What the metrics of these indicators are called in a formula."""


@indicator(
    label=N_("Followers"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="number of followers, fans, social media audience",
    da="følgere, antal følgere, fans, følgere på Facebook og Instagram",
    nb="følgere, antall følgere, fans, følgere på Facebook og Instagram",
)
def followers(followers: Any) -> Any:
    """Number of accounts that follow the brand at the end of the period.

    Low: Show the profile where customers already are: on receipts, packaging, mails and at the counter.
    High: See whether they answer and buy; a thousand who care are worth more than a hundred thousand who scroll.
    Mind: One person follows in several networks, and some accounts are robots; networks clear those out in one sweep.
    Source: MetricHQ, Followers: Followers Formula
    """
    return followers


@indicator(
    label=N_("Follower growth"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "leading"),
    synonyms="audience growth rate, follower growth rate, growth in followers",
    da="følgervækst, vækst i følgere",
    nb="følgervekst, vekst i følgere",
)
def follower_growth(followers: Any, followers_at_start: Any) -> Any:
    """Change in the number of followers over the period, as a share of those at its start.

    Low: Few find the profile, or many leave: invite where customers are, and look at what was posted when they left.
    High: Find the post or the partner that brought them, and greet the new ones with what they came for.
    Mind: From a small start every growth looks large, and competitions bring followers who leave within weeks.
    Source: Hootsuite Blog, Social media metrics: Audience growth rate
    """
    return divide(followers - followers_at_start, followers_at_start)


@indicator(
    label=N_("Net new followers"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="new followers, followers gained, net follower growth, follower gain",
    da="nye følgere, tilgang af følgere, følgere vundet netto",
    nb="nye følgere, tilgang av følgere, netto vekst i følgere",
    variant_of="follower_growth",
)
def net_new_followers(followers: Any, followers_at_start: Any) -> Any:
    """Followers at the end of the period less those at its start.

    Low: Look at those who came and those who left apart: few new ones want more shares, many leavers fewer posts.
    High: Hold it against what was spent on ads and prizes, and see in a month how many of them are still there.
    Mind: A large account wins more in a quiet week than a small one in its best; compare accounts by the growth.
    Source: Metricool Help Center, LinkedIn company page metrics: Growth (net follower growth)
    """
    return followers - followers_at_start


@indicator(
    label=N_("Share of voice"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "leading"),
    synonyms="SOV, social share of voice, share of mentions",
    da="share of voice, andel af omtalen, omtaleandel",
    nb="share of voice, andel av omtalen, omtaleandel",
)
def share_of_voice(brand_mentions: Any, competitor_mentions: Any) -> Any:
    """The brand's share of all mentions of it and of its competitors.

    Low: See which subjects the others are mentioned for, and choose one of them where you have more to say.
    High: Read what is said: being talked about most is good only while the tone is.
    Mind: The list of competitors and the search words decide it; add one more name, and the share falls overnight.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 9, Share of Voice (there of advertising, here of
    mentions)
    """
    return share(brand_mentions, brand_mentions + competitor_mentions)


@indicator(
    label=N_("Amplification rate"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="amplification, shares per follower",
    da="delinger pr. følger, delingsrate, forstærkning",
    nb="delinger per følger, delingsrate, forsterkning",
)
def amplification_rate(shares: Any, followers: Any) -> Any:
    """Shares of the brand's posts per follower in the period.

    Low: People share what makes them look helpful or funny: lists, figures, good deeds; rarely an offer.
    High: Followers work as your media. Thank them by name, and give them material before everybody else.
    Mind: Much is passed on in private messages instead, which networks count differently or not at all.
    Source: Hootsuite Blog, Social media metrics: Amplification rate
    """
    return divide(shares, followers)


@indicator(
    label=N_("Shares per post"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="amplification per post, reposts per post, retweets per tweet",
    da="delinger pr. opslag",
    nb="delinger per innlegg",
    variant_of="amplification_rate",
)
def shares_per_post(shares: Any, posts: Any) -> Any:
    """Average number of times that a post was shared.

    Low: Before posting, ask who would send this to whom, and why; leave out what has no answer.
    High: Use the shared posts again in other formats: a mail, a short film, a page on the website.
    Mind: Grows with the number of followers, so compare accounts of different size by shares per follower.
    Source: Avinash Kaushik, Best Social Media Metrics: Conversation, Amplification, Applause, Economic Value
    """
    return divide(shares, posts)
