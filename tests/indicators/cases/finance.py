"""Finance: for each indicator the numbers that go in, the value calculated by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

PROFIT = {"revenue": 9000, "cost_of_goods_sold": 5400}  # gross profit 3600
KEPT = PROFIT | {"customers": 120, "lost_customers": 12, "customers_at_start": 100}
WON = {"acquisition_cost": 3000, "new_customers": 30}  # 3000 / 30 = 100 for each

CASES: Cases = {
    "gross_margin": (PROFIT, 0.4),  # (9000 - 5400) / 9000
    "contribution_margin": ({"revenue": 9000, "variable_costs": 6300}, 0.3),  # (9000 - 6300) / 9000
    "operating_costs": ({"operating_costs": 2700}, 2700),  # as measured
    "operating_cost_ratio": ({"operating_costs": 2700, "revenue": 9000}, 0.3),  # 2700 / 9000
    "operating_margin": (PROFIT | {"operating_costs": 2700}, 0.1),  # (9000 - 5400 - 2700) / 9000
    "net_margin": ({"net_profit": 630, "revenue": 9000}, 0.07),  # 630 / 9000
    "budget_variance": ({"operating_costs": 2700, "budgeted_operating_costs": 2500}, 200),  # 2700 - 2500
    "relative_budget_variance": (
        {"operating_costs": 2700, "budgeted_operating_costs": 2500},
        0.08,  # (2700 - 2500) / 2500
    ),
    "cash_conversion": ({"operating_cash_flow": 720, "operating_profit": 900}, 0.8),  # 720 / 900
    "cash_conversion_cycle": ({"stock_days": 60, "receivable_days": 35, "payable_days": 25}, 70),  # 60 + 35 - 25
    "return_on_investment": ({"investment_income": 5200, "investment_cost": 4000}, 0.3),  # (5200 - 4000) / 4000
    "return_ratio": ({"investment_income": 5200, "investment_cost": 4000}, 1.3),  # 5200 / 4000
    "customer_acquisition_cost": (WON, 100),  # 3000 / 30
    "average_earnings_per_customer": (PROFIT | {"customers": 120}, 30),  # (9000 - 5400) / 120
    "customer_lifetime_value": (KEPT, 250),  # (3600 / 120) / (12 / 100) = 30 / 0.12
    "lifetime_value_per_acquisition_cost": (KEPT | WON, 2.5),  # 250 / 100
    "payback_time": (PROFIT | WON | {"customer_months": 360}, 10),  # 100 / (3600 / 360)
}
