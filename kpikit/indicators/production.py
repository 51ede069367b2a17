"""Production: how well the equipment runs (OEE and its three factors), and how much of the output is right."""

from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, Use, indicator
from kpikit.indicators.inputs import share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import RATIO, SHARE

METRICS = {
    "produced_units": N_("produced units"),
    "good_units": N_("good units"),
    "first_pass_units": N_("units right the first time"),
    "defective_units": N_("defective units"),
    "defects": N_("defects"),
    "defect_opportunities": N_("opportunities for a defect"),
    "planned_hours": N_("planned production hours"),
    "run_hours": N_("hours of running production"),
    "ideal_hours": N_("hours needed at ideal speed"),
}
"""What the metrics of this domain are called in a formula."""


@indicator(
    label=N_("Availability"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="equipment availability, uptime",
    da="maskintilgængelighed, oppetid",
    nb="maskintilgjengelighet, oppetid",
)
def availability(run_hours: Any, planned_hours: Any) -> Any:
    """Share of the planned production hours in which production ran.

    Low: Note every stop longer than five minutes with its reason; changeovers and waiting often beat breakdowns.
    High: Stops are under control. The next loss to look for is slow running, which no stop list shows.
    Mind: Time taken out of the plan, such as meetings or cleaning, is no loss here; keep the plan honest.
    Source: ISO 22400-2:2014, Availability
    """
    return share(run_hours, planned_hours)


@indicator(
    label=N_("Performance"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="performance rate, speed rate",
    da="ydelsesgrad, hastighedsgrad",
    nb="ytelsesgrad, hastighetsgrad",
)
def performance(ideal_hours: Any, run_hours: Any) -> Any:
    """Hours that the output needs at ideal speed, against the hours that production ran.

    Low: Look for small stops and reduced speed, and ask the operator why it was turned down; there is a reason.
    High: Running near its ideal. Watch wear and scrap, which show whether the speed is too high.
    Mind: An ideal speed set too low makes it pass 100%; take the best that was ever held, not an average.
    Source: Nakajima, Introduction to TPM, chapter 2, Striving for Overall Equipment Effectiveness (performance)
    """
    return divide(ideal_hours, run_hours)


@indicator(
    label=N_("Quality rate"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("PI", "department", "lagging"),
    synonyms="quality ratio, share of good units, yield",
    da="kvalitetsgrad, andel gode enheder",
    nb="kvalitetsgrad, andel gode enheter",
)
def quality_rate(good_units: Any, produced_units: Any) -> Any:
    """Share of the produced units that are good.

    Low: Separate start-up losses from running losses; the first need better changeovers, the second a steadier process.
    High: Little is thrown away. See whether checks can be made rarer without a complaint slipping through.
    Mind: Units mended later count as good here; the first pass yield shows what the mending hides.
    Source: ISO 22400-2:2014, Quality ratio
    """
    return share(good_units, produced_units)


@indicator(
    label=N_("Overall equipment effectiveness"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="OEE, OEE index",
    da="OEE-tal, samlet udstyrseffektivitet",
    nb="OEE-tall, total utstyrseffektivitet",
    identities=("production.availability * production.performance * production.quality_rate",),
)
def oee(ideal_hours: Any, good_units: Any, planned_hours: Any, produced_units: Any) -> Any:
    """Share of the planned production hours that made good units at ideal speed.

    Low: Take its three factors apart, and begin with the lowest; stops, speed and scrap need different people.
    High: Few plants hold 85% for long. Check the ideal speed and the plan before you celebrate, then share the method.
    Mind: It judges one machine or line. A mean over lines of different products hides the bottleneck.
    Source: ISO 22400-2:2014, Overall equipment effectiveness index
    """
    return divide(ideal_hours * quality_rate(good_units, produced_units), planned_hours)


@indicator(
    label=N_("Defect rate"),
    unit=SHARE,
    better=LOWER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="scrap rate, reject rate, share of defective units",
    da="fejlprocent, fejlrate, kassationsprocent",
    nb="feilrate, feilprosent, vrakprosent",
)
def defect_rate(defective_units: Any, produced_units: Any) -> Any:
    """Share of the produced units with at least one defect.

    Low: Keep the settings that gave it, and see whether complaints fell too: unseen defects are found by customers.
    High: Sort by kind of defect, shift and material; two kinds usually make up most, and one cause both.
    Mind: It rises when somebody looks closer. After a new inspection, start the comparison afresh.
    Source: NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.2 Proportions Control Charts
    """
    return share(defective_units, produced_units)


@indicator(
    label=N_("Defects per million opportunities"),
    unit=RATIO,
    better=LOWER,
    usual=Use("PI", "department", "lagging"),
    synonyms="DPMO, defects per million",
    da="DPMO-tal, fejl pr. million",
    nb="DPMO-tall, feil per million",
    between=(0, 1_000_000),
)
def dpmo(defects: Any, defect_opportunities: Any) -> Any:
    """Defects per million opportunities: what can go wrong in a unit, times the units.

    Low: The process is capable; move inspection from the end to the few steps where defects still begin.
    High: Draw the steps and count defects at each; improve the step with most before buying a new machine.
    Mind: Counting more opportunities per unit makes it small at once; fix the list before you compare.
    Source: GoLeanSixSigma, Defects Per Million Opportunities: DPMO
    """
    return divide(1_000_000 * defects, defect_opportunities)


@indicator(
    label=N_("First pass yield"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "leading"),
    synonyms="FPY, first time right, right first time",
    da="rigtig første gang, andel uden omarbejde",
    nb="riktig første gang, andel uten omarbeid",
)
def first_pass_yield(first_pass_units: Any, produced_units: Any) -> Any:
    """Share of the produced units that were right the first time, without mending.

    Low: Mending is a hidden factory: note its hours for a week, and let them pay for a cure at the source.
    High: The process keeps what it promises; write the standard down while those who know it are here.
    Mind: Over several steps the yields multiply: five steps of 95% leave 77% that pass all of them.
    Source: ISO 22400-2:2014, First pass yield
    """
    return share(first_pass_units, produced_units)
