"""Goals that are SMART, and goals that fail by one letter alone, with what is found and the way out."""

from __future__ import annotations

from tests.histories import History, monthly

ORDERS = History({"orders": monthly(100, 110, months=18)})
PATIENTS = History({"attendances": monthly(100, 110, months=18)})
RATE = History({"orders": monthly(100, months=18), "cancellations": monthly(12, 10, months=18)})

GOAL = {
    "statement": "Sell more.",
    "level": "organisation",
    "owner": "Head of sales",
    "serves": "A shop that people come back to grows.",
    "means": "The sales team as it is.",
    "until": "2024-12-31",
    "agreed": "{by: [Ann, Bo], on: 2023-12-15}",
}
KPI = {
    "indicator": "sales.orders",
    "cadence": "month",
    "baseline": "2023-12",
    "target": "{kind: reach, value: 120, by: 2024-12}",
}
JUNE = KPI | {"target": "{kind: reach, value: 120, by: 2024-06}"}
MAY = KPI | {"target": "{kind: reach, value: 120, by: 2024-05}"}
PATIENTS_KPI = KPI | {"indicator": "emergency.attendances"}
RATE_KPI = KPI | {"indicator": "sales.cancellation_rate", "target": "{kind: reach, value: 9 %, by: 2024-12}"}
YEARLY = KPI | {"baseline": "2023", "target": "{kind: cumulative, change: +10 %, over: 2024}"}


def written(goal: dict[str, str], kpi: dict[str, str] | None = None, vision: str = "vision: Best shop.") -> str:
    """The plan of one goal with one KPI; an empty text leaves a key out."""
    lines = [f"    {key}: {value}" for key, value in goal.items() if value]
    pairs = ", ".join(f"{key}: {value}" for key, value in (kpi or {}).items() if value)
    kpis = [f"    kpis: [{{{pairs}}}]"] if kpi else []
    return "\n".join(["schema: 1", "in_force_from: 2023-01-01", vision, "goals:", "  grow:", *lines, *kpis, ""])


SMART = [
    ("reach a value", written(GOAL, KPI), ORDERS),
    ("reach a change", written(GOAL, KPI | {"target": "{kind: reach, change: +10 %, by: 2024-12}"}), ORDERS),
    ("keep a value", written(GOAL, KPI | {"target": "{kind: keep, value: 105}"}), ORDERS),
    ("from a value", written(GOAL, KPI | {"baseline": "{value: 90}"}), ORDERS),
    ("lower is better", written(GOAL, RATE_KPI), RATE),
    ("points", written(GOAL, RATE_KPI | {"target": "{kind: reach, change: -2 pp, by: 2024-12}"}), RATE),
    ("in a range", written(GOAL, KPI | {"target": "{kind: keep, value: 100..115}"}), ORDERS),
    ("in a range that overlaps", written(GOAL, KPI | {"target": "{kind: keep, value: 120..150}"}), ORDERS),
    ("in a range beside what was reached", written(GOAL, KPI | {"target": "{kind: keep, value: 90..95}"}), ORDERS),
    ("no direction", written(GOAL, PATIENTS_KPI | {"target": "{kind: keep, value: 70..100}"}), PATIENTS),
    # 2023 has 1,260 orders; 10 % more are 1,386, or 115.5 in each month: more than 110, and within what is usual.
    ("added up", written(GOAL, YEARLY), ORDERS),
    ("the target's own end", written(GOAL | {"until": ""}, KPI), ORDERS),
    ("seen at the end of its last day", written(GOAL | {"until": "2024-06-30"}, JUNE), ORDERS),
]


MORE = "Choose a more ambitious target."
GAIN = "Choose a more ambitious target, or a KPI that still has something to gain."
CHANGE = "Change how the work is done, and say so in the actions; or choose a less ambitious target, or give it time."
CLOSER = (
    "Change how the work is done, and say so in the actions; or begin with a range that is closer to what is usual."
)
NARROW = "Narrow the range, or choose a KPI that still has something to gain."
REVIEW = "Review the plan, and set the next target."
WITHOUT_JUNE = History({"orders": [*monthly(100, 110, months=17), None]})
FIVE_MONTHS = History({"orders": monthly(100, 110, months=5)}, "2024-02")
BELOW = "  more: {statement: More., level: department, parent: grow, owner: Ann, serves: It grows., means: Time., "
BELOW += "until: 2024-12-31, agreed: {by: [Ann], on: 2023-12-15}, kpis: [{indicator: sales.orders, cadence: month, "
BELOW += "baseline: 2023-12, target: {kind: keep, value: 105}}]}\n"


def target(text: str, kpi: dict[str, str] = KPI) -> str:
    """The goal with another target."""
    return written(GOAL, kpi | {"target": f"{{{text}}}"})


FAILS = [  # what fails alone: the plan, its history, the letter, what is found, and the way out
    (
        "no_kpi", written(GOAL), ORDERS, "S",
        "It has neither a KPI nor a goal below it.",
        "Name the KPI that shows whether it is reached, or break it down into goals.",
    ),
    ("no_owner", written(GOAL | {"owner": ""}, KPI), ORDERS, "S", "Nobody answers for it.", "Name one owner."),
    (
        "not_agreed", written(GOAL | {"agreed": ""}, KPI), ORDERS, "S",
        "It does not say who agreed to it.",
        "Agree on it with those who work for it, and write down who and when under 'agreed'.",
    ),
    (
        "no_target", written(GOAL, KPI | {"target": ""}), ORDERS, "M",
        "Orders has no target.", "Say what is to be reached.",
    ),
    (
        "no_baseline", written(GOAL, KPI | {"baseline": ""}), ORDERS, "M",
        "Orders has no baseline to compare with.", "Name the period, or the value, that it starts from.",
    ),
    (
        "baseline_missing", written(GOAL, KPI | {"baseline": "2022-12"}), ORDERS, "M",
        "Orders has no value in the period of its baseline.", "Choose a period that the sources cover.",
    ),
    (  # then a change from it cannot be reckoned either, which is the same finding
        "baseline_missing", target("kind: keep, change: +5 %", KPI | {"baseline": "2022-12"}), ORDERS, "M",
        "Orders has no value in the period of its baseline.", "Choose a period that the sources cover.",
    ),
    (
        "baseline_zero", target("kind: keep, change: +5 %", KPI | {"baseline": "{value: 0}"}), ORDERS, "M",
        "Orders starts from zero or less, of which no percentage can be taken.",
        "Write what is to be reached, under 'value'.",
    ),
    (
        "not_measured", written(GOAL, KPI), WITHOUT_JUNE, "M",
        "Orders has no value in this period.", "Complete the source, or choose another KPI.",
    ),
    (
        "too_big", target("kind: reach, value: 140, by: 2024-12"), ORDERS, "A",
        "Orders: 140 lies beyond what the process does by itself (usually 78 to 132) and beyond the best value so far, "
        "110.",
        CHANGE,
    ),
    (
        "too_small", target("kind: reach, value: 78, by: 2024-12"), ORDERS, "A",
        "Orders: 78 asks for nothing new. It is met by all that is usual (78.4 to 131.6).", GAIN,
    ),
    (  # a target to keep may be the baseline, one to reach may not
        "no_gain", target("kind: reach, value: 110, by: 2024-12"), ORDERS, "A",
        "Orders: 110 is no better than the baseline, 110.", MORE,
    ),
    (
        "not_known", written(GOAL, KPI | {"baseline": "2024-02"}), FIVE_MONTHS, "A",
        "Orders has too short a history to tell what is attainable.",
        "Collect six complete periods or more, and set the target then.",
    ),
    (
        # six events in eighteen months, of which one is that of the baseline
        "rare_events", target("kind: reach, value: 2, by: 2024-12"),
        History({"orders": monthly(0, 0, 1, months=18)}), "A",
        "Orders: its events are too rare to tell what is usual in a period.",
        "Take a longer period, or a KPI of what happens more often; it takes six events at least, and most periods "
        "with one.",
    ),
    (
        "no_means", written(GOAL | {"means": ""}, KPI), ORDERS, "A",
        "It does not say with which resources and skills it is reached.",
        "Write down the resources and skills under 'means'.",
    ),
    (
        "impossible", target("kind: reach, change: -13 pp, by: 2024-12", RATE_KPI), RATE, "A",
        "Cancellation rate: the target lies outside what is possible.", "Choose a target that can be reached.",
    ),
    # --- lower is better: the same, mirrored ---
    (
        "too_big", target("kind: reach, value: 5 %, by: 2024-12", RATE_KPI), RATE, "A",
        "Cancellation rate: 5.0% lies beyond what the process does by itself (usually 5.7% to 16.3%) and beyond the "
        "best value so far, 10.0%.",
        CHANGE,
    ),
    (
        "too_small", target("kind: keep, value: 17 %", RATE_KPI), RATE, "A",
        "Cancellation rate: 17.0% asks for nothing new. It is met by all that is usual (5.7% to 16.3%).", GAIN,
    ),
    (
        "no_gain", target("kind: reach, value: 13 %, by: 2024-12", RATE_KPI), RATE, "A",
        "Cancellation rate: 13.0% is no better than the baseline, 10.0%.", MORE,
    ),
    # --- ranges: both ends against all that is usual ---
    (
        "range_too_wide", target("kind: keep, value: 70..140"), ORDERS, "A",
        "Orders: 70 to 140 asks for nothing new. All that is usual (78 to 132) lies inside it.", NARROW,
    ),
    (
        "range_too_far", target("kind: keep, value: 135..150"), ORDERS, "A",
        "Orders: 135 to 150 lies outside what the process does by itself (usually 78 to 132) and outside all values so "
        "far (100 to 110).",
        CLOSER,
    ),
    (
        "range_worse", target("kind: keep, value: 50..70"), ORDERS, "A",
        "Orders: 50 to 70 is worse than all that is usual (78 to 132).", "Choose a more ambitious range.",
    ),
    (
        "range_too_wide", target("kind: keep, value: 5 %..17 %", RATE_KPI), RATE, "A",
        "Cancellation rate: 5.0% to 17.0% asks for nothing new. All that is usual (5.7% to 16.3%) lies inside it.",
        NARROW,
    ),
    (
        "range_too_far", target("kind: keep, value: 1 %..5 %", RATE_KPI), RATE, "A",
        "Cancellation rate: 1.0% to 5.0% lies outside what the process does by itself (usually 5.7% to 16.3%) and "
        "outside all values so far (10.0% to 12.0%).",
        CLOSER,
    ),
    (
        "range_worse", target("kind: keep, value: 17 %..30 %", RATE_KPI), RATE, "A",
        "Cancellation rate: 17.0% to 30.0% is worse than all that is usual (5.7% to 16.3%).",
        "Choose a more ambitious range.",
    ),
    (  # no direction, so both sides are only too far
        "range_too_wide", target("kind: keep, value: 78..132", PATIENTS_KPI), PATIENTS, "A",
        "Attendances: 78 to 132 asks for nothing new. All that is usual (78.4 to 131.6) lies inside it.", NARROW,
    ),
    (
        "range_too_far", target("kind: keep, value: 132..150", PATIENTS_KPI), PATIENTS, "A",
        "Attendances: 132 to 150 lies outside what the process does by itself (usually 78.4 to 131.6) and outside "
        "all values so far (100 to 110).",
        CLOSER,
    ),
    (
        "range_too_far", target("kind: keep, value: 50..78", PATIENTS_KPI), PATIENTS, "A",
        "Attendances: 50 to 78 lies outside what the process does by itself (usually 78.4 to 131.6) and outside "
        "all values so far (100 to 110).",
        CLOSER,
    ),
    (
        "not_known", target("kind: keep, value: 50..78", PATIENTS_KPI | {"baseline": "2024-02"}),
        History({"attendances": monthly(100, 110, months=5)}, "2024-02"), "A",
        "Attendances has too short a history to tell what is attainable.",
        "Collect six complete periods or more, and set the target then.",
    ),
    (
        "impossible", target("kind: keep, value: 90 %..101 %", RATE_KPI), RATE, "A",
        "Cancellation rate: the target lies outside what is possible.", "Choose a target that can be reached.",
    ),
    # --- no usual range leaves what can be: 3 -/+ 2.66 * 6 begins at 0; 98 % -/+ 2.66 * 4 % ends at 100 % ---
    (
        "too_small", target("kind: keep, value: 0"), History({"orders": monthly(0, 6, months=18)}), "A",
        "Orders: 0 asks for nothing new. It is met by all that is usual (0 to 19).", GAIN,
    ),
    (
        "too_small",
        target("kind: keep, value: 87 %", KPI | {"indicator": "emergency.share_within_four_hours"}),
        History({"attendances": monthly(100, months=18), "breaches": monthly(0, 4, months=18)}), "A",
        "Share within four hours: 87.0% asks for nothing new. It is met by all that is usual (87.4% to 100.0%).", GAIN,
    ),
    # --- added up over 2024. A month is 105 -/+ 2.66 * 10, twelve are 1,260 -/+ 26.6 * sqrt(12) = 1,168 to 1,352 ---
    (  # 1,260 * 1.3, or 136.5 in each month
        "too_big", target("kind: cumulative, change: +30 %, over: 2024", YEARLY), ORDERS, "A",
        "Orders: 1,638 lies beyond what the process does by itself (usually 1,168 to 1,352) and beyond the best value "
        "so far, 1,260.",
        CHANGE,
    ),
    (
        "too_small", target("kind: cumulative, value: 1160, over: 2024", YEARLY), ORDERS, "A",
        "Orders: 1,160 asks for nothing new. It is met by all that is usual (1,168 to 1,352).", GAIN,
    ),
    (  # 1,260 * 0.95 = 1,197; compared with the baseline as a whole
        "no_gain", target("kind: cumulative, change: -5 %, over: 2024", YEARLY), ORDERS, "A",
        "Orders: 1,197 is no better than the baseline, 1,260.", MORE,
    ),
    (
        "no_parent", written(GOAL | {"level": "department"}, KPI), ORDERS, "R",
        "It does not say which goal it serves.", "Name the goal above it as its parent.",
    ),
    (
        "no_vision", written(GOAL, KPI, vision=""), ORDERS, "R",
        "The plan has no vision that it could agree with.", "Write down the vision.",
    ),
    (
        "no_reason", written(GOAL | {"serves": ""}, KPI), ORDERS, "R",
        "It does not say how it serves what stands above it.",
        "Write down in a sentence how it serves it, under 'serves'.",
    ),
    (
        "no_end", written(GOAL | {"until": ""}, KPI | {"target": "{kind: keep, value: 105}"}), ORDERS, "T",
        "Orders has a target without an end.", "Say until when it holds, under 'until'.",
    ),
    (  # seen through the goal below it, which has a frame of its own
        "no_frame", written(GOAL | {"until": ""}) + BELOW, ORDERS, "T",
        "It has no time frame.", "Say until when it is to be reached, under 'until'.",
    ),
    (
        "over", written(GOAL | {"until": "2024-06-29"}, KPI), ORDERS, "T",
        "Its time is over: 29 June 2024.", REVIEW,
    ),
    (
        "over",
        written(GOAL | {"until": ""}, MAY), ORDERS, "T",
        "Its time is over: 31 May 2024.", REVIEW,
    ),
    *(  # the next version of a plan that has kept the target of the one before
        (
            "over_before", written(GOAL | {"until": until}, MAY).replace("2023-01-01", "2024-06-01"), ORDERS, "T",
            "Orders: the time of its target was over on 31 May 2024, before this version came into force.",
            "Set the next target, or leave this one to the version before.",
        )
        for until in (GOAL["until"], "")
    ),
    (
        "ends_before",
        written(GOAL | {"until": "2024-08-31"}, KPI | {"target": "{kind: reach, value: 120, by: 2024-12}"}), ORDERS,
        "T", "It ends before the time of the target for Orders is over: 31 December 2024.",
        "Let 'until' be no earlier than that day, and the statement speak of it.",
    ),
]  # fmt: skip
