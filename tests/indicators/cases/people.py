"""People: for each indicator the numbers that go in, the value calculated by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

CASES: Cases = {
    "satisfaction": ({"satisfied_employees": 60, "answering_employees": 80}, 0.75),  # 60 / 80
    "wellbeing": ({"wellbeing_score": 68}, 68),  # as measured
    # 100 * (40 - 20) / (40 + 20 + 20)
    "enps": ({"employee_promoters": 40, "employee_passives": 20, "employee_detractors": 20}, 25),
    "retention": ({"remaining_employees": 92, "starting_employees": 100}, 0.92),  # 92 / 100
    "turnover": ({"departures": 12, "average_employees": 96}, 0.125),  # 12 / 96
    "absence_rate": ({"absence_days": 88, "planned_workdays": 2200}, 0.04),  # 88 / 2200
    "time_to_hire": ({"days_to_hire": 24}, 24),  # as measured
}
