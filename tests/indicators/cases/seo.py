"""Search: for each indicator the numbers that go in, the value calculated by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

CASES: Cases = {
    "organic_traffic": ({"organic_sessions": 3600}, 3600),  # as measured
    "organic_visitors": ({"organic_visitors": 2900}, 2900),  # as measured
    "organic_share": ({"organic_sessions": 3600, "sessions": 8000}, 0.45),  # 3600 / 8000
    "organic_conversion_rate": ({"organic_conversions": 72, "organic_sessions": 3600}, 0.02),  # 72 / 3600
    "impressions": ({"search_impressions": 90_000}, 90_000),  # as measured
    "clicks": ({"search_clicks": 2700}, 2700),  # as measured
    "click_through_rate": ({"search_clicks": 2700, "search_impressions": 90_000}, 0.03),  # 2700 / 90000
    "average_position": ({"search_position": 14.2}, 14.2),  # as measured
    "top_three_share": ({"keywords_in_top_3": 12, "keywords": 80}, 0.15),  # 12 / 80
    "top_ten_share": ({"keywords_in_top_10": 36, "keywords": 80}, 0.45),  # 36 / 80
    "brand_share": ({"brand_search_clicks": 1080, "search_clicks": 2700}, 0.4),  # 1080 / 2700
    "backlinks": ({"backlinks": 640}, 640),  # as measured
    "referring_domains": ({"referring_domains": 85}, 85),  # as measured
    "page_load_time": ({"page_load_seconds": 2.4}, 2.4),  # as measured
    "interaction_delay": ({"interaction_seconds": 0.18}, 0.18),  # as measured
    "layout_shift": ({"layout_shift": 0.08}, 0.08),  # as measured
    "good_page_share": ({"good_pages": 150, "rated_pages": 200}, 0.75),  # 150 / 200
}
