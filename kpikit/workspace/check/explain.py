"""Where each setting comes from: a flag, the plan, the client, the register, the workspace, or a default.

The settings are the keys that were read of workspace.yml and clients.yml, each with the value that it had in the end;
see `kpikit.sources.strict.Section`. No list of them is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kpikit.plans.read import whole
from kpikit.sources.keyed import Told
from kpikit.words.texts import N_
from kpikit.workspace.check.examined import CheckedClient, Examined
from kpikit.workspace.settings import PLANS, Settings, plan_file

Flags = Mapping[str, str | None]
"""What was asked for by name: language, period, as_of."""

ORIGINS = {
    "flag": N_("flag"),
    "plan": N_("plan"),
    "client": N_("the client's own"),
    "register": N_("defaults, in clients.yml"),
    "workspace": N_("all, in workspace.yml"),
    "default": N_("default"),
}
"""The origins, the strongest first: code -> text."""

NOTHING = "–"
"""What stands in the place of a value where there is none."""


@dataclass(frozen=True)
class Setting:
    """A setting's value as the files write it, and where it comes from; ``client`` is None where it is of all."""

    name: str
    client: str | None
    value: str
    origin: str


def explain(found: Examined, flags: Flags) -> list[Setting]:
    """The settings of a workspace and of its clients."""
    if found.workspace is None:
        return []
    settings = found.workspace.settings
    listed = [*_of_files(settings), *_of_periods(found)]
    asked = ((each, flags.get(each.name)) for each in listed)
    return [each if value is None else Setting(each.name, each.client, value, "flag") for each, value in asked]


def _of_files(settings: Settings) -> Iterator[Setting]:
    """What workspace.yml and clients.yml say or leave to a default; a mapping only where nothing is in it."""
    told, longest = settings.told, sorted(settings.clients, key=len, reverse=True)
    filled = {path[:at] for path in told for at, sign in enumerate(path) if sign == "."}
    for path, (value, written) in told.items():
        client = next((key for key in longest if path.startswith(f"clients.{key}.")), None)
        name = path if client is None else path.removeprefix(f"clients.{client}.")
        origin = _origin(name, written, told) if client else "workspace" if written else "default"
        if path not in filled and not path.startswith("defaults"):  # these are seen in the clients
            yield Setting(name, client, value or NOTHING, origin)


def _origin(name: str, written: bool, told: Mapping[str, Told]) -> str:
    """Whence a client has a setting: what is nearer to it wins."""
    if written:
        return "client"
    above = {"register": f"defaults.{name}", "workspace": name}
    return next((origin for origin, path in above.items() if path in told and told[path].written), "default")


def _of_periods(found: Examined) -> Iterator[Setting]:
    """What is known once there are periods: the day that is seen from, and for each client the period and the plan."""
    assert found.workspace
    yield Setting("as_of", None, str(found.workspace.settings.last_covered_day), "default")
    for client in found.clients:
        if client.evaluation:
            yield Setting("period", client.key, client.evaluation.period.key, "default")
        if client.in_force:
            yield from _of_plan(found.workspace.settings, client)


def _of_plan(settings: Settings, client: CheckedClient) -> Iterator[Setting]:
    assert client.in_force
    plan = client.in_force.plan
    file = plan_file(settings.folder / PLANS, client.key, plan)
    name = file.relative_to(settings.folder).as_posix()
    yield Setting("plan", client.key, name, "default" if file.parent.name == "default" else "client")
    yield Setting("review", client.key, plan.review, "plan" if "review" in whole(file) else "default")
