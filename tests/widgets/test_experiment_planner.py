"""The planner of tests on the agency and the hospitals, driven as a kernel sees it."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from scipy.stats import t
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestIndPower
from statsmodels.stats.proportion import proportions_ztest, samplesize_proportions_2indep_onetail

import kpikit
from kpikit.widgets import ExperimentPlanner
from kpikit.words.errors import UsageError
from tests.widgets.cells import run
from tests.workspaces import Shop, each_day, sample

AGENCY = kpikit.samples() / "agency"


@pytest.fixture
def planner() -> ExperimentPlanner:
    return ExperimentPlanner(AGENCY, "maskegarn", language="en")


def test_what_a_test_needs_follows_the_lists(planner: ExperimentPlanner) -> None:
    planner.indicator.value, planner.effect.value = "web.conversion_rate", 0.2
    two = planner.value
    assert (two.wanted.variants, two.wanted.effect, two.days % 7) == (2, 0.2, 0)
    planner.variants.value = 4
    assert planner.value.units > two.units and planner.value.days > two.days  # three comparisons, and more to fill
    assert run(planner.code) == planner.value
    planner.variants.value, planner.effect.value = 2, 0.1
    assert planner.value.units > 3 * two.units  # a half of the effect takes about four times the units


def test_the_units_are_those_of_lehr_s_rule() -> None:
    # Lehr's rule of thumb (Statistics in Medicine 11, 1992): 16 p (1 - p) / difference squared, for 80 % and 5 %, with
    # the share that lies between both.
    plan = sample("agency").client("maskegarn").plan_experiment("web.conversion_rate", 0.1)
    share, a_day = plan.today.value, plan.today.a_day
    middle = share * 1.05
    assert plan.units == pytest.approx(16 * middle * (1 - middle) / (share * 0.1) ** 2, rel=0.03)
    assert (plan.days - 7) * a_day < plan.units * 2 <= plan.days * a_day


def test_the_units_of_a_share_are_those_of_statsmodels() -> None:
    """Of a share of 2.4 %, up and down; each variant has its own deviation, where statsmodels pools both."""
    client = sample("agency").client("maskegarn")
    for effect in (0.02, 0.1, 0.5, -0.1, -0.5):
        plan = client.plan_experiment(effect=effect, value=0.024, a_day=1000)
        known = samplesize_proportions_2indep_onetail(0.024 * effect, 0.024, power=0.8, alpha=0.05)
        assert plan.units == pytest.approx(known, rel=3e-3)
    # twice the deviation, as of units that come in groups, takes four times the units
    more = client.plan_experiment("web.conversion_rate", 0.5, value=0.024, a_day=1000, deviation=2 * 0.153049)
    assert more.units == pytest.approx(4 * 3169, rel=1e-3)


def test_it_is_told_how_long_a_test_takes() -> None:
    client = sample("agency").client("maskegarn")
    plan = client.plan_experiment(effect=0.5, value=0.024, a_day=1560, language="en")
    # 2 x 3,169 / 1,560 = 4.06 days
    assert "That takes 1 week, with all units in the test." in str(plan)
    assert str(plan).splitlines()[-1].split() == ["+50.0%", "3.60%", "3,169", "4.1", "1"]
    plan = client.plan_experiment(effect=0.5, variants=3, value=0.024, a_day=100, language="en")
    # 3 x (2.24140 + 0.84162)^2 / (1.95996 + 0.84162)^2 x 3,168.3 / 100 = 115.1 days
    assert "That takes 17 weeks, with all units in the test." in str(plan)
    assert str(plan).splitlines()[-1].split()[-2:] == ["116", "17"] and "over both comparisons with" in str(plan)
    assert "over all 3 comparisons with" in str(client.plan_experiment(variants=4, value=0.5, a_day=9, language="en"))


def test_a_test_of_the_workspace_is_read_as_in_reports() -> None:
    planner = ExperimentPlanner(AGENCY, "kvartal", language="da")
    planner.test.value = "trial_page"
    (one,) = planner.value.outcome.comparisons
    assert (one.verdict, one.kpi) == ("better", "agency.trial_rate")  # planted: see data/agency/answers.yml
    assert "Siden, hvor prøveperioder begynder" in planner.shown.value
    assert run(planner.code) == planner.value


@pytest.mark.parametrize(
    ("asked", "alpha", "power"),
    [
        ({"power": 0.9}, 0.05, 0.9),
        ({"significance": 0.01}, 0.01, 0.8),
        ({"variants": 3}, 0.05 / 2, 0.8),  # two comparisons
        ({"variants": 5, "power": 0.95, "significance": 0.1}, 0.1 / 4, 0.95),
    ],
)
def test_the_units_of_an_average_are_those_of_statsmodels(asked: dict[str, float], alpha: float, power: float) -> None:
    plan = (
        kpikit.open(AGENCY)
        .client("maskegarn")
        .plan_experiment(
            effect=0.1,
            value=30.5,
            deviation=45.0,
            a_day=300,
            **asked,  # type: ignore[arg-type]
        )
    )
    # Per group, with n so large that Student's t is the normal distribution.
    known = TTestIndPower().solve_power(3.05 / 45, alpha=alpha, power=power)
    assert plan.units == pytest.approx(known, rel=0.001)


def test_counts_that_are_typed_are_judged_as_published() -> None:
    """Physicians' Health Study (Agresti, Categorical Data Analysis, 2.2): heart attacks, 0.0094 and 0.0171; the
    difference 0.0077, its 95 % interval 0.005 to 0.011."""
    planner = ExperimentPlanner(AGENCY, "kvartal", language="en")
    planner.test.value = ":counts"
    assert "Two variants and more are needed" in planner.shown.value
    planner.counts.value = "aspirin: 11037, 104\nplacebo: 11034, 189"
    (one,) = planner.value.outcome.comparisons
    assert (round(one.control.value, 4), round(one.treated.value, 4)) == (0.0094, 0.0171)
    assert [round(each, 4) for each in (one.difference, one.lower, one.upper)] == [0.0077, 0.0047, 0.0107]
    assert run(planner.code) == planner.value and "still running" not in planner.shown.value
    _, p = proportions_ztest([104, 189], [11037, 11034])
    assert one.probability == pytest.approx(p, rel=0.05)  # Welch has the variances apart, the z-test together


def test_several_typed_variants_are_adjusted_for_their_number() -> None:
    counts = {"a": (1000, 100), "b": (1000, 130), "c": (1000, 128)}
    found = sample("agency").client("kvartal").read_counts(counts).outcome.comparisons
    known = multipletests([each.probability for each in found], method="holm")[1]
    assert [each.adjusted for each in found] == pytest.approx(list(known))
    assert found[0].probability < 0.05 < found[1].adjusted


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ("A 4000", "&#x27;A 4000&#x27; is not understood"),
        ("A: 10, 20\nB: 10, 2", "A: 20 of 10 cannot be"),
        ("A: 10, 1\nA: 10, 2", "A is there twice"),
        ("A: 4.000, 160\nB: 4.000, 170", "Write it as A: 4000, 160, in whole numbers without a sign for thousands."),
    ],
)
def test_counts_that_cannot_be_are_refused_in_words(counts: str, said: str, planner: ExperimentPlanner) -> None:
    planner.test.value, planner.counts.value = ":counts", counts
    assert planner.value is None and said in planner.shown.value


def test_what_is_typed_takes_the_place_of_what_is_measured(planner: ExperimentPlanner) -> None:
    planner.indicator.value, planner.today.value, planner.a_day.value = "web.conversion_rate", "5 %", "2000"
    assert (planner.value.today.value, planner.value.units, planner.value.days) == (0.05, 31231, 35)  # 62,462 / 2,000
    assert planner.deviation.layout.display == "none" and run(planner.code) == planner.value
    planner.indicator.value = ":share"
    assert planner.value.units == 31231 and "plan_experiment(None, 0.1, 2" in planner.code
    planner.today.value = "5,0 %"
    assert planner.value.units == 31231
    planner.a_day.value = "2.000"
    assert planner.value is None and "without a sign for thousands" in planner.shown.value
    planner.a_day.value, planner.indicator.value = "2000", ":average"
    assert planner.value is None and "standard deviation" in planner.shown.value
    assert "\n# Of an average, write down the standard deviation" in planner.code
    assert planner.deviation.layout.display is None


def test_a_mean_score_has_the_deviation_of_its_answers() -> None:
    client = sample("agency").client("maskegarn")
    plan = client.plan_experiment("satisfaction.average_satisfaction", 0.05)
    fact = client.evaluate().evaluation.fact("satisfaction.average_satisfaction")
    answers = plan.today.a_day * fact.series.points[-1].period.window.days
    reach = t.ppf(0.975, answers - 1) * plan.today.deviation / math.sqrt(answers)
    assert fact.interval.upper - plan.today.value == pytest.approx(reach)


def test_shares_of_what_is_counted_and_mean_scores_are_offered() -> None:
    offered = [key for _, key in ExperimentPlanner(kpikit.samples() / "shop").indicator.options]
    assert "sales.cancellation_rate" in offered and "sales.cancelled_share" not in offered  # the latter is one of money


def test_what_cannot_be_planned_is_refused_in_words() -> None:
    hospital = sample("hospitals").client("RF4")
    with pytest.raises(UsageError, match=r"cannot change by \+50.0%, as it would pass 100.0%"):
        hospital.plan_experiment("emergency.share_within_four_hours", 0.5)
    with pytest.raises(UsageError, match="from which such a test could be planned"):
        hospital.plan_experiment("emergency.share_within_four_hours", value=1.0)
    with pytest.raises(UsageError, match="must be one of"):
        hospital.plan_experiment("sales.revenue")
    with pytest.raises(UsageError, match="an effect lies between"):
        hospital.plan_experiment("emergency.share_within_four_hours", 0)
    with pytest.raises(UsageError, match="both lie between 0 and 1"):
        hospital.plan_experiment("emergency.share_within_four_hours", 0.1, power=1.0)
    with pytest.raises(UsageError, match="experiment == 'x'"):
        hospital.experiment("x")


def test_the_effects_offered_are_those_that_the_kpi_can_have() -> None:
    planner = ExperimentPlanner(AGENCY, "rugmark", language="en")
    assert planner.indicator.value == "operations.on_time_delivery"  # 93.92 %: +10 % of it would be 103.31 %
    assert [key for _, key in planner.effect.options] == [0.02, 0.05] and planner.value.wanted.effect == 0.05
    assert run(planner.code) == planner.value and "–" not in planner.shown.value
    planner.today.value = "99 %"  # a half of the rest is 0.5 of 99
    assert planner.value.wanted.effect == pytest.approx(0.5 / 99) and len(planner.effect.options) == 2
    planner.today.value, planner.indicator.value = "", "production.defect_rate"  # better when it is lower
    assert planner.value.wanted.effect == -0.1 and planner.value.today.sign == -1
    planner.effect.value = -0.2
    planner.indicator.value = "web.session_conversion_rate"
    assert planner.value is None or planner.value.wanted.effect == 0.2


def test_a_first_view_is_about_a_kpi_from_which_a_test_can_be_planned(tmp_path: Path) -> None:
    sold = each_day("2024-12-01", "2024-12-31")  # none is cancelled, and it is always the same new customer
    planner = ExperimentPlanner(Shop(sales=sold).at(tmp_path / "new").folder, "a", language="en")
    assert [key for _, key in planner.indicator.options][:2] == [
        "sales.cancellation_rate", "customers.returning_customer_rate",
    ]  # fmt: skip
    assert planner.indicator.value == ":share" and "Write down the value of today" in planner.shown.value
    planner.indicator.value = "sales.cancellation_rate"  # who chooses it is told
    assert "from which such a test could be planned" in planner.shown.value
    sold += [*each_day("2024-11-01", "2024-11-30"), *each_day("2024-12-01", "2024-12-31", customer=2)]
    planner = ExperimentPlanner(Shop(sales=sold).at(tmp_path / "known").folder, "a", language="en")
    assert planner.indicator.value == "customers.returning_customer_rate"
    assert planner.value.today.value == 0.5  # one of two has bought before


def test_what_is_typed_is_read_as_danes_write_it() -> None:
    planner = ExperimentPlanner(AGENCY, "maskegarn", language="da")
    planner.indicator.value = ":average"
    planner.today.value, planner.deviation.value, planner.a_day.value = "1.234,5", "250,25", "90"
    assert "value=1234.5" in planner.code and "deviation=250.25" in planner.code and planner.value is not None
    planner.today.value = "1.234"  # a thousand, or a little more than one
    assert planner.value is None and "1.234" in planner.shown.value
