"""Operations: for each indicator the numbers that go in, the value calculated by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

CASES: Cases = {
    "productivity": ({"produced_units": 1200, "worked_hours": 160}, 7.5),  # 1200 / 160
    "efficiency": ({"produced_units": 1200, "possible_units": 1500}, 0.8),  # 1200 / 1500
    "utilisation": ({"used_hours": 120, "available_hours": 150}, 0.8),  # 120 / 150
    "lead_time": ({"lead_days": 6}, 6),  # as measured
    "cycle_time": ({"cycle_seconds": 95}, 95),  # as measured
    "throughput": ({"produced_units": 1200, "production_days": 20}, 60),  # 1200 / 20
    "work_in_progress": ({"unfinished_units": 375}, 375),  # as counted
    # 1200 / 20 * 6
    "expected_work_in_progress": ({"produced_units": 1200, "production_days": 20, "lead_days": 6}, 360),
    "on_time_delivery": ({"on_time_deliveries": 184, "deliveries": 200}, 0.92),  # 184 / 200
    "on_time_in_full": ({"complete_on_time_deliveries": 170, "deliveries": 200}, 0.85),  # 170 / 200
}
