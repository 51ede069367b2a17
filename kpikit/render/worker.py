"""A worker process: ``python -m kpikit.render.worker``. It imports papermill once, then makes report after report.

Orders come as lines of JSON on its standard input, answers go out as lines of JSON on its standard output; all else
that is printed goes to standard error, which the pool keeps in a file. When its input ends, because the pool closed it
or the pool's process is dead, the worker ends at once, with its kernels.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

from kpikit.render.execute import execute
from kpikit.render.formats import FORMATS, Ran
from kpikit.render.job import Order, output
from kpikit.render.letterhead import Letterhead
from kpikit.render.processes import MARK, end_group
from kpikit.words.errors import KpikitError


def make(order: Order) -> dict[str, Any]:
    """Executes the job's notebook and writes its formats beside it. The answer: ``reason`` (None: fine), ``warnings``.
    """
    with _Warnings() as warnings:
        try:
            folder = Path(order["folder"])
            execute(folder, order["parameters"])
            ran = Ran(folder, order["parameters"], order["title"], order["language"], Letterhead(*order["letterhead"]))
            for format in order["formats"]:
                output(folder, format).write_bytes(FORMATS[format].make(ran))
            reason = None
        except KpikitError as error:
            reason = str(error)
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


def main() -> None:
    """Answer orders until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    orders: queue.Queue[Order] = queue.Queue()
    threading.Thread(target=_listen, args=(orders,), daemon=True).start()
    _import_all()
    _send(answers, {"ready": True})
    while True:
        _send(answers, make(orders.get()))


def _listen(orders: queue.Queue[Order]) -> None:
    for line in sys.stdin:
        orders.put(json.loads(line))
    end_group(None, os.environ[MARK])
    if hasattr(os, "killpg"):
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(0)


def _send(answers: Any, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _import_all() -> None:
    """Import now what the first report would otherwise wait for."""
    import nbconvert.exporters
    import papermill

    import kpikit.render.kernel

    assert nbconvert.exporters and kpikit.render.kernel
    logging.getLogger(papermill.__name__).setLevel(logging.ERROR)


if __name__ == "__main__":
    main()
