"""Satisfaction: for each indicator the numbers that go in, the value by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

CASES: Cases = {
    "csat": ({"satisfied_respondents": 164, "satisfaction_respondents": 200}, 0.82),  # 164 / 200
    "average_satisfaction": ({"satisfaction_score": 4.2}, 4.2),  # as measured
    "nps": ({"promoters": 100, "passives": 60, "detractors": 40}, 30),  # 100 * (100 - 40) / (100 + 60 + 40)
    "ces": ({"effort_score": 5.6}, 5.6),  # as measured
    "low_effort_share": ({"easy_respondents": 165, "effort_respondents": 220}, 0.75),  # 165 / 220
    "review_rating": ({"review_rating": 4.4}, 4.4),  # as measured
    "survey_response_rate": ({"survey_answers": 200, "survey_invitations": 800}, 0.25),  # 200 / 800
}
