"""Sustainability: for each indicator the numbers that go in, the value by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

CASES: Cases = {
    "recyclable_share": ({"recyclable_kilos": 420, "material_kilos": 600}, 0.7),  # 420 / 600
    "recycled_share": ({"recycled_kilos": 150, "material_kilos": 600}, 0.25),  # 150 / 600
    "food_waste": ({"food_waste_kilos": 48}, 48),  # as weighed
    "food_waste_share": ({"food_waste_kilos": 48, "food_kilos": 600}, 0.08),  # 48 / 600
    "paper_used": ({"paper_sheets": 3500}, 3500),  # as counted
    "emissions_per_unit": ({"emission_kilos": 1800, "produced_units": 1200}, 1.5),  # 1800 / 1200
}
