"""Customers: for each indicator the numbers that go in, the value calculated by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

CASES: Cases = {
    "customers": ({"customers": 40}, 40),  # as measured
    "new_customers": ({"new_customers": 15}, 15),  # as measured
    "returning_customers": ({"customers": 40, "new_customers": 15}, 25),  # 40 - 15
    "returning_customer_rate": ({"customers": 40, "new_customers": 15}, 0.625),  # (40 - 15) / 40
    "repeat_purchase_rate": ({"repeat_customers": 12, "customers": 40}, 0.3),  # 12 / 40
    "average_spend_per_customer": ({"known_revenue": 1200, "customers": 40}, 30),  # 1200 / 40
    "purchase_frequency": ({"known_orders": 50, "customers": 40}, 1.25),  # 50 / 40
    "known_customer_share": ({"known_revenue": 1200, "revenue": 1500}, 0.8),  # 1200 / 1500
}
