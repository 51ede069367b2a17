"""The goal builder, driven as a kernel sees it: type, slide, look at the letters, write the plan."""

from __future__ import annotations

from pathlib import Path

import pytest

import kpikit
from kpikit.widgets import GoalBuilder
from kpikit.words.errors import SettingError
from tests.widgets.cells import run
from tests.widgets.shops import KEEP, shop
from tests.workspaces import plan


@pytest.fixture
def builder(tmp_path: Path) -> GoalBuilder:
    return GoalBuilder(shop(tmp_path), language="en")


def letters(builder: GoalBuilder) -> list[str]:
    return [finding.code for finding in builder.value.findings] if builder.value else []


def test_the_letters_follow_what_is_typed(builder: GoalBuilder) -> None:
    assert builder.value is None and "Write down the goal in words first." in builder.shown.value
    assert "svg" in builder.shown.value and "the probability" in builder.shown.value  # of the target that stands there
    builder.words.statement.value = "More orders"
    assert builder.aim.indicator.value == "sales.orders"  # the words name it
    assert {"no_owner", "not_agreed", "no_means", "no_vision", "no_end"} <= set(letters(builder))
    assert "Nobody answers for it." in builder.shown.value
    builder.words.owner.value, builder.words.means.value, builder.words.agreed.value = "Ann", "A new phone", "Ann, Bo"
    builder.words.vision.value, builder.words.serves.value = "The shop of the town", "It lives of orders"
    builder.words.until.value = "2025-12-31"
    assert letters(builder) in ([], ["not_known"], ["too_small"])
    assert builder.value.goal.agreed.by == ("Ann", "Bo")
    assert run(builder.code) == builder.value


def test_what_is_written_can_be_changed_and_written_again(builder: GoalBuilder) -> None:
    builder.words.statement.value, builder.words.vision.value = "More orders", "The shop of the town"
    builder.save.click()
    builder.asking.yes.click()
    written = builder.saved.value
    assert "Written as" in written and builder.save.disabled
    builder.asking.yes.click()  # pressed twice
    assert builder.saved.value == written
    builder.words.begins.value = "2026-01-01"
    assert builder.value is not None and not builder.save.disabled and not builder.saved.value
    builder.save.click()
    builder.asking.yes.click()
    assert "Written as" in builder.saved.value and builder.saved.value != written


def test_before_there_are_words_the_code_is_a_remark(builder: GoalBuilder) -> None:
    assert builder.value is None
    assert builder.code == "import kpikit\n\n# Write down the goal in words first."
    assert builder._repr_mimebundle_()["text/plain"] == "Set a goal"


def test_a_slider_moves_the_target_and_the_outlook(builder: GoalBuilder) -> None:
    builder.words.statement.value, builder.aim.kind.value = "More orders", "reach"
    assert builder.aim.until_period.value == "2025-12"  # in a year
    chances = []
    for at in (builder.aim.candidate.min, builder.aim.candidate.max):
        builder.aim.candidate.value = at
        (fact,) = builder.value.facts
        assert fact.target is not None and fact.target.value == float(builder.aim.target.value)
        assert fact.outlook is not None and fact.outlook.probability is not None
        chances.append(fact.outlook.probability)
    assert chances[0] > 0.9 and chances[1] < 0.1
    assert "the probability of reaching the target by then is under 5%." in builder.shown.value
    assert "too_big" in letters(builder)
    assert run(builder.code) == builder.value


def test_a_sum_over_a_year_to_come_has_an_outlook(builder: GoalBuilder) -> None:
    builder.words.statement.value, builder.aim.kind.value = "More orders", "cumulative"
    assert (builder.aim.until_period.value, builder.aim.baseline.value) == ("2025", "2024")
    (fact,) = builder.value.facts
    assert fact.target is not None and fact.target.baseline == 366  # a sale on each day of a leap year
    assert fact.outlook is not None and fact.outlook.lower is not None
    assert fact.outlook.lower < 366 < fact.outlook.upper  # twelve months of the same


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("target", "twelve", "What to reach: &#x27;twelve&#x27; is not understood."),
        ("target", "95 %", "does not fit there. Write it as 12000."),
        ("until", "soon", "Until: "),
        ("begins", "2024-13-01", "In force from: &#x27;2024-13-01&#x27; is not understood"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(field: str, text: str, said: str, builder: GoalBuilder) -> None:
    builder.words.statement.value = "More orders"
    control = getattr(builder.aim if field == "target" else builder.words, field)
    before, control.value = control.value, text
    assert builder.value is None and said in builder.shown.value and "Traceback" not in builder.shown.value
    builder.save.click()
    assert "There is no goal yet" in builder.saved.value
    control.value = before
    assert builder.value is not None


def test_a_danish_reader_types_danish_and_what_has_two_readings_is_refused(tmp_path: Path) -> None:
    builder = GoalBuilder(shop(tmp_path), language="da")
    builder.words.statement.value, builder.aim.indicator.value = "Flere ordrer", "sales.orders"
    builder.aim.target.value = "1.234,5"
    builder.words.until.value, builder.words.begins.value = "31.12.2025", "3.4.2025"
    assert builder.value is not None and builder.value.facts[0].target.value == 1234.5
    assert str(builder.value.goal.until) == "2025-12-31" and str(builder.value.plan.in_force_from) == "2025-04-03"
    assert run(builder.code) == builder.value
    builder.aim.target.value = "1.234"
    assert builder.value is None and "Skriv 1,2340 eller 1234." in builder.shown.value


def test_a_way_out_names_the_field_that_stands_in_the_form(builder: GoalBuilder) -> None:
    builder.words.statement.value = "More orders"
    assert "under &quot;Agreed by&quot;" in builder.shown.value and "&#x27;agreed&#x27;" not in builder.shown.value
    assert "under 'agreed'" in str(builder.value)  # whoever writes a goal as code writes the plan's own keys


def test_the_plan_is_written_as_a_new_file_and_none_is_changed(tmp_path: Path) -> None:
    folder = shop(tmp_path, plans={"a/1": plan(KEEP)})
    first = (folder / "plans/a/1.yml").read_text(encoding="utf-8")
    builder, other = GoalBuilder(folder, "a", language="en"), GoalBuilder(folder, "a", language="en")
    for each in (builder, other):
        each.words.statement.value, each.words.parent.value, each.words.level.value = (
            "More orders",
            "goal",
            "department",
        )
    assert '<td data-head="After">More orders</td>' in builder.shown.value  # the difference
    told = str(builder.value.difference())
    for said in (
        "More orders · Level: – → ",
        "More orders · Orders · Cadence: – → each month",
        "Baseline: – → December",
    ):
        assert said in told
    builder.aim.indicator.value, builder.aim.target.value = "sales.revenue", "12000.50"
    assert "Revenue: – → £12,000.50 in each period" in str(builder.value.difference())
    builder.aim.indicator.value = "sales.orders"
    builder.save.click()
    asking = builder.asking
    assert asking.layout.display is None and '<td data-head="After">More orders</td>' in asking.what.value
    builder.words.owner.value = "Ann"  # what was asked about is not what a Yes would write now
    assert asking.layout.display == "none"
    asking.yes.click()
    assert "It has changed" in builder.saved.value
    builder.save.click()
    asking.no.click()
    assert sorted(file.name for file in (folder / "plans/a").iterdir()) == ["1.yml"]
    draft = builder.value
    builder.save.click()
    asking.yes.click()
    assert "Written as plans/a/2.yml." in builder.saved.value and builder.save.disabled
    assert (folder / "plans/a/1.yml").read_text(encoding="utf-8") == first
    written = kpikit.open(folder).plans("a")[-1]
    assert written == draft.plan and [goal.key for goal in written.goals] == ["goal", "sales_orders"]

    with pytest.raises(SettingError, match=r"3\.yml, .*in_force_from: must lie after"):
        other.value.save()  # it was drafted before the other one was written
    other.save.click()
    other.asking.yes.click()
    assert "must lie after" in other.saved.value
    assert sorted(file.name for file in (folder / "plans/a").iterdir()) == ["1.yml", "2.yml"]


@pytest.mark.parametrize(("language", "said"), [("da", "Ingen"), ("nb", "Ingen")])
def test_it_speaks_the_language(language: str, said: str, tmp_path: Path) -> None:
    builder = GoalBuilder(shop(tmp_path), language=language)
    builder.words.statement.value = "Flere ordrer"
    assert said in builder.shown.value and builder.words.owner.description != "Owner"
