"""Laws of single domains: movements add up over the months, a score stays on its scale."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kpikit.indicators import satisfaction
from kpikit.indicators.subscription import movements

AMOUNTS = st.integers(0, 10**6)
MONTH = st.fixed_dictionaries(dict.fromkeys(movements.net_new_mrr.metrics, AMOUNTS))


@given(st.integers(24 * 10**6, 10**9), st.lists(MONTH, min_size=1, max_size=12))
def test_the_movements_of_the_months_add_up_to_the_change_of_the_year(start: int, months: list[dict[str, int]]) -> None:
    end = start
    for month in months:
        end = movements.mrr_by_movements(starting_mrr=end, **month)
    year = {name: sum(month[name] for month in months) for name in movements.net_new_mrr.metrics}
    assert end - start == movements.net_new_mrr(**year)
    assert end == movements.mrr_by_movements(starting_mrr=start, **year)


@given(AMOUNTS, AMOUNTS, st.integers(1, 10**6))
def test_a_net_promoter_score_lies_between_minus_and_plus_100(promoters: int, passives: int, detractors: int) -> None:
    assert -100 <= satisfaction.nps(promoters, passives, detractors) <= 100
    assert satisfaction.nps(detractors, passives, promoters) == -satisfaction.nps(promoters, passives, detractors)
