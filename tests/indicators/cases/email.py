"""E-mail: for each indicator the numbers that go in, the value calculated by hand, and the sum in a comment."""

from tests.indicators.cases import Cases

CASES: Cases = {
    "sent": ({"emails_sent": 5000}, 5000),  # as measured
    "delivery_rate": ({"emails_delivered": 4800, "emails_sent": 5000}, 0.96),  # 4800 / 5000
    "bounce_rate": ({"emails_sent": 5000, "emails_delivered": 4800}, 0.04),  # (5000 - 4800) / 5000
    "hard_bounce_rate": ({"email_hard_bounces": 50, "emails_sent": 5000}, 0.01),  # 50 / 5000
    "open_rate": ({"emails_opened": 1200, "emails_delivered": 4800}, 0.25),  # 1200 / 4800
    "click_through_rate": ({"emails_clicked": 120, "emails_delivered": 4800}, 0.025),  # 120 / 4800
    "click_to_open_rate": ({"emails_clicked": 120, "emails_opened": 1200}, 0.1),  # 120 / 1200
    "conversion_rate": ({"email_conversions": 12, "emails_delivered": 4800}, 0.0025),  # 12 / 4800
    "click_conversion_rate": ({"email_conversions": 12, "emails_clicked": 120}, 0.1),  # 12 / 120
    "unsubscribe_rate": ({"unsubscribes": 24, "emails_delivered": 4800}, 0.005),  # 24 / 4800
    "complaint_rate": ({"spam_complaints": 6, "emails_delivered": 4800}, 0.00125),  # 6 / 4800
    "forward_rate": ({"emails_forwarded": 48, "emails_delivered": 4800}, 0.01),  # 48 / 4800
    "list_growth_rate": (  # (300 - 100) / 8000
        {"new_subscribers": 300, "lost_subscribers": 100, "subscribers_at_start": 8000},
        0.025,
    ),
    "revenue_per_email": ({"email_revenue": 1200, "emails_delivered": 4800}, 0.25),  # 1200 / 4800
}
