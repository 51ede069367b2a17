"""Subscription: for each indicator the numbers that go in, the value calculated by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

GAINED = {"new_mrr": 900, "expansion_mrr": 500, "reactivated_mrr": 100}
LOST = {"contraction_mrr": 200, "churned_mrr": 400}

CASES: Cases = {
    "mrr": ({"mrr": 10_900}, 10_900),  # as measured
    "mrr_by_movements": ({"starting_mrr": 10_000, **GAINED, **LOST}, 10_900),  # 10,000 + 1500 - 600
    "net_new_mrr": ({**GAINED, **LOST}, 900),  # 900 + 500 + 100 - 200 - 400
    "new_mrr": ({"new_mrr": 900}, 900),  # as measured
    "expansion_mrr": ({"expansion_mrr": 500}, 500),  # as measured
    "reactivated_mrr": ({"reactivated_mrr": 100}, 100),  # as measured
    "contraction_mrr": ({"contraction_mrr": 200}, 200),  # as measured
    "churned_mrr": ({"churned_mrr": 400}, 400),  # as measured
    # (10,000 + 500 - 200 - 400) / 10,000
    "net_revenue_retention": ({"starting_mrr": 10_000, "expansion_mrr": 500, **LOST}, 0.99),
    "gross_revenue_churn": ({"starting_mrr": 10_000, **LOST}, 0.06),  # (200 + 400) / 10,000
    # (200 + 400 - 500) / 10,000
    "net_revenue_churn": ({"starting_mrr": 10_000, "expansion_mrr": 500, **LOST}, 0.01),
    "quick_ratio": ({**GAINED, **LOST}, 2.5),  # (900 + 500 + 100) / (200 + 400)
    "subscribers": ({"subscribers": 218}, 218),  # as counted
    "arpu": ({"mrr": 10_900, "subscribers": 218}, 50),  # 10,900 / 218
}
