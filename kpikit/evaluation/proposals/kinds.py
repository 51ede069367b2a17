"""The kinds of proposals, in words: what is proposed and why, what people put in its place, and what they are asked."""

from __future__ import annotations

from kpikit.words.texts import N_

KINDS = {
    "ease_target": (
        N_("Set {kpi} a target that can be reached: {proposed} instead of {target}"),
        N_("The process as it is does not get to {target}: usually it gives {low} to {high}, and at best it gave "
           "{best}. {proposed} lies half-way from its average to the best that is usual. The other way is to keep the "
           "target and to change how the work is done."),
    ),
    "give_time": (
        N_("Give {kpi} more time: until {later} instead of {by}"),
        N_("It has moved towards the target, by about {step} a period over the last {count}, and at that rate it "
           "arrives in about {left} periods."),
    ),
    "raise_target": (
        N_("Set {kpi} a more ambitious target: {proposed} instead of {target}"),
        N_("The target was met in each of the last {count} periods, and the process meets it by itself: usually it "
           "gives {low} to {high}."),
    ),
    "renew_target": (
        N_("Set {kpi} its next target: {proposed} by {later}"),
        N_("The time of the target {target} was over on {day}. Usually the process gives {low} to {high}. Write the "
           "goal's statement anew with it."),
    ),
    "decide_target": (
        N_("Decide what follows the target of {kpi}, {target}: a new one, or none"),
        N_("Its time was over on {day}, when it was at {value} ({distance}). What is usual can't be told, so no figure "
           "is proposed. Changed, it gets the target that you enter, with {line}; accepted, it is a decision alone, "
           "and 'target' stays in the plan until somebody takes it out."),
    ),
    "rebase": (
        N_("Let what is usual for {kpi} begin anew with {start}"),
        N_("Since then all {count} values lie on one side of {centre}, stable among themselves: {after} on average, "
           "after {before}. Do it only where the reason is known and lasting; what was usual before stays in "
           "the chart."),
    ),
    "split": (
        N_("Follow {kpi} for {member} and {opposite} on their own"),
        N_("They go opposite ways, in every comparison: {member} adds {up}, {opposite} adds {down}. The sum hides "
           "both."),
    ),
    "move_budget": (
        N_("Move budget from {opposite} to {member}: {kpi}"),
        N_("{opposite} costs {most}, {member} {least}, which is more than chance explains. Move a part, and see "
           "whether the difference stays: the next one is often dearer than the average, and of ads for one's own name "
           "or to former visitors much would have come anyway."),
    ),
    "move_to_return": (
        N_("Move budget from {opposite} to {member}: {kpi}"),
        N_("What is spent on {member} comes back {most} times, what is spent on {opposite} {least} times, which is "
           "more than chance explains. Move a part, and see whether the difference stays: the next one often brings "
           "less than the average, and of ads for one's own name or to former visitors much would have come anyway."),
    ),
    "pace_budget": (
        N_("Move {amount} of budget to {kpi} from {other}"),
        N_("{other} comes to {least} and does not use up its budget; {kpi} comes to {most} and passes its own. Both "
           "move by {amount}, so that the sum stays as it is."),
    ),
    "start_action": (
        N_("Begin an action for {kpi}"),
        N_("It is at {value} ({distance}), and no action is under way."),
    ),
    "end_action": (
        N_("Finish, change or stop: {action}"),
        N_("It was due on {day} ({who}), and {kpi} is still at {value} ({distance}). Accepted, it is written as done; "
           "changed, it gets another day."),
    ),
    "rebase_worse": (
        N_("Find out why {kpi} has been worse since {start}; begin its usual range anew only if that is to stay"),
        N_("Since then all {count} values lie on the worse side of {centre}, stable among themselves: {after} on "
           "average, after {before}. A range that begins anew makes the worse level the usual one: accept it only "
           "where the reason is known and cannot be undone."),
    ),
    "review_overdue": (N_("Hold the review of the plan"), N_("It was due on {day}.")),
    "merge": (
        N_("Keep one of {kpi} and {other} as a KPI"),
        N_("They say the same: over {count} periods their changes go together (correlation {correlation})."),
    ),
    "replace": (
        N_("Replace {kpi}: it no longer moves with {other}"),
        N_("It serves the goal of {other}. Their changes went together (correlation {earlier}), and over the last "
           "{count} periods no common movement can be seen ({correlation})."),
    ),
    "exhausted": (
        N_("Replace {kpi}, or keep it as a PI: it cannot get any better"),
        N_("It was {best} in each of the last {count} periods, the best that there can be. What always says the same "
           "does not tell how its goal goes; as a PI it still warns when that ends."),
    ),
    "mean_of_rates": (
        N_("Measure {kpi} as a ratio of sums"),
        N_("It is a mean of rates, in which a row with ten cases counts as much as one with ten thousand. Give its "
           "metric a weight, or measure the two numbers that are divided."),
    ),
    "too_noisy": (
        N_("Measure {kpi} over longer periods, or replace it"),
        N_("Its usual range, {low} to {high}, is so wide that a step from {baseline} to {target} cannot be seen in a "
           "single period."),
    ),
    "too_noisy_to_keep": (
        N_("Measure {kpi} over longer periods, or replace it"),
        N_("Its usual range, {low} to {high}, is wider than the average itself, {average}. Whether a single period "
           "keeps to {target}, which lies inside it, is chance, and a better level would hardly be seen."),
    ),
    "too_noisy_for_range": (
        N_("Measure {kpi} over longer periods, or replace it"),
        N_("Its usual range, {low} to {high}, is so wide that most periods lie outside {lower} to {upper}, wherever "
           "the average is."),
    ),
    "no_data": (N_("Complete the source of {kpi}, or drop it"), N_("It had no value in the last {count} periods.")),
    "retire": (
        N_("Drop {kpi}, or decide on it"),
        N_("{count} versions of the plan have left it as it was, and no decision or action is about its goal."),
    ),
    "name_owner": (N_("Name an owner: {goal}"), N_("Nobody answers for this goal.")),
    "name_parent": (
        N_("Say which goal this one serves: {goal}"),
        N_("A KPI that serves no goal of the organisation is good to look at, and leads nowhere."),
    ),
}  # fmt: skip
"""Code -> the proposal, and its reason; in the order in which they are shown."""

CHANGED = {
    "ease_target": N_("Set {kpi} the target {given} instead of {target}"),
    "raise_target": N_("Set {kpi} the target {given} instead of {target}"),
    "renew_target": N_("Set {kpi} its next target: {given} by {later}"),
    "decide_target": N_("Set {kpi} its next target: {given} by {later}"),
    "end_action": N_("Give more time, until {given}: {action}"),
    "replace": N_("Replace {kpi} with {given}"),
    "name_owner": N_("{given} answers for the goal: {goal}"),
    "name_parent": N_("It serves the goal {given}: {goal}"),
}
"""Code -> what was decided where somebody changed the proposal: the figure that counts is then their own."""

ASKED = {
    "owner": N_("Who answers for it"),
    "parent": N_("The goal above it, by its key"),
    "value": N_("The target, as a plan writes it"),
    "due": N_("Until when, as 2026-03-01"),
    "indicator": N_("Another indicator in its place, by its id"),
}
"""The key of a plan that a proposal asks for -> what people are asked."""
