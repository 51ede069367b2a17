"""The lengths of period that can be chosen for an indicator: those that its sources add up to."""

from __future__ import annotations

from kpikit.indicators.framework import Indicator
from kpikit.sources.clients import Client
from kpikit.widgets.choice import Choice
from kpikit.words.language import Language
from kpikit.words.texts import N_
from kpikit.workspace.settings import Settings

GRAINS = {
    "day": N_("Days"),
    "week": N_("Weeks"),
    "month": N_("Months"),
    "quarter": N_("Quarters"),
    "year": N_("Years"),
    "fiscal_year": N_("Fiscal years"),
}
"""The lengths of period, as they are called in a list."""

_LONGER = {"day": tuple(GRAINS), "week": ("week",), "month": ("month", "quarter", "year", "fiscal_year")}
"""Length of what a source has a figure for -> the lengths of period that it adds up to."""


def refill_grains(
    choice: Choice, settings: Settings, client: Client, one: Indicator, say: Language, first: str | None = None
) -> None:
    """Offer what fits the indicator; what was chosen stays where it fits, else ``first`` is, or the workspace's own."""
    model, own = settings.model, settings.grain
    slots = {model.sources[model.metrics[name].source].every for name in one.metrics}
    fits = [grain for grain in GRAINS if all(grain in _LONGER.get(slot, GRAINS) for slot in slots)]
    if client.calendar.fiscal_first_month == 1 and "fiscal_year" in fits:
        fits.remove("fiscal_year")
    first = choice.value or first or own
    choice.refill([(say(GRAINS[grain]), grain) for grain in fits or [own]])
    choice.value = first if first in fits else own if own in fits else choice.options[0][1]
