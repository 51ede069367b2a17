"""Social media: for each indicator the numbers that go in, the value calculated by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

ANSWERS = {"likes": 240, "comments": 40, "shares": 20}  # 300 together

CASES: Cases = {
    "posts": ({"posts": 12}, 12),  # as measured
    "reach": ({"reached_people": 3000}, 3000),  # as measured
    "views": ({"post_views": 7500}, 7500),  # as measured
    "engagement": (ANSWERS, 300),  # 240 + 40 + 20
    "engagement_per_post": ({**ANSWERS, "posts": 12}, 25),  # 300 / 12
    "engagement_rate": ({**ANSWERS, "followers": 2000}, 0.15),  # 300 / 2000
    "engagement_rate_by_views": ({**ANSWERS, "post_views": 7500}, 0.04),  # 300 / 7500
    "engagement_rate_by_reach": ({**ANSWERS, "reached_people": 3000}, 0.1),  # 300 / 3000
    "click_through_rate": ({"post_clicks": 150, "post_views": 7500}, 0.02),  # 150 / 7500
    "followers": ({"followers": 2000}, 2000),  # as measured
    "follower_growth": ({"followers": 2000, "followers_at_start": 1600}, 0.25),  # (2000 - 1600) / 1600
    "net_new_followers": ({"followers": 2000, "followers_at_start": 1600}, 400),  # 2000 - 1600
    "share_of_voice": ({"brand_mentions": 90, "competitor_mentions": 210}, 0.3),  # 90 / (90 + 210)
    "amplification_rate": ({"shares": 20, "followers": 2000}, 0.01),  # 20 / 2000
    "shares_per_post": ({"shares": 20, "posts": 8}, 2.5),  # 20 / 8
}
