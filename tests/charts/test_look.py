"""The look: each colour stated once, by day and by night, and readable in both."""

from __future__ import annotations

import re

import pytest

from kpikit.charts.look import COLOURS, css, in_page


def brightness(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21."""
    light, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("role", ["ink", "muted", "target", "baseline", "good", "bad"])
@pytest.mark.parametrize("time", ["light", "dark"])
def test_text_can_be_read_on_the_page(role: str, time: str) -> None:
    assert contrast(getattr(COLOURS[role], time), getattr(COLOURS["surface"], time)) >= 4.5


def test_each_colour_belongs_to_one_role() -> None:
    assert len({each.light for each in COLOURS.values()}) == len(COLOURS)


def test_colours_become_variables_with_the_light_value_to_fall_back_on() -> None:
    assert in_page("fill: #1f2a37; stroke: #123456") == "fill: var(--kpi-ink, #1f2a37); stroke: #123456"


def test_the_style_sheet_states_no_colour_of_its_own() -> None:
    without = re.sub(r"--kpi-[\w-]+: #[0-9a-f]{6};", "", css())
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl", without)
    assert "/* light */" not in css()
    assert "/* dark */" not in css()


def test_the_style_sheet_defines_every_variable_that_it_uses() -> None:
    used, defined = set(re.findall(r"var\((--kpi-[\w-]+)", css())), set(re.findall(r"(--kpi-[\w-]+):", css()))
    assert used - defined == {"--kpi-ratio"}  # each picture brings its own


def test_night_has_every_colour() -> None:
    night = re.search(r"prefers-color-scheme: dark\) \{ :root \{(.*?)\}", css())
    assert night
    assert [f"--kpi-{role}: {each.dark};" in night[1] for role, each in COLOURS.items()] == [True] * len(COLOURS)
