"""papermill's client on a forked child: outputs, widgets and metadata are the business of nbclient, as ever."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib.metadata import version
from typing import Any

from jupyter_client.session import Session
from nbclient.exceptions import CellExecutionError
from nbformat import from_dict
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient

from kpikit.render.limits import Limits
from kpikit.render.warm.link import Kernel
from kpikit.render.warm.wire import message, session
from kpikit.words.errors import RenderError

SHOWN = {"display_data": ("data", "metadata"), "execute_result": ("data", "metadata", "execution_count")}
"""Messages that show something -> what a notebook keeps of them."""


class Channel:
    """What nbclient takes for one channel of a kernel. It waits in `get_msg`, and raises when the child has ended."""

    def __init__(self, kernel: Kernel, session: Session, name: bytes) -> None:
        self._kernel, self._session, self._name = kernel, session, name

    def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message. The kernel's own limits count, not ``timeout``."""
        return message(self._kernel.read(self._name))

    def send(self, given: Mapping[str, Any]) -> None:
        """Send a message, such as the state of a widget."""
        given = dict(given)
        buffers = given.pop("buffers", None) or []
        self._kernel.send([*self._session.serialize(given), *buffers])


class KernelClient:
    """What nbclient takes for the client of a kernel."""

    def __init__(self, kernel: Kernel) -> None:
        self.session = session()
        self.shell_channel = Channel(kernel, self.session, b"shell")
        self.iopub_channel = Channel(kernel, self.session, b"iopub")

    def execute(self, code: str, store_history: bool = True, stop_on_error: bool = True) -> str:
        """Have a cell executed; the id of the request."""
        content = {
            "code": code,
            "silent": False,
            "store_history": store_history,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": stop_on_error,
        }
        return self._request("execute_request", content)

    def is_alive(self) -> bool:
        """What has ended is noticed in `Channel.get_msg`, with the reason."""
        return True

    def kernel_info(self) -> str:
        """Ask what the kernel is; the id of the request."""
        return self._request("kernel_info_request", {})

    def _request(self, kind: str, content: dict[str, Any]) -> str:
        request = self.session.msg(kind, content)
        self.shell_channel.send(request)
        return str(request["msg_id"])


class WarmClient(PapermillNotebookClient):  # type: ignore[misc]
    """Runs the cells of a notebook in a child, within limits."""

    def run(self, limits: Limits) -> None:
        """Run all cells; after one that fails none, and what was never run stays ``pending``."""
        self.reset_execution_trackers()
        with Kernel(limits) as kernel:
            self.kc = KernelClient(kernel)
            if all(self._run_cell(kernel, index, cell) for index, cell in enumerate(self.nb.cells)):
                info = self.wait_for_reply(self.kc.kernel_info())
                self.nb.metadata["language_info"] = info["content"]["language_info"]
            self.set_widgets_metadata()

    def _run_cell(self, kernel: Kernel, index: int, cell: Any) -> bool:
        """Run one cell; False where it failed. What a dead or interrupted child leaves of it becomes an error."""
        self.nb_man.cell_start(cell, index)
        kernel.cell_begin()
        try:
            self.execute_cell(cell, index)
            failed = False
        except CellExecutionError as error:
            self.nb_man.cell_exception(cell, cell_index=index, exception=error)
            failed = True
        except RenderError as error:
            failed = True
            kernel.reason = str(error)
        if kernel.reason:
            failed = True
            self._mark(cell, kernel)
        self._complete(index, cell)
        return not failed

    def _complete(self, index: int, cell: Any) -> None:
        """papermill's end of a cell, but for how long it took: papermill is slow to read the time that it wrote."""
        marks = cell.metadata.papermill
        begun = marks.pop("start_time")
        self.nb_man.cell_complete(cell, cell_index=index)
        took = datetime.fromisoformat(marks.end_time) - datetime.fromisoformat(begun)
        marks.update(start_time=begun, duration=took.total_seconds())

    def output(self, outs: list[Any], msg: dict[str, Any], display_id: str | None, cell_index: int) -> Any:
        """What a cell shows, as nbclient takes it down; that a plain output is one needs no schema to be seen."""
        kind, content = msg["msg_type"], msg["content"]
        is_plain = kind in SHOWN and all(isinstance(each, str) for each in content["data"].values())
        hooked = self.output_hook_stack[msg["parent_header"].get("msg_id")]
        if not is_plain or display_id or hooked or self.clear_before_next_output:
            return super().output(outs, msg, display_id, cell_index)
        outs.append(from_dict({"output_type": kind, **{name: content[name] for name in SHOWN[kind]}}))
        return outs[-1]

    def _mark(self, cell: Any, kernel: Kernel) -> None:
        """Say in the cell why it was ended; where it was interrupted, the traceback says what it was at."""
        errors = [each for each in cell.outputs if each.output_type == "error"]
        traceback = list(errors[-1].traceback) if errors else kernel.last_words()
        traceback.append(f"{kernel.kind}: {kernel.reason}")
        cell.outputs = [each for each in cell.outputs if each.output_type != "error"]
        cell.outputs.append(new_output("error", ename=kernel.kind, evalue=kernel.reason, traceback=traceback))
        self.nb_man.cell_exception(cell)


def hindrances(kernel_name: str | None, is_own: bool) -> Iterator[str]:
    """Why a notebook for this kernel cannot have a warm start; ``is_own``: the kernel is this interpreter's anyway."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    found = version("ipykernel")
    if found.partition(".")[0] != "7":
        yield f"ipykernel {found} is not among the tested versions, 7.x"
    if is_own:
        return
    try:
        spec = KernelSpecManager().get_kernel_spec(kernel_name or "python3")
    except NoSuchKernel:
        return  # the stock engine's complaint is the better one
    own = {sys.executable, "python", "python3", f"python3.{sys.version_info.minor}"}
    if spec.argv[0] not in own or "ipykernel_launcher" not in spec.argv or spec.env:
        yield f"the kernel {kernel_name!r} is not this interpreter's own"
