"""Re-design as cards, driven as a kernel sees it: decide, look at the difference, write the next version."""

from __future__ import annotations

import html
import shutil
from pathlib import Path

import pytest

import kpikit
from kpikit.widgets import Redesigner
from tests.widgets.cells import run
from tests.workspaces import Shop, each_day, plan

KEEP = "{indicator: sales.orders, cadence: month, target: {kind: keep, value: 10}}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Some 30 orders a month against a target of 10: it asks for nothing, and nobody owns the goal."""
    return Shop(sales=each_day("2024-01-01", "2024-12-31"), plans={"a/1": plan(KEEP)}).at(tmp_path / "shop").folder


@pytest.fixture
def cards(folder: Path) -> Redesigner:
    return Redesigner(folder, language="en")


def test_a_card_for_each_proposal(cards: Redesigner) -> None:
    assert [card.proposal.id for card in cards.cards] == [each.id for each in cards.redesign.proposed()]
    assert {"raise_target:sales.orders", "name_owner:goal"} <= {card.proposal.id for card in cards.cards}
    assert cards.value is None and "Nothing is decided yet" in cards.shown.value
    assert str(run(cards.code)) == str(cards.redesign.proposals())
    cards.cards[0].answer.value = "accepted"  # without who decides
    assert cards.value is None and str(run(cards.code)) == str(cards.redesign.proposals())
    cards.cards[0].answer.value = ""


def card(cards: Redesigner, kind: str):  # type: ignore[no-untyped-def]
    return next(each for each in cards.cards if each.proposal.kind == kind)


def test_the_difference_follows_the_decisions(cards: Redesigner) -> None:
    one = card(cards, "raise_target")
    assert one.target.layout.display == "none"
    one.answer.value = "changed"
    assert one.target.layout.display is None and "who decides" in cards.shown.value
    cards.by.value, cards.on.value, one.why.value = "Ann", "2025-01-05", "There is room."
    one.target.value = "28"
    assert "28 in each period" in cards.shown.value and "10 in each period" in cards.shown.value
    assert str(run(cards.code)) == str(cards.value)
    one.target.value = "many"
    assert cards.value is None and "is not understood. Write it as" in cards.shown.value
    one.answer.value = "declined"
    assert "28 in each period" not in cards.shown.value and str(run(cards.code)) == str(cards.value)


def test_a_card_shows_what_it_would_have_done_to_past_statuses(cards: Redesigner) -> None:
    """29 orders in February, 30 and 31 in the other months of 2024: 30 is missed once in twelve."""
    one = card(cards, "raise_target")
    assert one.effect.value.count('role="img"') == 24 and "If it had been in force" in one.effect.value
    one.answer.value, one.target.value = "changed", "30"
    assert "Met or on track in 12 of the last 12 periods as it is, in 11 of them with this." in one.effect.value
    one.target.value = "many"
    assert "is not understood" in one.effect.value and "Traceback" not in one.effect.value
    one.target.value = "40"
    assert "in 0 of them with this." in one.effect.value
    assert card(cards, "name_owner").effect.value.count("It changes no status by itself.") == 1


def test_only_what_takes_a_value_can_be_changed(cards: Redesigner) -> None:
    one, two = card(cards, "name_owner"), card(cards, "review_overdue")
    assert two.target is None and "changed" not in [key for _, key in two.answer.options]
    cards.by.value, cards.on.value, one.why.value = "Ann", "2025-01-05", "She runs it."
    one.answer.value, one.target.value = "changed", "Eva"
    assert "Owner" in cards.shown.value and "Eva" in cards.shown.value
    assert str(run(cards.code)) == str(cards.value)


def test_an_action_begins_with_a_decision(folder: Path, cards: Redesigner) -> None:
    """What `kpikit review` asks for: what, who, until when and at what cost; errors say how it is written."""
    one = card(cards, "raise_target")
    assert one.actions.layout.display == "none" and card(cards, "review_overdue").actions is None
    cards.by.value, cards.on.value, one.why.value, one.answer.value = "Ann", "2025-01-05", "Room.", "accepted"
    assert one.actions.layout.display is None
    assert one.actions.more.layout.align_self == "flex-start"  # as wide as its text, not as the card
    one.actions.more.click()
    (first,) = one.actions.lines
    assert one.actions.value == () and cards.value is not None  # an empty row is no action
    first["what"].value = "Train."
    assert cards.value is None and "what is to be done, and who does it" in cards.shown.value
    first["who"].value, first["due"].value = "Bo", "1-3-2025"
    assert (
        "Until when: &#x27;1-3-2025&#x27; has two readings. Write it as 2025-03-01 or as 2025-01-03."
        in cards.shown.value
    )
    first["due"].value, first["cost"].value = "2025-03-01", "5.000 DKK"
    assert "Cost: &#x27;5.000 DKK&#x27; has two readings. Write it as 5 DKK or as 5000 DKK." in cards.shown.value
    for typed in ("5000 kr.", "5000", "5000,00"):  # the shop's amounts are in pounds
        first["cost"].value = typed
        assert one.actions.value[0]["cost"].removesuffix(".00 GBP").removesuffix(" GBP") == "5000"
        assert cards.value is not None
    first["cost"].value = "5000 DKK"
    assert "Train. (Bo, DKK\xa05,000, by 1 March 2025)" in cards.shown.value
    assert str(run(cards.code)) == str(cards.value)
    one.answer.value = "declined"
    assert one.actions.layout.display == "none" and "Train." not in cards.shown.value
    one.answer.value = "accepted"
    cards.write.click()
    cards.asking.yes.click()
    (action,) = kpikit.open(folder).plans("a")[-1].goals[0].actions
    assert (action.what, action.who, str(action.due), str(action.cost)) == (
        "Train.", "Bo", "2025-03-01", "(Decimal('5000'), 'DKK')",
    )  # fmt: skip


def test_it_is_written_after_a_yes_and_only_once(folder: Path, cards: Redesigner) -> None:
    first = (folder / "plans/a/1.yml").read_text(encoding="utf-8")
    cards.write.click()
    assert "There is nothing to write yet" in cards.written.value
    one = card(cards, "raise_target")
    cards.by.value, cards.on.value, one.why.value, one.answer.value = "Ann", "2025-01-05", "Room.", "accepted"
    cards.write.click()
    assert cards.asking.layout.display is None and not (folder / "plans/a/2.yml").exists()
    cards.asking.no.click()
    assert cards.asking.layout.display == "none"
    cards.write.click()
    cards.asking.yes.click()
    assert "Written as plans/a/2.yml." in cards.written.value and cards.write.disabled
    (decision,) = kpikit.open(folder).plans("a")[-1].decisions
    assert (decision.by, decision.answer, decision.why) == ("Ann", "accepted", "Room.")
    assert (folder / "plans/a/1.yml").read_text(encoding="utf-8") == first
    cards.asking.yes.click()  # a second press
    assert "Written as plans/a/2.yml." in cards.written.value and not (folder / "plans/a/3.yml").exists()
    later = Redesigner(folder, language="en")
    assert later.cards == [] and "Version 2 of the plan, in force from 1 January 2025, has followed" in str(later.value)
    assert "Ann: Set Orders a more ambitious target: 32 instead of 10 – Room." in str(later.value)
    assert str(run(later.code)) == str(later.value)


def test_without_a_plan_there_is_a_sentence(tmp_path: Path) -> None:
    folder = Shop(sales=each_day("2024-01-01", "2024-12-31")).at(tmp_path / "shop").folder
    cards = Redesigner(folder, language="en")
    assert cards.cards == [] and "No plan is in force for this period: set a goal first." in cards.shown.value
    assert str(run(cards.code)) == str(cards.value)


def test_another_day_is_typed_as_the_language_writes_it() -> None:
    cards = Redesigner(kpikit.samples() / "agency", "brynje", language="da")
    one = card(cards, "end_action")
    assert one.target.placeholder == "31.12.2026"
    cards.by.value, one.why.value, one.answer.value = "Ann", "Ovnen er forsinket.", "changed"
    assert cards.value is None and "Frist er ikke udfyldt endnu (" in cards.shown.value
    one.target.value = "snart"
    assert cards.value is None and "Frist: 'snart' kan ikke læses." in html.unescape(cards.shown.value)
    one.target.value = "31.12.2026"
    assert "31. december 2026" in cards.shown.value
    assert str(run(cards.code)) == str(cards.value)


def test_what_a_plan_lacks_is_written_down_or_chosen(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    shutil.copytree(kpikit.samples() / "shop", folder)
    (plan,) = (folder / "plans/default").glob("*.yml")
    text = plan.read_text(encoding="utf-8")
    owner = "    owner: {en: Head of customer relations, da: Kundechef, nb: Kundesjef}\n"
    assert text.count(owner) == text.count("    level: department\n    parent: grow\n" + owner) == 1
    plan.write_text(text.replace("    parent: grow\n" + owner, ""), encoding="utf-8")
    cards = Redesigner(folder, "norway", language="en")
    cards.by.value = "Ann"
    owner_card, parent_card = card(cards, "name_owner"), card(cards, "name_parent")
    owner_card.why.value, owner_card.answer.value = "It was nobody's.", "changed"
    assert cards.value is None and "Who answers for it is not filled in yet (" in cards.shown.value
    owner_card.target.value = "Team 1.200"
    assert "Team 1.200" in cards.shown.value
    parent_card.why.value, parent_card.answer.value = "It grows with it.", "changed"
    assert cards.value is None and "Goal above is not filled in yet (" in cards.shown.value
    assert [key for _, key in parent_card.target.options] == ["", "grow", "fewer_cancellations"]
    parent_card.target.value = "grow"
    assert "Increase revenue by 10 % in 2011" in cards.shown.value
    assert str(run(cards.code)) == str(cards.value)
