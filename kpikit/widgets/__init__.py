"""Floor 8: widgets for JupyterLab. Thin shells around the same functions that the reports use."""

from kpikit.widgets.board import ReviewBoard
from kpikit.widgets.calculator import Calculator
from kpikit.widgets.data_doctor import DataDoctor
from kpikit.widgets.driver_tree import DriverTree
from kpikit.widgets.explorer import Explorer
from kpikit.widgets.goal_builder import GoalBuilder
from kpikit.widgets.redesigner import Redesigner

__all__ = ["Calculator", "DataDoctor", "DriverTree", "Explorer", "GoalBuilder", "Redesigner", "ReviewBoard"]
