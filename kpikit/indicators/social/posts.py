"""What the brand posts, who sees it, and who answers."""

from typing import Any

from kpikit.indicators.framework import HIGHER, NEITHER, Use, indicator
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, RATIO, SHARE

METRICS = {
    "posts": N_("posts"),
    "post_views": N_("views of posts"),
    "reached_people": N_("people reached"),
    "likes": N_("likes"),
    "comments": N_("comments"),
    "shares": N_("shares of posts"),
    "post_clicks": N_("clicks on links in posts"),
    "followers": N_("followers"),
}
"""What the metrics of these indicators are called in a formula."""


@indicator(
    label=N_("Posts"),
    unit=COUNT,
    better=NEITHER,
    usual=Use("PI", "department", "leading"),
    synonyms="social media posts, number of posts, posting frequency",
    da="antal opslag, opslag på sociale medier",
    nb="antall innlegg, innlegg i sosiale medier",
)
def posts(posts: Any) -> Any:
    """Number of posts that the brand published in the period.

    Low: Silence costs reach quickly; plan a month ahead, so that holidays and busy weeks do not decide.
    High: Look at the engagement of each post: if it falls while the number rises, post less and better.
    Mind: Stories, short videos and reposts are posts in one network and not in another; say which are counted.
    Source: MRC Social Media Measurement Guidelines, Authorship
    """
    return posts


@indicator(
    label=N_("Reach"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="people reached, unique reach, accounts reached, social media reach",
    da="rækkevidde, antal personer nået, unik rækkevidde, rækkevidde på Facebook og Instagram",
    nb="rekkevidde, antall personer nådd, unik rekkevidde, rekkevidde på Facebook og Instagram",
)
def reach(reached_people: Any) -> Any:
    """Number of different people who saw at least one post in the period.

    Low: The network shows what people answer: post what gets comments and shares, when followers are there.
    High: See how many were not followers yet, and give them a reason to follow while they look.
    Mind: Counted anew in each period and network: neither months nor networks add up, and paid reach is often inside.
    Source: MRC Social Media Measurement Guidelines, Reach
    """
    return reached_people


@indicator(
    label=N_("Views of posts"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="post views, post impressions, organic impressions, views on social media",
    da="visninger af opslag, eksponeringer af opslag, visninger på Facebook og Instagram",
    nb="visninger av innlegg, eksponeringer av innlegg, visninger på Facebook og Instagram",
)
def views(post_views: Any) -> Any:
    """Number of times that posts were shown, also several times to the same person.

    Low: Compare with reach: fewer people, or the same ones less often? The first calls for shares, the other for posts.
    High: A post went further than usual; answer its comments quickly, since that keeps it going.
    Mind: What counts as a view differs: the start of a video in one network, thirty seconds of it in another.
    Source: MRC Social Media Measurement Guidelines, Reach: impressions
    """
    return post_views


@indicator(
    label=N_("Engagement"),
    unit=COUNT,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="social media engagement, interactions, engagements, reactions to posts",
    da=(
        "engagement på sociale medier, antal interaktioner, reaktioner på opslag, likes, synes godt om, "
        "engagement på Facebook og Instagram"
    ),
    nb=(
        "engasjement i sosiale medier, antall interaksjoner, reaksjoner på innlegg, engasjement, likerklikk, "
        "engasjement på Facebook og Instagram"
    ),
    identities=("social.posts * social.engagement_per_post",),
)
def engagement(likes: Any, comments: Any, shares: Any) -> Any:
    """Likes, comments and shares that the brand's posts received in the period.

    Low: Ask something that people like to answer, show faces instead of products, and reply to everybody.
    High: Read the comments before celebrating: a storm of complaints is engagement as well.
    Mind: A share is worth far more than a like, but counts the same here; the mix tells more than the sum.
    Source: MRC Social Media Measurement Guidelines, Engagement
    """
    return likes + comments + shares


@indicator(
    label=N_("Engagement per post"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="interactions per post, average engagement of a post",
    da="engagement pr. opslag, interaktioner pr. opslag",
    nb="engasjement per innlegg, interaksjoner per innlegg",
)
def engagement_per_post(likes: Any, comments: Any, shares: Any, posts: Any) -> Any:
    """Likes, comments and shares of an average post.

    Low: Sort the posts by answers, and see what the best five have in common: subject, format, weekday.
    High: Make a series of what works before the audience tires of it.
    Mind: One post that goes round the world lifts the average for a month; look at the middle post too.
    Source: MRC Social Media Measurement Guidelines, Interaction
    """
    return divide(likes + comments + shares, posts)


@indicator(
    label=N_("Engagement rate"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "leading"),
    synonyms="engagement rate by followers, social media engagement rate",
    da="engagementrate, engagementrate pr. følger",
    nb="engasjementsrate, engasjementsrate per følger",
)
def engagement_rate(likes: Any, comments: Any, shares: Any, followers: Any) -> Any:
    """Likes, comments and shares per follower in the period.

    Low: The content does not speak to those who follow: ask them what they came for, and drop the weakest format.
    High: An audience that answers is worth asking: let it choose products, test ideas and tell its own stories.
    Mind: Large accounts have lower rates, and more posts raise it; over many posts it can pass 100%.
    Source: Hootsuite Blog, Engagement rate: engagement rate by posts
    """
    return divide(likes + comments + shares, followers)


@indicator(
    label=N_("Engagement rate by views"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "campaign", "leading"),
    synonyms="engagement rate by impressions, engagements per view",
    da="engagementrate pr. visning, engagement i forhold til visninger",
    nb="engasjementsrate per visning, engasjement i forhold til visninger",
    variant_of="engagement_rate",
)
def engagement_rate_by_views(likes: Any, comments: Any, shares: Any, post_views: Any) -> Any:
    """Likes, comments and shares per view of a post.

    Low: It is seen but passed over: work on the first line and the first second of the video.
    High: Those who see it respond; pay for a wider showing of exactly this post.
    Mind: Paid views mostly lower it, because they reach people who never asked for the brand.
    Source: Hootsuite Blog, Engagement rate: engagement rate by impressions
    """
    return divide(likes + comments + shares, post_views)


@indicator(
    label=N_("Engagement rate by reach"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="ERR, engagements per person reached",
    da="engagementrate pr. nået person, engagement i forhold til rækkevidde",
    nb="engasjementsrate per nådd person, engasjement i forhold til rekkevidde",
    variant_of="engagement_rate",
)
def engagement_rate_by_reach(likes: Any, comments: Any, shares: Any, reached_people: Any) -> Any:
    """Likes, comments and shares per person who saw a post.

    Low: People look without a wish to answer; end with a question, a choice between two, or something to keep.
    High: The message hits whoever meets it; the way to more is reach, not another message.
    Mind: Reach is estimated by the network and counted anew in each period, so a month is not the mean of its weeks.
    Source: Hootsuite Blog, Engagement rate: engagement rate by reach
    """
    return divide(likes + comments + shares, reached_people)


@indicator(
    label=N_("Click-through rate of posts"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="social media click-through rate, social CTR, clicks per view of a post",
    da="klikrate på opslag, klikrate på sociale medier",
    nb="klikkrate på innlegg, klikkrate i sosiale medier",
)
def click_through_rate(post_clicks: Any, post_views: Any) -> Any:
    """Clicks on the links in posts per view.

    Low: Say in the post what is behind the link and for whom; a picture of the page itself helps as well.
    High: People want to know more. Check that they stay on the page they come to, and link more often.
    Mind: Networks show posts with links to fewer people, so a better rate can come with fewer visits.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 9, Clickthrough Rates
    """
    return divide(post_clicks, post_views)
