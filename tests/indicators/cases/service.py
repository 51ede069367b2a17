"""Customer service: for each indicator the numbers that go in, the value by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

CASES: Cases = {
    "cases": ({"cases": 500}, 500),  # as measured
    "average_response_time": ({"response_seconds": 5400}, 5400),  # as measured
    "median_response_time": ({"median_response_seconds": 2700}, 2700),  # as measured
    "within_service_level": ({"answered_in_time_cases": 360, "answered_cases": 480}, 0.75),  # 360 / 480
    "solved_share": ({"solved_cases": 450, "cases": 500}, 0.9),  # 450 / 500
    "first_contact_resolution": ({"first_contact_cases": 350, "cases": 500}, 0.7),  # 350 / 500
    "backlog": ({"open_cases": 65}, 65),  # as counted
    "reopen_rate": ({"reopened_cases": 18, "solved_cases": 450}, 0.04),  # 18 / 450
    "average_handling_time": ({"handling_seconds": 420}, 420),  # as measured
    "cost_per_case": ({"service_cost": 30_000, "cases": 500}, 60),  # 30,000 / 500
}
