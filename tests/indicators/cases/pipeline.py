"""The sales pipeline: for each indicator the numbers that go in, the value by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

CASES: Cases = {
    "leads": ({"leads": 80}, 80),  # as measured
    "lead_to_customer_rate": ({"customers_from_leads": 12, "leads": 80}, 0.15),  # 12 / 80
    "open_deals": ({"open_deals": 40}, 40),  # as measured
    "value": ({"pipeline_value": 300_000}, 300_000),  # as measured
    "coverage": ({"pipeline_value": 300_000, "sales_quota": 120_000}, 2.5),  # 300 000 / 120 000
    "won_deals": ({"won_deals": 6}, 6),  # as measured
    "average_deal_size": ({"won_value": 90_000, "won_deals": 6}, 15_000),  # 90 000 / 6
    "win_rate": ({"won_deals": 6, "lost_deals": 18}, 0.25),  # 6 / (6 + 18)
    "sales_cycle_length": ({"days_to_win": 270, "won_deals": 6}, 45),  # 270 / 6
    "sales_velocity": (  # 40 deals x 6 / 24 won x 90 000 / 6 a deal / (270 / 6) days = 150 000 / 45
        {"open_deals": 40, "won_deals": 6, "lost_deals": 18, "won_value": 90_000, "days_to_win": 270},
        10_000 / 3,
    ),
    "quota_attainment": ({"won_value": 90_000, "sales_quota": 120_000}, 0.75),  # 90 000 / 120 000
}
