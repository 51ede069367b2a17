"""Marketing: for each indicator the numbers that go in, the value calculated by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

CASES: Cases = {
    "cost": ({"marketing_cost": 2000}, 2000),  # as measured
    "cost_per_lead": ({"marketing_cost": 2000, "leads": 80}, 25),  # 2000 / 80
    "cost_per_acquisition": ({"marketing_cost": 2000, "conversions": 50}, 40),  # 2000 / 50
    "blended_cost_per_acquisition": ({"marketing_cost": 2000, "orders": 160}, 12.5),  # 2000 / 160
    "efficiency_ratio": ({"revenue": 9000, "marketing_cost": 2000}, 4.5),  # 9000 / 2000
    "roi": ({"marketing_revenue": 3000, "marketing_cost": 2000}, 0.5),  # (3000 - 2000) / 2000
    "return_ratio": ({"marketing_revenue": 3000, "marketing_cost": 2000}, 1.5),  # 3000 / 2000
    "share_of_revenue": ({"marketing_revenue": 3600, "revenue": 9000}, 0.4),  # 3600 / 9000
    "brand_awareness": ({"aware_respondents": 132, "awareness_respondents": 400}, 0.33),  # 132 / 400
    "customer_engagement": ({"engaged_customers": 90, "addressed_customers": 600}, 0.15),  # 90 / 600
}
