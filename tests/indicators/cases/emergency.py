"""Emergency care: for each indicator the numbers that go in, the value calculated by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

CASES: Cases = {
    "attendances": ({"attendances": 8000}, 8000),  # as measured
    "attendances_growth": ({"attendances": 8000}, 8000),  # what it is a change of
    "breaches": ({"breaches": 900}, 900),  # as measured
    "breaches_growth": ({"breaches": 900}, 900),  # what it is a change of
    "share_within_four_hours": ({"attendances": 8000, "breaches": 900}, 0.8875),  # (8000 - 900) / 8000
    "admissions": ({"admissions": 2000}, 2000),  # as measured
    "admission_rate": ({"admissions": 2000, "attendances": 8000}, 0.25),  # 2000 / 8000
}
