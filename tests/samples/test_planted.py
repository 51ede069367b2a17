"""What was planted into the synthetic agency (``data/agency/answers.yml``) is found, and named beside its event."""

from __future__ import annotations

import pytest
import yaml

from kpikit.workspace import samples
from tests.workspaces import sample

SEARCH = "web.session_conversion_rate[channel=Paid Search]"
SESSIONS = "web.session_conversion_rate"
RECYCLABLE = "sustainability.recyclable_share"
FOUND = [
    ("maskegarn", "2025-06", SEARCH, "concern", "2025-06", None),  # the landing page that broke: nobody knew
    ("maskegarn", "2025-11", SESSIONS, "concern", "2025-11", "November offers in paid social media"),  # the mix
    ("kysthjelpen", "2025-09", "web.sessions", None, None, None),  # the week without tracking
    ("brynje", "2025-04", "sales.average_order_value", "improvement", "2025-04", "Prices rise by 8 %"),
    ("brynje", "2025-08", "sales.average_order_value", "improvement", "2025-04", "Prices rise by 8 %"),
    ("rugmark", "2025-10", "production.oee", "concern", "2025-10", "The oven of line 2 is broken"),
    ("rugmark", "2025-12", RECYCLABLE, "improvement", "2025-08", "Bags of paper instead of plastic"),
]


@pytest.mark.parametrize(("client", "period", "key", "direction", "since", "event"), FOUND)
def test_a_planted_event_is_a_signal(
    client: str, period: str, key: str, direction: str | None, since: str | None, event: str | None
) -> None:
    fact = sample("agency").evaluate(client, period).fact(key)
    assert (fact.signal.direction, fact.signal.since and fact.signal.since.key) == (direction, since)
    assert [each.what["en"] for each in fact.events] == ([event] if event else [])


def test_a_week_without_tracking_is_incomplete_and_no_fall() -> None:
    value = sample("agency").evaluate("kysthjelpen", "2025-09").fact("web.sessions").value
    assert (value.reason, value.covered, value.expected) == ("incomplete", 23, 30)


def test_after_a_metric_was_redefined_its_usual_range_begins_anew() -> None:
    fact = sample("agency").evaluate("fjordvik", "2026-02").fact("service.solved_share")  # redefined on 1 May 2025
    assert min(point.period.key for point in fact.series.points if point.judged) == "2025-06"
    assert (fact.series.limits.points, fact.signal.rule) == (9, None)


def test_what_the_oven_cost_is_told_as_availability() -> None:
    fact = sample("agency").evaluate("rugmark", "2025-10").fact("production.oee")
    assert fact.drivers[0].largest[0].name == "production.availability"


def test_the_better_variant_of_the_test_is_found() -> None:
    (found,) = sample("agency").evaluate("kvartal", "2026-02").experiments
    (one,) = found.comparisons
    # planted: 0.040 with A, and 1.3 times that with B
    assert (one.verdict, found.shares_fit > 0.05) == ("better", True)
    assert one.lower < 0.040 * 0.3 < one.upper
    (running,) = sample("agency").evaluate("kvartal", "2026-01", "2026-01-31").experiments
    assert running.comparisons[0].verdict == "running"


def test_every_answer_has_its_test() -> None:
    answers = yaml.safe_load((samples() / "agency" / "answers.yml").read_text(encoding="utf-8"))["answers"]
    tested = {client for client, *_ in FOUND} | {"fjordvik", "kvartal"}
    assert {each["client"] for each in answers} == tested
    assert len(answers) == 8
