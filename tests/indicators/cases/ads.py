"""Paid ads: for each indicator the numbers that go in, the value calculated by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

CASES: Cases = {
    "impressions": ({"ad_impressions": 50_000}, 50_000),  # as measured
    "viewable_rate": ({"viewable_impressions": 27_000, "measurable_impressions": 45_000}, 0.6),  # 27000 / 45000
    "people_reached": ({"ad_reach": 20_000}, 20_000),  # as measured
    "frequency": ({"ad_impressions": 50_000, "ad_reach": 20_000}, 2.5),  # 50000 / 20000
    "clicks": ({"ad_clicks": 800}, 800),  # as measured
    "click_through_rate": ({"ad_clicks": 800, "ad_impressions": 50_000}, 0.016),  # 800 / 50000
    "spend": ({"ad_cost": 4000}, 4000),  # as measured
    "cost_per_click": ({"ad_cost": 4000, "ad_clicks": 800}, 5),  # 4000 / 800
    "cost_per_thousand_impressions": ({"ad_cost": 4000, "ad_impressions": 50_000}, 80),  # 1000 * 4000 / 50000
    "conversions": ({"ad_conversions": 32}, 32),  # as measured
    "conversion_rate": ({"ad_conversions": 32, "ad_clicks": 800}, 0.04),  # 32 / 800
    "cost_per_conversion": ({"ad_cost": 4000, "ad_conversions": 32}, 125),  # 4000 / 32
    "revenue": ({"ad_revenue": 16_000}, 16_000),  # as measured
    "revenue_per_conversion": ({"ad_revenue": 16_000, "ad_conversions": 32}, 500),  # 16000 / 32
    "return_on_ad_spend": ({"ad_revenue": 16_000, "ad_cost": 4000}, 4),  # 16000 / 4000
    "impression_share": ({"ad_impressions": 50_000, "eligible_impressions": 80_000}, 0.625),  # 50000 / 80000
    "lost_to_budget": ({"impressions_lost_to_budget": 18_000, "eligible_impressions": 80_000}, 0.225),  # 18000 / 80000
    "lost_to_rank": ({"impressions_lost_to_rank": 12_000, "eligible_impressions": 80_000}, 0.15),  # 12000 / 80000
}
