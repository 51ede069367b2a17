"""What people build on: the public names, each listed here, so that none appears or goes by accident."""

from __future__ import annotations

import doctest
import inspect
from collections.abc import Iterator

import pytest

import kpikit
from kpikit.evaluation.facts import Evaluation
from kpikit.render.run import Entry, Run
from kpikit.workspace import Workspace
from kpikit.workspace.check import Check
from kpikit.workspace.client import ClientView
from kpikit.workspace.portfolio.portfolio import Portfolio
from kpikit.workspace.review.customers import Customers
from kpikit.workspace.review.review import Review

PUBLIC: dict[object, str] = {
    kpikit: "KpikitError check interactive new open report samples",
    Workspace: """board check client clients customer_base data data_doctor engine evaluate evaluate_all evaluate_with
        folder is_slice lacking language measure notes period plans portfolio provenance save_slice settings table
        triage""",
    ClientView: """approve customers draft_goal driver_tree evaluate experiment explore key note
        plan_experiment read_counts setting simulate workspace""",
    Customers: "base cohorts counts document parameters purchases report revenue rfm say section value",
    Review: """
        actions ambition areas attention base chart client comments conventions customers decisions definitions draft
        drivers evaluation events figures goals kpis labels members notes origin others outcome plan proposal
        provenance review_due say scorecard settings smart summary title vision
        why compared experiments indicators redesign audience cards revisions sentences sources standing texts""",
    Portfolio: """clients conventions definitions evaluations funnel funnels latest origin provenance say settings
        summary title triage""",
    Check: "document errors explanation flags found ok say settings",
    Evaluation: """as_of client ended events experiments fact facts goals kpis left_out period plan_version revisions
        unmeasured without_rows without_value""",
    Run: "changes entries failed fresh index kept lacking out remarks say",
    Entry: """as_of audience client executed figures files fresh kept key label language line name notebook older
        outputs page period reason seconds state template""",
}
"""Module or class -> its public names."""


def names(of: object) -> set[str]:
    """The public names of a class with its fields, or those that a module offers."""
    if not isinstance(of, type):
        return set(kpikit.__all__)
    fields = set(inspect.get_annotations(of)) | set(getattr(of, "__dataclass_fields__", ()))
    ours = [each for each in of.__mro__ if each.__module__.startswith("kpikit.")]
    own = {name for each in ours for name in vars(each) if not name.startswith("_")}
    assigned = {"folder", "settings"} if of is Workspace else set()
    return {name for name in fields | own | assigned if not name.startswith("_")}


@pytest.mark.parametrize("of", PUBLIC, ids=lambda of: of.__name__)
def test_the_public_names_are_these(of: object) -> None:
    assert sorted(names(of)) == sorted(PUBLIC[of].split())


def functions(of: object) -> Iterator[tuple[str, object]]:
    """The functions, methods and properties among the public names."""
    for name in sorted(names(of)):
        found = inspect.getattr_static(of, name, None)
        found = found.fget if isinstance(found, property) else found
        if inspect.isfunction(found):
            yield name, found


@pytest.mark.parametrize("of", PUBLIC, ids=lambda of: of.__name__)
def test_every_public_function_says_what_one_gets_and_of_what_types(of: object) -> None:
    for name, function in functions(of):
        assert (inspect.getdoc(function) or "").split("\n")[0].endswith((".", ":")), name
        parameters = inspect.signature(function).parameters.values()  # type: ignore[arg-type]
        untyped = [each.name for each in parameters if each.annotation is each.empty and each.name != "self"]
        assert untyped == [] and "return" in inspect.get_annotations(function), name  # type: ignore[arg-type]


WITHOUT_EXAMPLE = {"data", "engine", "language", "clients", "is_slice", "notes", "note", "approve", "setting"}
"""Plain values, and what writes into the workspace."""


@pytest.mark.parametrize("of", [kpikit, Workspace, ClientView], ids=lambda of: of.__name__)
def test_what_most_people_call_has_an_example_that_runs(of: object) -> None:
    """The examples themselves run as tests of their modules."""
    find = doctest.DocTestFinder().find
    without = {name for name, function in functions(of) if not find(function, name)[0].examples}
    assert without <= WITHOUT_EXAMPLE
