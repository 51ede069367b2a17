"""Cohorts, RFM, forecast and value from entity tables: hand counts, laws, and nothing of small groups."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.evaluation.customers import bg_nbd
from kpikit.evaluation.customers.analysis import analyse
from kpikit.evaluation.customers.cohorts import triangle
from kpikit.evaluation.customers.document import document, read
from kpikit.evaluation.customers.purchases import WEEKS_A_MONTH, forecast, holdout, purchases_of
from kpikit.evaluation.customers.rfm import rfm
from kpikit.evaluation.customers.value import discounted, spends_of, textbook, value
from kpikit.metrics.declarations import Entity
from kpikit.metrics.histories import Activity, Fifth, History, Tables, Year
from kpikit.words.periods import add_months
from tests.evaluation.customers.simulated import CDNOW, buyers, spenders
from tests.workspaces import PURE_LAWS, window

WINDOW = window("2024-01-01", "2024-06-30")
MONTHS = [add_months(WINDOW.start, number) for number in range(6)]
CUSTOMER = Entity("customer", "sales", "customer", (), WINDOW.start, "revenue")


def tables(**given: object) -> Tables:
    nothing = Tables(WINDOW, WINDOW.start, window("2024-05-01", "2024-06-30"), "GBP", (), (), (), (), None)
    return replace(nothing, **given)  # type: ignore[arg-type]


@st.composite
def activities(draw: st.DrawFn) -> tuple[Activity, ...]:
    """Cohorts of up to 40 customers, of whom any number bought in each later month."""
    found = []
    for month in draw(st.sets(st.sampled_from(MONTHS), min_size=1)):
        size = draw(st.integers(1, 40))
        found.append(Activity(month, month, size, Decimal(size)))
        for later in MONTHS:
            bought = draw(st.integers(0, size))
            if later > month and bought:
                found.append(Activity(month, later, bought, Decimal(10 * bought)))
    return tuple(sorted(found, key=lambda each: (each.cohort, each.month)))


@given(activities())
@PURE_LAWS
def test_cohorts_that_may_be_told_add_up_to_the_customers(found: tuple[Activity, ...]) -> None:
    cohorts = triangle(tables(activity=found), limit=1).cohorts
    assert sum(each.customers or 0 for each in cohorts) == sum(x.customers for x in found if x.cohort == x.month)
    assert sum(sum(filter(None, each.amounts)) for each in cohorts) == sum(x.amount for x in found)
    for each in cohorts:
        assert len(each.active) == len(each.amounts) == 6 - MONTHS.index(each.month)
        assert each.share(0) == 1 and each.share(len(each.active)) is None
        assert all(0 <= (each.share(since) or 0) <= 1 for since in range(6))


@given(activities(), st.integers(3, 9))
@PURE_LAWS
def test_no_small_group_is_told_or_given_away(found: tuple[Activity, ...], limit: int) -> None:
    true = {(each.cohort, each.month): each.customers for each in found}
    cohorts = triangle(tables(activity=found), limit).cohorts
    hidden, months = list[int](), defaultdict[date, list[int]](list)
    for each in cohorts:
        size = true[each.month, each.month]
        assert (each.customers is None) == (each.active[0] is None)
        if each.customers is None:
            hidden.append(size)
            assert set(each.active) == set(each.amounts) == {None}
        for since, (bought, amount) in enumerate(zip(each.active, each.amounts, strict=True)):
            month = add_months(each.month, since)
            own = true.get((each.month, month), 0)
            assert (bought is None) == (amount is None)
            if bought is None:
                months[month].append(own)
            else:
                assert bought == own and not 0 < own < limit and not 0 < size - own < limit
    # Whoever knows all customers, or those of a month, knows of those that are not told only their sum: of two or more.
    everybody = {month: sum(n for (_, when), n in true.items() if when == month) for month in MONTHS}
    for month, untold in [*months.items(), (None, hidden)]:
        there = [each for each in untold if each]
        whole = sum(true[each.month, each.month] for each in cohorts) if month is None else everybody[month]
        assert not there or (len(there) > 1 and sum(there) >= limit) or sum(there) == whole


def test_a_month_that_is_not_over_and_cohorts_that_may_be_older() -> None:
    found = (Activity(MONTHS[0], MONTHS[0], 9, Decimal(1)), Activity(MONTHS[5], MONTHS[5], 9, Decimal(1)))
    whole = triangle(tables(activity=found, settled_from=MONTHS[2]), 5)
    assert [each.settled for each in whole.cohorts] == [False, True] and not whole.partial
    assert triangle(tables(activity=found, window=window("2024-01-01", "2024-06-20")), 5).partial


@given(st.lists(st.builds(
    Fifth, st.integers(1, 5), st.integers(1, 5), st.integers(1, 5), st.integers(1, 12), st.integers(0, 99).map(Decimal)
), min_size=1, max_size=30), st.integers(3, 9))  # fmt: skip
@PURE_LAWS
def test_scores_add_up_and_small_groups_are_not_told(found: list[Fifth], limit: int) -> None:
    all_told, some = (rfm(tables(fifths=tuple(found)), each) for each in (1, limit))
    for groups in ([group for row in all_told.grid for group in row], all_told.spend):
        assert sum(each.customers or 0 for each in groups) == sum(each.customers for each in found)
        assert sum(each.amount or 0 for each in groups) == sum(each.amount for each in found)
    for told, true in ((some.spend, all_told.spend), *zip(some.grid, all_told.grid, strict=True)):
        assert all(not 0 < (one.customers or 0) < limit for one in told)
        assert all(one == other for one, other in zip(told, true, strict=True) if one.customers is not None)
    untold = [b.customers for a, b in zip(some.spend, all_told.spend, strict=True) if a.customers is None]
    assert len(untold) != 1 or len([each for each in all_told.spend if each.customers]) == 1


def simulated(number: int = 3000, seed: int = 1) -> Tables:
    """Customers of CDNOW's kind over a year, with what they spend, and a third of the time held out."""
    bought, later = buyers(number, CDNOW, 52, seed, ahead=26)
    spent, _ = spenders(number, (6.25, 3.74, 15.44), seed)
    start, last = date(2023, 1, 1), date(2024, 6, 30)
    rows = zip(bought.repeats, bought.recency, bought.age, spent.spend, later, strict=True)
    histories = tuple(
        History(start, int(x), round(7 * recency), round(7 * age), spend if x else None, 1, Decimal(20), int(more))
        for x, recency, age, spend, more in rows
    )
    whole = window(str(start), str(last))
    held = window("2024-01-01", str(last))  # 26 weeks
    own = Activity(start, start, number, Decimal(20 * number))
    fifth = Fifth(1, 1, 1, number, Decimal(20 * number))
    year = Year(window("2023-07-01", str(last)), 900, 300, 200, 1000, 600, Decimal(54_000))
    return Tables(whole, start, held, "GBP", histories, histories, (own,), (fifth,), year)


@pytest.fixture(scope="module")
def known() -> Tables:
    return simulated()


def test_a_forecast_of_all_is_the_sum_of_each(known: Tables) -> None:
    found = forecast(known)
    assert found.fitted.reason is None and [each.months for each in found.all] == [3, 12]
    each = bg_nbd.expected(found.fitted.parameters, purchases_of(known.histories), 12 * WEEKS_A_MONTH)
    assert found.all[1].purchases == pytest.approx(each.sum())
    assert found.repeaters == sum(1 for each in known.histories if each.repeats)
    assert 0 < (found.active or 0) < (found.repeaters or 0)
    assert 0 < found.all[0].error < found.all[0].purchases / 5 and found.of_new[0].purchases < found.of_new[1].purchases


def test_the_error_of_a_forecast_is_how_far_forecasts_lie_apart() -> None:
    """Of new customers, where all that varies is the fit; 25 samples tell a spread to 14 %."""
    found = [forecast(simulated(1500, seed)).of_new[1] for seed in range(25)]
    spread = np.std([each.purchases for each in found])
    assert np.median([each.error for each in found]) == pytest.approx(spread, rel=0.45)


def test_the_held_out_time_shows_how_good_the_prediction_was(known: Tables) -> None:
    found = holdout(known, 5)
    assert found.bought == sum(each.later for each in known.held)
    assert found.predicted == pytest.approx(found.bought, rel=0.08)  # 26 weeks of simulated customers
    assert abs((found.at_same_pace or 0) - found.bought) > abs((found.predicted or 0) - found.bought)
    assert sum(each.customers or 0 for each in found.groups) == 3000
    assert sum(each.bought or 0 for each in found.groups) == found.bought
    assert sum(each.predicted or 0 for each in found.groups) == pytest.approx(found.predicted)


def test_the_value_is_discounted_month_by_month(known: Tables) -> None:
    expected = forecast(known)
    free, tenth, half = (value(known, expected, None, Decimal(rate), None) for rate in ("0", "0.1", "0.5"))
    usual = free.spend or 0
    of_new = bg_nbd.expected(expected.fitted.parameters, bg_nbd.NEW, 36 * WEEKS_A_MONTH)[0] * usual
    assert free.worths[1].new == pytest.approx(of_new)
    assert free.worths[1].total > tenth.worths[1].total > half.worths[1].total
    assert tenth.worths[0].total < tenth.worths[1].total
    assert tenth.worths[0].each == pytest.approx(tenth.worths[0].total / 3000)
    # a third of the revenue earned is a third of the value
    third = value(known, expected, Decimal("0.3"), Decimal("0.1"), None)
    assert third.worths[1].total == pytest.approx(0.3 * tenth.worths[1].total)


def test_a_discounted_sum_by_hand() -> None:
    parameters = (0.25, 4, 0.8, 2.5)
    first, second = (float(bg_nbd.expected(parameters, bg_nbd.NEW, n * WEEKS_A_MONTH)[0]) for n in (1, 2))
    by_hand = first / 1.21 ** (1 / 12) + (second - first) / 1.21 ** (2 / 12)
    assert discounted(parameters, bg_nbd.NEW, 2, 0.21)[0] == pytest.approx(by_hand)


def test_the_textbooks_value_by_hand() -> None:
    year = Year(WINDOW, 900, 300, 200, 1000, 600, Decimal(54_000))
    # 54,000 / 900 = 60 a customer; 400 of 1,000 lost: 60 / 0.4 = 150; of which 40 % is earned
    simple = textbook(year, None)
    assert simple and (simple.yearly, simple.value) == pytest.approx((60, 150)) and simple.lost == pytest.approx(0.4)
    earned = textbook(year, Decimal("0.4"))
    assert earned and (earned.yearly, earned.value) == pytest.approx((24, 60))
    all_kept = textbook(replace(year, kept=1000), None)
    assert all_kept and all_kept.value is None
    assert textbook(None, None) is None and textbook(replace(year, before=0, kept=0), None) is None


def test_what_is_not_known_has_its_reason(known: Tables) -> None:
    few = replace(known, histories=known.histories[:40], held=known.held[:40])
    assert forecast(few) == forecast(replace(few, currency=None))
    assert forecast(few).fitted.reason == "too_few" and holdout(few, 5).fitted.reason == "too_few"
    assert value(few, forecast(few), None, Decimal(0), None).reason == "too_few"
    assert value(replace(known, currency=None), forecast(known), None, Decimal(0), None).reason == "no_spend"
    free = replace(known, histories=tuple(replace(each, spend=None) for each in known.histories))
    assert value(free, forecast(free), None, Decimal(0), None).reason == "few_spends"  # many bought again, for nothing


def test_spend_without_an_average_gives_no_value(known: Tables) -> None:
    """Averages with a tail as of q = 0.6, which has no mean."""
    chance = np.random.default_rng(1)
    spend = 10 / chance.gamma(0.6, 1, len(known.histories))
    heavy = tuple(
        replace(each, spend=float(own) if each.repeats else None)
        for each, own in zip(known.histories, spend, strict=True)
    )
    found = value(replace(known, histories=heavy), forecast(known), None, Decimal("0.1"), None)
    assert (found.reason, found.worths, found.spend) == ("no_mean", (), None)


def test_only_customers_whose_first_purchase_is_known_are_fitted(known: Tables) -> None:
    older = tuple(replace(each, first=date(2022, 1, 1)) for each in known.histories[:1000])
    mixed = replace(known, histories=older + known.histories[1000:])
    assert forecast(mixed).fitted.customers == 2000
    assert forecast(mixed).repeaters == forecast(known).repeaters  # all are predicted


def test_rounded_spend_is_as_good_as_exact(known: Tables) -> None:
    """In steps of 2 %, as it leaves the engine, the parameters move by less than a tenth of their standard errors."""
    from kpikit.evaluation.customers import gamma_gamma

    exact = spends_of(known.histories)
    rounded = replace(exact, spend=np.exp(np.rint(np.log(exact.spend) * 50) / 50))
    one, other = gamma_gamma.fit(exact), gamma_gamma.fit(rounded)
    for a, b, error in zip(one.parameters, other.parameters, one.errors, strict=True):
        assert abs(a - b) < error / 10


def test_the_counts_of_few_persons_are_not_told(known: Tables) -> None:
    def counts(**changed: int) -> tuple[int | None, ...]:
        assert known.year
        base = analyse("a", CUSTOMER, replace(known, year=replace(known.year, **changed)), 5)
        assert base
        found = base.counts
        return found.active, found.new, found.returning, found.repeat, found.before, found.kept

    assert counts() == (900, 300, 600, 200, 1000, 600)
    assert counts(new=3) == (900, None, None, 200, 1000, 600)
    assert counts(new=897)[1:3] == (None, None)
    assert counts(kept=998)[5] is None and counts(repeat=4)[3] is None and counts(new=0)[1:3] == (0, 900)
    late = analyse("a", CUSTOMER, replace(known, settled_from=date(2023, 12, 1)), 5)
    assert late and late.counts.new is None  # who is new can't be told yet for all of the year
    assert analyse("a", CUSTOMER, replace(known, histories=known.histories[:4]), 5) is None


def test_who_bought_only_once_is_not_given_away_by_the_models(known: Tables) -> None:
    again = [each for each in known.histories if each.repeats][:400]
    few = [each for each in known.histories if not each.repeats][:3]
    found = [analyse("a", CUSTOMER, replace(known, histories=(*again, *few[:number])), 5) for number in (3, 0)]
    untold, told = found
    assert untold and told and untold.counts.again is None and told.counts.again == 400
    for base, number in ((untold, None), (told, 400)):
        assert base.forecast.repeaters == number
        assert base.value.fitted and base.value.fitted.customers == number and base.value.fitted.parameters


def test_the_facts_are_read_back_as_they_were_written(known: Tables) -> None:
    import json

    for limit in (5, 10_000):
        for own in (known, replace(known, currency=None, year=None)):
            base = analyse("a", CUSTOMER, own, min(limit, 3000))
            assert base is not None
            assert read(json.loads(json.dumps(document(base)))) == base
