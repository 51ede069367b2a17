"""Content: for each indicator the numbers that go in, the value calculated by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

CASES: Cases = {
    "pieces": ({"content_pieces": 8}, 8),  # as measured
    "engagement_per_piece": ({"content_engagements": 360, "content_pieces": 8}, 45),  # 360 / 8
    "leads": ({"content_leads": 30}, 30),  # as measured
    "lead_rate": ({"content_leads": 30, "content_readers": 1500}, 0.02),  # 30 / 1500
    "cost_per_lead": ({"content_cost": 2400, "content_leads": 30}, 80),  # 2400 / 30
    "roi": ({"content_revenue": 3000, "content_cost": 2400}, 0.25),  # (3000 - 2400) / 2400
    "return_ratio": ({"content_revenue": 3000, "content_cost": 2400}, 1.25),  # 3000 / 2400
}
