"""A worker process: forked by a warm parent, or ``python -m kpikit.render.worker``. It makes report after report.

Orders come as lines of JSON on its standard input, answers go out as lines of JSON on its standard output; all else
that is printed goes to standard error, which the pool keeps in a file. When its input ends, because the pool closed it
or the pool's process is dead, the worker ends at once, with its kernels (which the parent ends, where there is one).
"""

from __future__ import annotations

import json
import logging
import os
import queue
import signal
import socket
import threading
import traceback
from pathlib import Path
from typing import Any

from kpikit.render.execute import execute
from kpikit.render.formats import FORMATS, Ran
from kpikit.render.job import EXECUTED, Order, output
from kpikit.render.letterhead import Letterhead
from kpikit.render.limits import Limits
from kpikit.render.processes import MARK, end_group
from kpikit.render.way_back import lead_back
from kpikit.words.errors import KpikitError
from kpikit.words.message import as_json


def make(order: Order) -> dict[str, Any]:
    """Executes the job's notebook, where that is not there already, and writes its formats beside it.

    Answers with ``reason`` (None: fine; else a text as `kpikit.words.message.as_json` tells it) and ``warnings``.
    """
    with _Warnings() as warnings:
        try:
            folder = Path(order["folder"])
            if not order.get("ran"):
                execute(folder, order["parameters"], Limits(**order["limits"]))
            ran = Ran(folder, order["parameters"], order["title"], order["language"], Letterhead(*order["letterhead"]))
            for format in order["formats"]:
                output(folder, format).write_bytes(FORMATS[format].make(ran))
            lead_back(folder / EXECUTED, order["back"])
            reason = None
        except KpikitError as error:
            reason = as_json(error.args[0])
        except Exception as error:
            traceback.print_exc()
            reason = f"{type(error).__name__}: {error}"
    return {"reason": reason, "warnings": warnings.lines}


class _Warnings(logging.Handler):
    """Collects the warnings that kpikit logs while a report is made."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def __enter__(self) -> _Warnings:
        logging.getLogger("kpikit").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("kpikit").removeHandler(self)


def become(descriptors: list[int], control: socket.socket) -> None:
    """Be a worker, in a process that was just forked; ``control`` leads to the parent, which forks kernels, too."""
    from kpikit.render.warm import link

    for number, each in enumerate(descriptors):
        os.dup2(each, number)
        os.close(each)
    link.use(link.Control(control))
    main(forked=True)


def main(forked: bool = False) -> None:
    """Answer orders until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    orders: queue.Queue[Order] = queue.Queue()
    threading.Thread(target=_listen, args=(orders, forked), daemon=True).start()
    import_all()
    _send(answers, {"ready": True})
    while True:
        _send(answers, make(orders.get()))


def _listen(orders: queue.Queue[Order], forked: bool) -> None:
    with os.fdopen(os.dup(0), encoding="utf-8") as lines:
        for line in lines:
            orders.put(json.loads(line))
    if forked:
        os._exit(0)
    end_group(None, os.environ[MARK])
    if hasattr(os, "killpg"):
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(0)


def _send(answers: Any, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def import_all() -> None:
    """Import now what the first report would otherwise wait for."""
    import nbconvert.exporters
    import papermill

    import kpikit.render.kernel
    from kpikit.render.page import page

    assert nbconvert.exporters and kpikit.render.kernel
    words = {"cell_type": "markdown", "source": "# Words\n\n- *one*", "metadata": {}}
    page({"cells": [words], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, "Words", "en")
    logging.getLogger(papermill.__name__).setLevel(logging.ERROR)


if __name__ == "__main__":
    main()
