"""What indicators are called: by the catalogue in all languages, and by the source documents."""

from __future__ import annotations

from kpikit.indicators.framework import Indicator
from kpikit.words.language import Language
from kpikit.words.texts import LANGUAGES


def names(one: Indicator) -> list[str]:
    """The label in each language, and all synonyms."""
    return [
        *(Language(code)(one.label) for code in LANGUAGES),
        *(each for all in one.synonyms.values() for each in all),
    ]


TABLE: dict[str, dict[str, str]] = {
    "Sales": {
        "revenue": "sales.revenue",
        "revenue growth": "sales.revenue_growth",
        "number of sales": "sales.orders",
        "average transaction value": "sales.average_order_value",
        "average spend per customer": "customers.average_spend_per_customer",
        "average earnings per customer": "finance.average_earnings_per_customer",
        "new customers": "customers.new_customers",
        "average deal size": "pipeline.average_deal_size",
        "win rate": "pipeline.win_rate",
        "sales cycle length": "pipeline.sales_cycle_length",
        "leads": "pipeline.leads",
    },
    "Web and digital marketing": {
        "website visitors": "web.visitors",
        "page views": "web.page_views",
        "downloads": "web.downloads",
        "bounce rate": "web.bounce_rate",
        "conversion rate": "web.conversion_rate",
        "cost per lead": "marketing.cost_per_lead",
        "marketing ROI": "marketing.roi",
        "traffic sources": "web.source_share",
        "brand awareness": "marketing.brand_awareness",
        "customer engagement": "marketing.customer_engagement",
        "CAC": "finance.customer_acquisition_cost",
        "CLTV": "finance.customer_lifetime_value",
    },
    "Social media": {
        "engagement rate": "social.engagement_rate",
        "reach": "social.reach",
        "follower growth": "social.follower_growth",
        "click-through rate": "social.click_through_rate",
        "share of voice": "social.share_of_voice",
    },
    "E-mail": {
        "open rate": "email.open_rate",
        "click-through rate": "email.click_through_rate",
        "conversion rate": "email.conversion_rate",
        "unsubscribe rate": "email.unsubscribe_rate",
        "forward/share rate": "email.forward_rate",
    },
    "Content": {
        "engagement per piece": "content.engagement_per_piece",
        "leads generated": "content.leads",
        "time on page": "web.time_on_page",
        "pages per session": "web.pages_per_session",
        "content ROI": "content.roi",
    },
    "Paid ads": {
        "click-through rate": "ads.click_through_rate",
        "cost per click": "ads.cost_per_click",
        "conversion rate": "ads.conversion_rate",
        "impressions": "ads.impressions",
        "return on ad spend": "ads.return_on_ad_spend",
    },
    "SEO": {
        "organic traffic": "seo.organic_traffic",
        "backlinks": "seo.backlinks",
        "page load time": "seo.page_load_time",
        "bounce rate": "web.bounce_rate",
        "keyword rankings": "seo.average_position",
        "visibility in Google": "seo.impressions",
    },
    "Finance": {
        "revenue": "sales.revenue",
        "profit margin": "finance.net_margin",
        "return on investment": "finance.return_on_investment",
        "customer acquisition cost": "finance.customer_acquisition_cost",
        "customer lifetime value": "finance.customer_lifetime_value",
        "operating costs": "finance.operating_costs",
    },
    "Operations": {
        "productivity": "operations.productivity",
        "efficiency": "operations.efficiency",
        "defect rate": "production.defect_rate",
        "lead time": "operations.lead_time",
        "cycle time": "operations.cycle_time",
        "recyclable material share": "sustainability.recyclable_share",
        "food waste": "sustainability.food_waste",
        "paper used": "sustainability.paper_used",
    },
    "Customer service": {
        "customer satisfaction": "satisfaction.csat",
        "Net Promoter Score": "satisfaction.nps",
        "average response time": "service.average_response_time",
        "share of solved cases": "service.solved_share",
        "first contact resolution": "service.first_contact_resolution",
        "customer loyalty rate": "retention.retention_rate",
    },
    "Customers": {
        "returning customers": "customers.returning_customers",
        "churn rate": "retention.churn_rate",
        "reasons for churn": "retention.churn_reason_share",
        "retention": "retention.retention_rate",
        "customer lifetime value": "finance.customer_lifetime_value",
    },
    "People": {"employee satisfaction": "people.satisfaction", "employee retention": "people.retention"},
    "Market": {
        "market share": "market.market_share",
        "benchmark against competitors": "market.relative_market_share",
        "segment": "market.segment_index",
        "industry's standard": "market.segment_index",
    },
}
"""The table of concepts.md: row -> what it names -> the indicator."""

ELSEWHERE = {
    "monthly revenue": "sales.revenue",
    "new customers per month": "customers.new_customers",
    "website traffic": "web.visitors",
    "visitors": "web.visitors",
    "conversions": "web.conversions",
    "konverteringsgrad": "web.conversion_rate",
    "share of visitors who do the wanted action": "web.converting_share",
    "share of visitors who see only one page": "web.one_page_rate",
    "effectiveness of each traffic source": "web.source_conversion_rate",
    "conversion rate of visitors from Google": "seo.organic_conversion_rate",
    "engagement rate by followers": "social.engagement_rate",
    "engagement rate by views": "social.engagement_rate_by_views",
    "share of mentions": "social.share_of_voice",
    "social media click-through rate": "social.click_through_rate",
    "e-mail click-through rate": "email.click_through_rate",
    "e-mail conversion rate": "email.conversion_rate",
    "conversion rate after the click": "ads.conversion_rate",
    "ROAS": "ads.return_on_ad_spend",
    "ROI": "finance.return_on_investment",
    "ROI as income per cost": "finance.return_ratio",
    "CSAT": "satisfaction.csat",
    "CSS": "satisfaction.csat",
    "NPS": "satisfaction.nps",
    "how many buy again": "customers.returning_customers",
    "churn": "retention.churn_rate",
    "wellbeing survey": "people.wellbeing",
    "score in the wellbeing survey": "people.wellbeing",
    "recyclable material": "sustainability.recyclable_share",
}
"""What else concepts.md names: in brackets, in goals as people write them, in its notes."""

TERMS = {
    "revenue": "sales.revenue",
    "revenue growth": "sales.revenue_growth",
    "average order value": "sales.average_order_value",
    "spend per customer": "customers.average_spend_per_customer",
    "new customers": "customers.new_customers",
    "leads": "pipeline.leads",
    "average deal size": "pipeline.average_deal_size",
    "win rate": "pipeline.win_rate",
    "sales cycle length": "pipeline.sales_cycle_length",
    "market share": "market.market_share",
    "visitors": "web.visitors",
    "page views": "web.page_views",
    "bounce rate": "web.bounce_rate",
    "conversion rate": "web.conversion_rate",
    "cost per lead": "marketing.cost_per_lead",
    "return on investment": "finance.return_on_investment",
    "traffic sources": "web.source_share",
    "brand awareness": "marketing.brand_awareness",
    "pages per session": "web.pages_per_session",
    "time on page": "web.time_on_page",
    "engagement rate": "social.engagement_rate",
    "reach": "social.reach",
    "follower growth": "social.follower_growth",
    "share of voice": "social.share_of_voice",
    "click-through rate": "ads.click_through_rate",
    "cost per click": "ads.cost_per_click",
    "open rate": "email.open_rate",
    "unsubscribe rate": "email.unsubscribe_rate",
    "impressions": "ads.impressions",
    "return on ad spend": "ads.return_on_ad_spend",
    "organic traffic": "seo.organic_traffic",
    "backlinks": "seo.backlinks",
    "page load time": "seo.page_load_time",
    "keyword ranking": "seo.average_position",
    "profit margin": "finance.net_margin",
    "customer acquisition cost": "finance.customer_acquisition_cost",
    "customer lifetime value": "finance.customer_lifetime_value",
    "churn rate": "retention.churn_rate",
    "average response time": "service.average_response_time",
    "first contact resolution": "service.first_contact_resolution",
    "customer satisfaction": "satisfaction.csat",
}
"""The rows of terms.md -> the indicator that each of their words finds, in each of the three languages."""

OTHERWISE = {"overskudsgrad": "finance.operating_margin"}
"""Words of terms.md that are the name of another indicator: in Danish accounts, overskudsgrad is the EBIT margin. The
indicator of its row comes right after."""
