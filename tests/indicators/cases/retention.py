"""Retention: for each indicator the numbers that go in, the value calculated by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

CASES: Cases = {
    "churn_rate": ({"lost_customers": 8, "starting_customers": 200}, 0.04),  # 8 / 200
    "retention_rate": ({"lost_customers": 8, "starting_customers": 200}, 0.96),  # (200 - 8) / 200
    "churn_reason_share": ({"customers_lost_for_reason": 3, "lost_customers": 8}, 0.375),  # 3 / 8
}
