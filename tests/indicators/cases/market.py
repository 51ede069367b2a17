"""Market: for each indicator the numbers that go in, the value calculated by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

CASES: Cases = {
    "market_share": ({"revenue": 9000, "market_revenue": 60_000}, 0.15),  # 9000 / 60,000
    "unit_market_share": ({"units": 600, "market_units": 5000}, 0.12),  # 600 / 5000
    "relative_market_share": ({"revenue": 9000, "competitor_revenue": 12_000}, 0.75),  # 9000 / 12,000
    "segment_index": ({"revenue": 9000, "segment_average_revenue": 6000}, 1.5),  # 9000 / 6000
}
