"""Operations: how much comes of what goes in, how fast, and whether it arrives on time."""

from typing import Any

from kpikit.indicators.framework import HIGHER, INSIDE, LOWER, NEITHER, Use, indicator
from kpikit.indicators.inputs import Figure, share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, DAYS, DURATION, RATIO, SHARE

METRICS = {
    "produced_units": N_("produced units"),
    "possible_units": N_("units possible in the planned time"),
    "worked_hours": N_("hours worked"),
    "used_hours": N_("hours in use"),
    "available_hours": N_("hours available"),
    "production_days": N_("production days"),
    "lead_days": Figure(N_("days from order to delivery"), usual=100),
    "cycle_seconds": Figure(N_("seconds from start to end of the work"), usual=86_400),
    "unfinished_units": N_("units begun but not finished"),
    "deliveries": N_("deliveries"),
    "on_time_deliveries": N_("deliveries on time"),
    "complete_on_time_deliveries": N_("deliveries complete and on time"),
}
"""What the metrics of this domain are called in a formula."""


@indicator(
    label=N_("Productivity"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="labour productivity, output per hour",
    da="arbejdsproduktivitet, produktion pr. time",
    nb="arbeidsproduktivitet, produksjon per time",
)
def productivity(produced_units: Any, worked_hours: Any) -> Any:
    """Units produced per hour worked.

    Low: Follow one order through the house and write down every wait; most lost hours are waiting, not slow work.
    High: Find out what was done differently, and whether quality and absence held, before it becomes the norm.
    Mind: Other products need other hours: a change of the mix moves it although everybody works as before.
    Source: OECD, Measuring Productivity, chapter 2, A Short Guide to Some Productivity Measures (labour productivity)
    """
    return divide(produced_units, worked_hours)


@indicator(
    label=N_("Efficiency"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="production efficiency, output against effective capacity",
    da="effektivitet i produktionen, produktion i forhold til kapacitet",
    nb="produksjonseffektivitet, produksjon i forhold til kapasitet",
)
def efficiency(produced_units: Any, possible_units: Any) -> Any:
    """Units produced, against those that were possible in the planned time.

    Low: List the hours without output by cause: material, machine, people, orders. The longest bar comes first.
    High: Ask whether the possible output is still set right; a standard that everybody beats plans nothing.
    Mind: What is possible is an estimate, so it can pass 100%; after a new estimate old and new do not compare.
    Source: Heizer et al., Operations Management, Supplement 7, Design and Effective Capacity: efficiency
    """
    return divide(produced_units, possible_units)


@indicator(
    label=N_("Utilisation"),
    unit=SHARE,
    better=INSIDE,
    usual=Use("PI", "department", "leading"),
    synonyms="capacity utilisation, utilization rate, billable utilisation",
    da="udnyttelsesgrad, kapacitetsudnyttelse, faktureringsgrad",
    nb="kapasitetsutnyttelse, utnyttelsesgrad, faktureringsgrad",
)
def utilisation(used_hours: Any, available_hours: Any) -> Any:
    """Hours in which people or machines were in use, against the hours available.

    Low: Idle capacity costs money: fill it with maintenance, training or offers for quiet hours, or plan less of it.
    High: Above some 85% queues grow quickly and any illness delays orders; keep a reserve or lengthen the promise.
    Mind: With overtime it passes 100%. Being in use is not being of use: making too much stock raises it as well.
    Source: Heizer et al., Operations Management, Supplement 7, Design and Effective Capacity: utilization (here of
        hours)
    """
    return divide(used_hours, available_hours)


@indicator(
    label=N_("Lead time"),
    unit=DAYS,
    better=LOWER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="delivery time, order lead time, order to delivery",
    da="gennemløbstid fra ordre til levering, leveringstid",
    nb="leveringstid, ledetid fra ordre til levering",
)
def lead_time(lead_days: Any) -> Any:
    """Average days from the order to its delivery.

    Low: Speed sells: promise it in offers and on the product page, as far as it holds in the busy season too.
    High: Count the days of work against the days of waiting; fewer orders begun at a time shorten the queues.
    Mind: Only finished orders are counted, so a growing pile of late ones does not show until it is delivered.
    Source: APICS Dictionary, Lead time
    """
    return lead_days


@indicator(
    label=N_("Cycle time"),
    unit=DURATION,
    better=LOWER,
    usual=Use("PI", "department", "leading"),
    synonyms="processing time, time per unit, time from start to finish",
    da="cyklustid, bearbejdningstid",
    nb="syklustid, bearbeidingstid",
)
def cycle_time(cycle_seconds: Any) -> Any:
    """Average time from the start of the work on a unit to its end.

    Low: Check quality and accidents in the same weeks; a step that was dropped also makes the work short.
    High: Time the steps and level them: the slowest one sets the pace of all others.
    Mind: Waiting before the start is not in it. Some count the time between two finished units under this name.
    Source: Vacanti and Coleman, The Kanban Guide, Cycle Time
    """
    return cycle_seconds


@indicator(
    label=N_("Throughput"),
    unit=RATIO,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="throughput rate, output per day",
    da="gennemløb pr. dag, produktion pr. dag",
    nb="gjennomstrømning per dag, produksjon per dag",
)
def throughput(produced_units: Any, production_days: Any) -> Any:
    """Units finished per production day.

    Low: Find the bottleneck: the step with the longest queue in front of it. Help only there; elsewhere it is lost.
    High: Make sure that the orders are there to follow; output without demand ends as stock.
    Mind: Days without production are left out, so a month with many holidays looks as good as any other.
    Source: ISO 22400-2:2014, Throughput rate
    """
    return divide(produced_units, production_days)


@indicator(
    label=N_("Work in progress"),
    unit=COUNT,
    better=LOWER,
    usual=Use("PI", "department", "leading"),
    synonyms="WIP, unfinished work",
    da="varer i arbejde, igangværende arbejde",
    nb="varer i arbeid, igangværende arbeid",
)
def work_in_progress(unfinished_units: Any) -> Any:
    """Number of units that are begun but not finished.

    Low: Work flows. Watch that the bottleneck never runs dry, for its idle hour is an hour of the whole house.
    High: Stop starting, start finishing: set a limit per step, and let free hands help where the pile is.
    Mind: A level, counted at one moment; count it at the same hour each day, and never add the days up.
    Source: Hopp and Spearman, Factory Physics, Basic Factory Dynamics
    """
    return unfinished_units


@indicator(
    label=N_("Work in progress by Little's law"),
    unit=COUNT,
    better=NEITHER,
    usual=Use("PI", "department", "leading"),
    synonyms="Little's law, expected work in progress",
    da="Littles lov, forventede varer i arbejde",
    nb="Littles lov, forventet antall varer i arbeid",
    identities=("operations.throughput * operations.lead_time",),
    variant_of="work_in_progress",
)
def expected_work_in_progress(produced_units: Any, production_days: Any, lead_days: Any) -> Any:
    """Units in progress that fit the throughput and the lead time: the one times the other.

    Low: Below the count, old work lies forgotten: list the units by age, and finish or drop the oldest.
    High: Above the count, more is finished than begun, or dates are wrong: check how start and end are recorded.
    Mind: It holds for averages over a steady time, with lead time in the same kind of days as the throughput.
    Source: Little, A Proof for the Queuing Formula: L = λW, Operations Research 9 (1961)
    """
    return divide(produced_units, production_days) * lead_days


@indicator(
    label=N_("On-time delivery"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="OTD, delivery reliability, share of deliveries on time",
    da="leveringssikkerhed, andel leveret til tiden, leveringspræcision",
    nb="leveringspålitelighet, andel levert i tide, leveringspresisjon",
)
def on_time_delivery(on_time_deliveries: Any, deliveries: Any) -> Any:
    """Share of the deliveries that arrived on the promised day or before.

    Low: Compare late ones by product, carrier and weekday; often the promise is wrong, not the warehouse.
    High: Customers can plan with you. Offer a guaranteed day, and see whether a shorter promise holds as well.
    Mind: Measured against the first promise; a date moved after a phone call makes every delivery punctual.
    Source: APICS, Supply Chain Operations Reference Model (SCOR), RL.2.2 Delivery Performance to Customer Commit Date
    """
    return share(on_time_deliveries, deliveries)


@indicator(
    label=N_("On time in full"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="OTIF, complete and punctual deliveries",
    da="OTIF-grad, andel leveret komplet og til tiden",
    nb="OTIF-grad, andel levert komplett og i tide",
)
def on_time_in_full(complete_on_time_deliveries: Any, deliveries: Any) -> Any:
    """Share of the deliveries that arrived on time and with everything that was ordered.

    Low: See which half fails: punctual but incomplete points to stock, complete but late points to transport.
    High: Use it in talks with large customers, who often fine a supplier below an agreed value.
    Mind: One missing line fails the whole delivery, so large orders do worse; compare customers of a kind.
    Source: APICS, Supply Chain Operations Reference Model (SCOR), RL.1.1 Perfect Order Fulfillment
    """
    return share(complete_on_time_deliveries, deliveries)
