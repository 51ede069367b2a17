"""The codes in an evaluation that all who tell of it put into words: reasons and statuses."""

from __future__ import annotations

from kpikit.words.texts import N_

REASONS = {
    "no_data": N_("no data in this period"),
    "no_slot": N_("the source has no value for exactly these days"),
    "no_file": N_("the source has no file or account of this client"),
    "not_covered": N_("the sources do not cover this period"),
    "not_additive": N_("values of single days, weeks or months do not add up to one of a longer period"),
    "overlapping": N_("each part counts for itself, and what several of them claim would count twice: see the parts"),
    "uneven": N_("the figures it is made of are not known for the same days"),
    "incomplete": N_("not all of the period is covered"),
    "immature": N_("figures of its last days are still arriving"),
    "outage": N_("for a part of this time nothing sound was measured"),
    "suppressed": N_("too few persons to be shown"),
    "no_denominator": N_("nothing to divide by"),
    "impossible": N_(
        "the figures cannot be: a part is larger than its whole, a count is negative, or a score lies outside its scale"
    ),
    "base_missing": N_("nothing to compare with"),
    "base_not_positive": N_("the base is zero or negative"),
    "base_incomplete": N_("the earlier period is incomplete"),
    "measured_anew": N_("measured in another way than before"),
    "no_counterpart": N_("there is no such earlier period"),
    "history_too_short": N_("the history before it is too short to tell"),
    "few_cases": N_("too few cases to tell signal from noise"),
    "not_started": N_("the target's time has not begun"),
    "no_baseline": N_("the baseline is missing, or not above zero"),
    "no_shape": N_("the figures of the year before, by whose shape it is told what is due, are not all there"),
    "no_target": N_("no target has been set"),
    "outside_table": N_("the table of the target has no entry for this period"),
    "impossible_target": N_("the target lies outside what is possible"),
    "not_split": N_("its members do not add up to the whole"),
    "few_peers": N_("too few others of the segment have a value"),
    "at_an_end": N_("it lies at the end of what is possible, where a rank would give away the figures of others"),
    "identity_off": N_("in these figures its parts do not make up the whole"),
    "no_target_then": N_("the plan has no target for the period that comes next"),
    "other_cadence": N_("the target is set for another length of period"),
    "constant": N_("it has never changed so far"),
    "not_shown": N_("not told to the readers of this report"),
    "too_far": N_("its day lies further ahead than the history is long"),
}
"""Why a value, a change or a status is missing: code -> text."""

STATUSES = {
    "exceeded": N_("Exceeded"),
    "met": N_("Met"),
    "on_track": N_("On track"),
    "at_risk": N_("At risk"),
    "missed": N_("Missed"),
    "cannot_be_judged": N_("Can't be judged"),
}
"""The verdicts against a target: code -> text, best first."""

GOOD = ("on_track", "met", "exceeded")
"""The statuses of a KPI that is where it should be."""
