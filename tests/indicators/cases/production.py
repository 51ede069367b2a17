"""Production: for each indicator the numbers that go in, the value calculated by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

CASES: Cases = {
    "availability": ({"run_hours": 72, "planned_hours": 80}, 0.9),  # 72 / 80
    "performance": ({"ideal_hours": 60, "run_hours": 75}, 0.8),  # 60 / 75
    "quality_rate": ({"good_units": 1140, "produced_units": 1200}, 0.95),  # 1140 / 1200
    # 60 * 1140 / (80 * 1200) = 68400 / 96000
    "oee": ({"ideal_hours": 60, "good_units": 1140, "planned_hours": 80, "produced_units": 1200}, 0.7125),
    "defect_rate": ({"defective_units": 60, "produced_units": 1200}, 0.05),  # 60 / 1200
    "dpmo": ({"defects": 34, "defect_opportunities": 10_000}, 3400),  # 1,000,000 * 34 / 10,000
    "first_pass_yield": ({"first_pass_units": 1080, "produced_units": 1200}, 0.9),  # 1080 / 1200
}
