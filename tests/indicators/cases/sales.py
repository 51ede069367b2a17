"""Sales: for each indicator the numbers that go in, the value calculated by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

CASES: Cases = {
    "revenue": ({"revenue": 1500}, 1500),  # as measured
    "revenue_growth": ({"revenue": 1500}, 1500),  # what it is a change of; the change is the evaluation's
    "net_revenue": ({"revenue": 1500, "cancelled_value": 120}, 1380),  # 1500 - 120
    "orders": ({"orders": 60}, 60),  # as measured
    "average_order_value": ({"revenue": 1500, "orders": 60}, 25),  # 1500 / 60
    "units": ({"units": 480}, 480),  # as measured
    "units_per_order": ({"units": 480, "orders": 60}, 8),  # 480 / 60
    "lines_per_order": ({"order_lines": 150, "orders": 60}, 2.5),  # 150 / 60
    "average_price_per_unit": ({"revenue": 1500, "units": 480}, 3.125),  # 1500 / 480
    "cancellations": ({"cancellations": 3}, 3),  # as measured
    "cancelled_value": ({"cancelled_value": 120}, 120),  # as measured
    "cancellation_rate": ({"cancellations": 3, "orders": 60}, 0.05),  # 3 / 60
    "return_rate": ({"returned_orders": 9, "orders": 60}, 0.15),  # 9 / 60
    "discount_rate": ({"discounts": 100, "revenue": 1500}, 0.0625),  # 100 / (1500 + 100)
    "cancelled_share": ({"cancelled_value": 120, "revenue": 1500}, 0.08),  # 120 / 1500
}
