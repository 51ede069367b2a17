"""Every indicator of the catalogue is described, has names of its own, and is found by its id."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import combinations
from types import ModuleType

import pytest

from kpikit.indicators import page
from kpikit.indicators.catalogue import CATALOGUE, DOMAINS, entries, find, measured_by
from kpikit.indicators.framework import Indicator
from kpikit.indicators.inputs import Range, range_of
from kpikit.words.errors import UsageError
from kpikit.words.formula import Operation
from kpikit.words.language import Language
from kpikit.words.periods import COMPARISONS
from kpikit.words.texts import LANGUAGES
from kpikit.words.units import COUNT, RATIO, SHARE, UNITS
from tests.indicators.named import names
from tests.texts import GUIDE


def ids(one: Indicator) -> str:
    return one.id


@pytest.mark.parametrize("one", CATALOGUE.values(), ids=ids)
def test_every_indicator_is_described(one: Indicator) -> None:
    assert one.id == f"{one.domain}.{one.name}"
    assert one.label[0].isupper() and not one.label.endswith(".")
    assert one.description.endswith(".") and len(one.description.split()) >= 3
    assert one.description != one.label
    assert one.unit in UNITS.values()
    assert one.metrics and set(one.formula.names) == set(one.metrics)
    assert one.change is None or one.change in COMPARISONS
    assert one.usual and one.synonyms["en"] and one.synonyms["da"] and one.synonyms["nb"]
    assert one.variant_of is None or one.variant_of in CATALOGUE
    assert all(text.endswith((".", "?")) and len(text.split()) >= 8 for text in (one.low, one.high, one.mind))
    assert re.fullmatch(r"[^.]\S.*, \S.*[^.]", one.source)  # a title and its section
    for code in ("en", "da", "nb"):
        say = Language(code)
        assert one.written(say)
        assert say(one.label) in str(one.card(code))
        assert "<dl>" in one.card(code).html()


@pytest.mark.parametrize("one", CATALOGUE.values(), ids=ids)
def test_the_unit_fits_the_formula(one: Indicator) -> None:
    if one.unit in (SHARE, RATIO):
        assert one.change is not None or (isinstance(one.formula, Operation) and one.formula.sign == "/")
    if one.unit == COUNT:
        assert one.parts is None


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_two_indicators_say_the_same(code: str) -> None:
    said = [Language(code)(text) for one in CATALOGUE.values() for text in (one.description, *GUIDE(one))]
    assert [text for text, times in Counter(said).items() if times > 1] == []


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("part", ["low", "high", "mind"])
def test_no_playbook_is_anothers_with_a_word_or_two_changed(code: str, part: str) -> None:
    """Of the words of two, no more than six in ten are the same."""
    say = Language(code)
    words = {id: set(re.findall(r"\w+", say(getattr(one, part)).casefold())) for id, one in CATALOGUE.items()}
    alike = [(a, b) for a, b in combinations(words, 2) if len(words[a] & words[b]) > 0.6 * len(words[a] | words[b])]
    assert alike == []


@pytest.mark.parametrize("one", CATALOGUE.values(), ids=ids)
def test_every_text_is_written_in_three_languages(one: Indicator) -> None:
    for text in (one.description, *GUIDE(one)):
        assert len({Language(code)(text) for code in LANGUAGES}) == len(LANGUAGES)
    assert all(one.synonyms[code] for code in LANGUAGES)


def test_each_name_belongs_to_one_indicator() -> None:
    owners: dict[str, set[str]] = {}
    for one in CATALOGUE.values():
        for name in names(one):
            owners.setdefault(name.casefold(), set()).add(one.id)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


@pytest.mark.parametrize("module", DOMAINS, ids=lambda module: module.__name__.rpartition(".")[2])
def test_a_module_names_the_metrics_that_its_indicators_need(module: ModuleType) -> None:
    own = [each for each in vars(module).values() if isinstance(each, Indicator)]
    assert {one.domain for one in own} == {module.__name__.split(".")[2]}
    assert {name for one in own for name in one.metrics} == set(module.METRICS)


def test_a_metric_means_the_same_in_every_domain() -> None:
    called: dict[str, set[tuple[str, Range]]] = {}
    for module in DOMAINS:
        for role, name in module.METRICS.items():
            called.setdefault(role, set()).add((str(name), range_of(name)))
    assert {role: found for role, found in called.items() if len(found) > 1} == {}


def test_finding_an_indicator() -> None:
    assert find("sales.revenue") is CATALOGUE["sales.revenue"]
    with pytest.raises(UsageError) as error:
        find("sales.revenu")
    assert str(error.value) == (
        f"indicator == 'sales.revenu', must be one of the {len(CATALOGUE)} that there are. "
        "Did you mean 'sales.revenue'? 'kpikit catalogue' lists them all."
    )


@pytest.mark.parametrize("text", ["Omsætning", "omsetning", "Revenue", "sales.omsætning"])
def test_a_name_in_any_language_leads_to_its_id(text: str) -> None:
    with pytest.raises(UsageError) as error:
        find(text, {id: CATALOGUE[id] for id in ("sales.revenue", "sales.orders")})
    assert str(error.value) == f"indicator == {text!r}, must be an id. Write 'sales.revenue'."


def test_the_indicators_of_some_metrics() -> None:
    assert [one.id for one in measured_by(["attendances", "breaches"])] == [
        "emergency.attendances",
        "emergency.attendances_growth",
        "emergency.breaches",
        "emergency.share_within_four_hours",
        "emergency.breaches_growth",
    ]
    assert measured_by([]) == []


def test_every_domain_is_called_something_in_the_pages_language() -> None:
    assert page.DOMAINS.keys() == {one.domain for one in CATALOGUE.values()}
    text = page.markdown(Language("da"))
    assert "- **[Hjemmeside](#web)**: Besøgende, " in text and '<a id="web"></a>\n\n## Hjemmeside\n' in text
    assert "Område: Hjemmeside" in page.entry(find("web.bounce_rate"), Language("da"))


def test_the_catalogue_as_plain_values() -> None:
    found = entries(Language("en"))
    assert json.loads(json.dumps(found)) == found
    assert [each["id"] for each in found] == list(CATALOGUE)
    (rate,) = (each for each in found if each["id"] == "emergency.share_within_four_hours")
    assert list(rate) == [
        *["id", "label", "domain", "description", "formula", "identities", "metrics", "unit", "between", "better"],
        *["usual", "low", "high", "mind", "source", "synonyms", "variant_of"],
    ]
    assert rate["formula"] == "(attendances − breaches) / attendances"
    assert rate["usual"] == {"role": "KPI", "level": "organisation", "timing": "lagging"}
