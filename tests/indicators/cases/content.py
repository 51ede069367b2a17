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

NAMED = {
    "engagement per piece": "engagement_per_piece",
    "leads generated": "leads",
    "time on page": "web.time_on_page",
    "pages per session": "web.pages_per_session",
    "content ROI": "roi",
}
"""What the source documents name, and the indicator that search must find first for it."""
