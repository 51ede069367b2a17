"""Floor 8: widgets for JupyterLab. Thin shells around the same functions that the reports use.

A new one is a `kpikit.widgets.view.View` whose object comes from the workspace, and its name below: the app and
JupyterLab offer what is listed there.
"""

from kpikit.widgets.board import ReviewBoard
from kpikit.widgets.calculator import Calculator
from kpikit.widgets.data_doctor import DataDoctor
from kpikit.widgets.driver_tree import DriverTree
from kpikit.widgets.experiment_planner import ExperimentPlanner
from kpikit.widgets.explorer import Explorer
from kpikit.widgets.goal_builder import GoalBuilder
from kpikit.widgets.redesigner import Redesigner

__all__ = [  # noqa: RUF022 (in the order in which the app shows them)
    "Explorer", "ReviewBoard", "DriverTree", "GoalBuilder", "Redesigner", "ExperimentPlanner", "DataDoctor",
    "Calculator",
]  # fmt: skip
