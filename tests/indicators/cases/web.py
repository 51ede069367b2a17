"""The website: for each indicator the numbers that go in, the value calculated by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

CASES: Cases = {
    "visitors": ({"visitors": 800}, 800),  # as measured
    "sessions": ({"sessions": 1000}, 1000),  # as measured
    "page_views": ({"page_views": 2500}, 2500),  # as measured
    "downloads": ({"downloads": 30}, 30),  # as measured
    "bounce_rate": ({"sessions": 1000, "engaged_sessions": 620}, 0.38),  # (1000 - 620) / 1000
    "one_page_rate": ({"one_page_visitors": 360, "visitors": 800}, 0.45),  # 360 / 800
    "engagement_rate": ({"engaged_sessions": 620, "sessions": 1000}, 0.62),  # 620 / 1000
    "conversions": ({"conversions": 20}, 20),  # as measured
    "conversion_rate": ({"conversions": 20, "visitors": 800}, 0.025),  # 20 / 800
    "converting_share": ({"converted_visitors": 18, "visitors": 800}, 0.0225),  # 18 / 800
    "session_conversion_rate": ({"conversions": 20, "sessions": 1000}, 0.02),  # 20 / 1000
    "purchase_rate": ({"orders": 16, "visitors": 800}, 0.02),  # 16 / 800
    "revenue_per_visitor": ({"revenue": 4000, "visitors": 800}, 5),  # 4000 / 800
    "source_share": ({"source_sessions": 350, "sessions": 1000}, 0.35),  # 350 / 1000
    "source_conversion_rate": ({"source_conversions": 14, "source_sessions": 350}, 0.04),  # 14 / 350
    "pages_per_session": ({"page_views": 2500, "sessions": 1000}, 2.5),  # 2500 / 1000
    "sessions_per_visitor": ({"sessions": 1000, "visitors": 800}, 1.25),  # 1000 / 800
    "time_on_page": ({"engagement_seconds": 90_000, "page_views": 2500}, 36),  # 90 000 / 2500
    "engagement_time": ({"engagement_seconds": 90_000, "sessions": 1000}, 90),  # 90 000 / 1000
    "cart_abandonment_rate": ({"carts": 50, "ordered_carts": 16}, 0.68),  # (50 - 16) / 50
}
