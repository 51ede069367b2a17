"""Sustainability: material that can be used again, food and paper that is not wasted, emissions per unit."""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, Use, indicator
from kpikit.indicators.inputs import share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, RATIO, SHARE

METRICS = {
    "recyclable_kilos": N_("kilos of recyclable material"),
    "recycled_kilos": N_("kilos of recycled material"),
    "material_kilos": N_("kilos of material used"),
    "food_waste_kilos": N_("kilos of food wasted"),
    "food_kilos": N_("kilos of food bought"),
    "paper_sheets": N_("sheets of paper"),
    "emission_kilos": N_("kilos of CO2 equivalents"),
    "produced_units": N_("produced units"),
}
"""What the metrics of this domain are called in a formula."""


@indicator(
    label=N_("Recyclable material share"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "leading"),
    synonyms="recyclable material, share of recyclable material",
    da="genanvendeligt materiale, andel genanvendelige materialer, bæredygtighed i materialer",
    nb="resirkulerbart materiale, andel gjenvinnbare materialer, bærekraft i materialer",
)
def recyclable_share(recyclable_kilos: Any, material_kilos: Any) -> Any:
    """Share of the material used, by weight, that can be recycled after use.

    Low: List the ten heaviest materials, and ask each supplier for one that the local plants accept.
    High: Tell customers where it goes after use; material that can be recycled helps only when it is returned.
    Mind: What can be recycled in theory is not always collected; use the rules of the place where it is sold.
    Source: ISO 14021:2016, Self-declared environmental claims, Recyclable
    """
    return share(recyclable_kilos, material_kilos)


@indicator(
    label=N_("Recycled material share"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "leading"),
    synonyms="recycled content, recycled input materials",
    da="genanvendt materiale, andel genbrugsmateriale, genanvendelse, genbrug",
    nb="resirkulert materiale, andel gjenvunnet materiale, gjenvinning, resirkulering",
)
def recycled_share(recycled_kilos: Any, material_kilos: Any) -> Any:
    """Share of the material used, by weight, that was recycled from earlier use.

    Low: Begin with packaging, where recycled quality is good enough and the buyer sees it.
    High: Secure the supply for years, since others want it too, and have the share certified.
    Mind: Cuttings fed back in one's own factory do not count; they never left the process.
    Source: GRI 301: Materials 2016, Disclosure 301-2 Recycled input materials used
    """
    return share(recycled_kilos, material_kilos)


@indicator(
    label=N_("Food waste"),
    unit=COUNT,
    better=LOWER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="wasted food, kilos of food waste",
    da="spildt mad, kilo madspild",
    nb="kastet mat, kilo matsvinn",
)
def food_waste(food_waste_kilos: Any) -> Any:
    """Kilos of food that was meant to be eaten and was thrown away.

    Low: Share the recipe: smaller plates, later baking, the last hour's offer. Then count what was saved.
    High: Weigh for two weeks in three bins, storage, kitchen and plate; the fullest one says where to begin.
    Mind: Peel and bones are no waste here. It grows with the number of guests, so read the share as well.
    Source: WRI, Food Loss and Waste Accounting and Reporting Standard, chapter 2, Definition of Terms and Applications
    """
    return food_waste_kilos


@indicator(
    label=N_("Food waste share"),
    unit=SHARE,
    better=LOWER,
    usual=Use("PI", "department", "leading"),
    synonyms="share of food wasted, food waste rate",
    da="madspildsprocent, andel mad der smides ud",
    nb="matsvinnprosent, andel mat som kastes",
)
def food_waste_share(food_waste_kilos: Any, food_kilos: Any) -> Any:
    """Kilos of food thrown away, per kilo of food bought in the period.

    Low: Make sure that dishes are not sold out at noon; a little waste is the price of a full counter.
    High: Order more often and less, and plan a dish of the day for what is left over.
    Mind: Water boils away and stock is used later, so short periods mislead, and one after a large purchase can pass
        100%.
    Source: WRI, Food Loss and Waste Accounting and Reporting Standard, appendix C, Normalizing Data
    """
    return divide(food_waste_kilos, food_kilos)


@indicator(
    label=N_("Paper used"),
    unit=COUNT,
    better=LOWER,
    usual=Use("PI", "department", "leading"),
    synonyms="sheets of paper used, paper consumption, printed pages",
    da="antal ark papir, udskrevne sider",
    nb="antall ark papir, utskrevne sider",
)
def paper_used(paper_sheets: Any) -> Any:
    """Sheets of paper used in the period.

    Low: See that the work has truly moved to the screen, and not to a print shop whose sheets nobody counts.
    High: Find the one form or mailing that fills the trays; two or three usually make half of all prints.
    Mind: Paper bought is easier to count than paper used, but one large order makes a month look wasteful.
    Source: GRI 301: Materials 2016, Disclosure 301-1 Materials used by weight or volume
    """
    return paper_sheets


@indicator(
    label=N_("Emissions per unit"),
    unit=RATIO,
    better=LOWER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="emission intensity, carbon intensity, CO2 per unit",
    da="CO2-udledning pr. enhed, udledningsintensitet, klimaaftryk pr. enhed",
    nb="CO2-utslipp per enhet, utslippsintensitet, klimaavtrykk per enhet",
)
def emissions_per_unit(emission_kilos: Any, produced_units: Any) -> Any:
    """Kilos of CO2 equivalents emitted per unit produced.

    Low: Find out whether it was cleaner power, less energy or only more units, before it goes into an advert.
    High: Heat, cooling and transport come first: they weigh most, and are often wasted when nobody is there.
    Mind: It can fall while the total rises; the climate counts the total. Say which scopes are included.
    Source: GRI 305: Emissions 2016, Disclosure 305-4 GHG emissions intensity
    """
    return divide(emission_kilos, produced_units)
