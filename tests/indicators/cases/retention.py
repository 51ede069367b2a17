"""Retention: for each indicator the numbers that go in, the value calculated by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

CASES: Cases = {
    "churn_rate": ({"lost_customers": 8, "starting_customers": 200}, 0.04),  # 8 / 200
    "retention_rate": ({"lost_customers": 8, "starting_customers": 200}, 0.96),  # (200 - 8) / 200
    "churn_reason_share": ({"customers_lost_for_reason": 3, "lost_customers": 8}, 0.375),  # 3 / 8
}

NAMED = {
    "churn rate": "churn_rate",
    "reasons for churn": "churn_reason_share",
    "retention": "retention_rate",
    "customer loyalty rate": "retention_rate",
}
"""What the source documents name, and the indicator that search must find first for it."""
