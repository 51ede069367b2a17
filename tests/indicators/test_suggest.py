"""The words of a goal name its KPI, in three languages, among all indicators and among those of a real client."""

from __future__ import annotations

from functools import cache

import pytest

import kpikit
from kpikit.indicators.catalogue import CATALOGUE, Indicators
from kpikit.indicators.suggest import fit, stems, suggested
from kpikit.plans.plan import Plan
from kpikit.workspace.explore.narrow import measurable

GOALS = {  # of concepts.md, and as people say it, among all indicators of the catalogue
    "Increase website visitors by 20 % during the next quarter": "web.visitors",
    "Increase revenue by 10 % in the coming fiscal year": "sales.revenue",
    "Increase sales through new customers per month": "customers.new_customers",
    "Increase the conversion rate of visitors from Google by 5 %": "seo.organic_conversion_rate",
    "Gain market share": "market.market_share",
    "Improve customer satisfaction": "satisfaction.csat",
    "Optimise operating costs": "finance.operating_costs",
    "HR gets a higher score in the next employee wellbeing survey": "people.wellbeing",
    "Less food waste": "sustainability.food_waste",
    "More sales leads": "pipeline.leads",
    "More recyclable material": "sustainability.recyclable_share",
    "Use less paper": "sustainability.paper_used",
    "Bliv mere bæredygtig": "sustainability.recyclable_share",
    "Øge omsætningen": "sales.revenue",
    "Flere ordrer": "sales.orders",
    "Lavere klikpris": "ads.cost_per_click",
    "Øke omsetningen med 10 %": "sales.revenue",
    "Mer fornøyde kunder": "satisfaction.csat",
    # in other words than the names of indicators have
    "Faster pages": "seo.page_load_time",
    "Nettstedet må bli raskere": "seo.page_load_time",
    "Svare raskere": "service.average_response_time",
    "Hurtigere svar til kunderne": "service.average_response_time",
    "Deliver faster": "operations.lead_time",
    "Hurtigere levering": "operations.lead_time",
    "Hire people quicker": "people.time_to_hire",
    "Ansette folk fortere": "people.time_to_hire",
    "Raskere behandling av saker": "service.average_handling_time",
    "Patienter skal behandles hurtigere": "emergency.share_within_four_hours",
    "Patients wait too long": "emergency.breaches",
    "Cheaper leads": "marketing.cost_per_lead",
    "Billigere klik": "ads.cost_per_click",
    "Billigere sager": "service.cost_per_case",
    "Billigere nye kunder": "finance.customer_acquisition_cost",
    "Markedsføringen skal kunne betale sig": "marketing.roi",
    "Ads that pay for themselves": "ads.return_on_ad_spend",
    "Annonsene skal lønne seg": "ads.return_on_ad_spend",
    "Annoncerne skal kunne svare sig": "ads.return_on_ad_spend",
    "Indholdet betaler sig": "content.roi",
    "Investeringen skal tjene seg inn": "finance.return_on_investment",
    "Lose fewer customers": "retention.churn_rate",
    "Vi skal tabe færre kunder": "retention.churn_rate",
    "Kunderne skal blive hos os": "retention.retention_rate",
    "Staff should stay with us": "people.retention",
    "Customers should come back": "customers.returning_customers",
    "Kundene skal komme tilbake": "customers.returning_customers",
}

OF_A_CLIENT = [
    ("maskegarn", "Øge åbningsraten i vores nyhedsbreve", "email.open_rate"),
    ("maskegarn", "Flere skal åbne vores nyhedsbrev", "email.open_rate"),
    ("maskegarn", "Kunderne skal anbefale os til andre", "satisfaction.nps"),
    ("maskegarn", "Færre afbrudte kurve", "web.cart_abandonment_rate"),
    ("maskegarn", "Flere kunder skal komme igen", "customers.returning_customers"),
    ("maskegarn", "Mere omsætning fra Google Ads", "ads.revenue"),
    ("maskegarn", "Flere besøgende på hjemmesiden", "web.visitors"),
    ("maskegarn", "Fewer people should unsubscribe", "email.unsubscribe_rate"),
    ("maskegarn", "Become more sustainable", "sustainability.recyclable_share"),
    ("rugmark", "Færre fejl på linje 3", "production.defect_rate"),
    ("rugmark", "Leverancerne skal komme til tiden", "operations.on_time_delivery"),
    ("rugmark", "Øge effektiviteten på linjerne", "production.oee"),  # the plan's, before `operations.efficiency`
    ("rugmark", "Gladere medarbejdere", "people.satisfaction"),
    ("rugmark", "Øge åbningsraten i vores nyhedsbreve", None),
    ("fjordvik", "Flere henvendelser besvares i tide", "service.within_service_level"),
    ("fjordvik", "Kortere ventetid på telefonen", "service.within_service_level"),  # the plan has one of the phone
    ("fjordvik", "Lavere sykefravær", "people.absence_rate"),
    ("fjordvik", "Flere saker løst ved første kontakt", "service.first_contact_resolution"),
    ("kysthjelpen", "Flere faste givere", "charity.gifts"),  # the plan's, of the member "Fast giver"
    ("kysthjelpen", "Høyere åpningsrate i nyhetsbrevene", "email.open_rate"),
    ("kysthjelpen", "Flere følgere på Instagram", "social.followers"),
    ("brynje", "Flere skal kende os", "marketing.brand_awareness"),
    ("brynje", "Smide mindre mad ud", "sustainability.food_waste_share"),
]


@cache
def of(client: str) -> tuple[Indicators, Plan]:
    workspace = kpikit.open(kpikit.samples() / "agency")
    known = workspace.settings.indicators_of(client)
    return {id: known[id] for id, there in measurable(workspace, client).items() if there}, workspace.plans(client)[-1]


@pytest.mark.parametrize(("goal", "id"), GOALS.items())
def test_a_goal_names_its_indicator(goal: str, id: str) -> None:
    assert suggested(goal, CATALOGUE)[0].id == id


@pytest.mark.parametrize(("client", "goal", "id"), OF_A_CLIENT)
def test_a_goal_of_a_client_names_what_is_measured_there(client: str, goal: str, id: str | None) -> None:
    indicators, plan = of(client)
    assert next((each.id for each in suggested(goal, indicators, plan.told())), None) == id


NONE = ["", "Flere", "Færre", "More and more", "12 %", "Repair the roof", "Repair the roof faster", "Raskere båter",
        "Cheaper coffee", "Det skal betale sig", "Ligevægt betaler sig", "Lose weight", "Tabe tråden"]  # fmt: skip


@pytest.mark.parametrize("goal", NONE)
def test_common_words_and_what_no_indicator_is_about_name_none(goal: str) -> None:
    assert suggested(goal, CATALOGUE) == []


def test_the_plan_says_in_words_what_its_kpis_are_about() -> None:
    said = of("rugmark")[1].told()["production.defect_rate"]
    assert said == "Ali får kassationen på linje 3 ned på 1,5 % i juni 2026. Linje 3"


def test_endings_are_cut_and_parts_of_long_words_fit() -> None:
    assert stems("Åbningsraten") == stems("åbningsrate") and stems("kunderne") == stems("Kunder")
    assert stems("effektiviteten") == stems("Effektivitet") and stems("newsletters") == stems("newsletter")
    assert fit("klik", "klikpris") == 0.8 and fit("kund", "kundeloyalit") == 0.8 and fit("kundeloyalit", "kund") == 0.3
    assert fit("tilfreds", "kundetilfreds") == 0.6 and fit("lead", "reader") == 0
