"""Cells at which a kernel that is not a real one gives itself away. Each is run cold and warm, and compared.

What programs write to descriptors reaches a cold kernel by a thread, some time later: such cells wait for it.
"""

from __future__ import annotations

import json
import re
from typing import Any

HARD_CELLS = {
    "stdout": 'print("one"); print("two")\n3',
    "stderr": 'import sys\nprint("warned", file=sys.stderr); print("said")',
    "flush": 'import sys, time\nfor each in range(3):\n    print(each, flush=True); time.sleep(0.01)',
    "carriage return": 'print("10 %\\r100 %"); print("ab\\bc")',
    "not ascii": 'print("æøå 🙂 \\u2028 \\x1b[31mred\\x1b[0m")',
    "display": 'from IPython.display import HTML, display\ndisplay(HTML("a"), {"b": 1}); print("between"); HTML("c")',
    "update": 'h = display("first", display_id="the-one"); h.update("second"); display("third", display_id="the-one")',
    "update earlier cell": 'h.update("from a later cell")',
    "clear": 'from IPython.display import clear_output\nprint("gone"); clear_output(); print("left")',
    "clear later": 'print("gone"); clear_output(wait=True); print("left"); clear_output(wait=True)',
    "await": "import asyncio\nawait asyncio.sleep(0.01)\n'awaited'",
    "task": "task = asyncio.create_task(asyncio.sleep(0.01, 'later'))",
    "task of an earlier cell": "await task",
    "subprocess": 'import subprocess, time\nsubprocess.run(["echo", "from a process"]); time.sleep(0.5)',
    "shell": "!echo from a shell\nlines = !echo captured\nlines",
    "descriptor": 'import os\nos.write(1, b"raw\\n"); time.sleep(0.5)',
    "descriptor of errors": 'os.write(2, b"raw error\\n"); time.sleep(0.5)',
    "capture": "%%capture caught\nprint('not shown')",
    "captured": "caught.stdout",
    "warning": 'import warnings\nwarnings.warn("careful", UserWarning)',
    "deprecation": "warnings.warn('old', DeprecationWarning)",
    "logging": 'import logging\nlogging.warning("logged"); logging.info("not logged")',
    "rcParams": "import matplotlib\n{k: matplotlib.rcParams[k] for k in ('figure.dpi', 'figure.figsize', 'font.size')}",
    "backend": "import matplotlib.pyplot as plt\nmatplotlib.get_backend()",
    "figure": "fig, ax = plt.subplots()\nax.plot([1, 2, 4], label='a'); ax.legend()",
    "figure not last": "plt.bar([1, 2], [3, 4])\nprint('after')",
    "inline": "%matplotlib inline\nplt.plot([3, 1, 2]);",
    "svg": "%config InlineBackend.figure_formats = ['svg']\nplt.rcParams['svg.hashsalt'] = 'x'\nplt.plot([3, 1, 2]);",
    "table": "import pandas as pd, numpy as np\npd.DataFrame(np.arange(60.0).reshape(2, 30) / 7)",
    "options": "[pd.get_option(f'display.{name}') for name in ('max_columns', 'max_rows', 'width')]",
    "styled": "pd.DataFrame({'a': [1, 2]}).style.set_uuid('x').format('{:.1f}')",
    "series": "pd.Series(range(100))",
    "out": "_, Out[1], In[1], len(In)",
    "names": "sorted(name for name in globals() if not name.startswith('_'))",
    "main": "__name__, get_ipython().__class__.__name__, sys.path[0], sys.stdin.read()",
    "where": "os.getcwd() == os.path.abspath('.'), os.environ['MPLBACKEND'], 'KPIKIT_GIVEN' in os.environ",
    "streams": "sys.stdout.isatty(), sys.stdout.encoding, type(sys.stdout).__mro__[-4:]",
    "chance": "import random\nlen({random.random(), np.random.rand()})",
    "input": "try:\n    input()\nexcept Exception as error:\n    print(type(error).__name__)",
    "widget": "import ipywidgets\nw = ipywidgets.IntSlider(3); display(w); w.value = 5",
    "output widget": "o = ipywidgets.Output()\nwith o:\n    print('inside')\ndisplay(o)",
    "threads": "import threading\nt = threading.Thread(target=print, args=('from a thread',)); t.start(); t.join()",
    "multiprocessing": "import multiprocessing\nmultiprocessing.get_context('fork').Pool(2).map(abs, [-1, -2])",
    "magic": "%time 1 + 1;\n%who int",
    "html": "%%html\n<i>magic</i>",
    "last error": "get_ipython().show_usage_error('odd')",
    "own exception": "import traceback\ntry:\n    raise KeyError('x') from OSError()\nexcept: traceback.print_exc()",
    "question": "len?",
    "silent": "5;",
    "expected error": "1 / 0",
    "syntax error": "x ===",
    "exec error": "exec('raise KeyError(3)')",
    "error": "def deep(n):\n    return deep(n - 1) if n else undefined\nprint('before'); deep(3)",
    "never run": "print('never')",
}  # fmt: skip
"""Name -> source. Those with "error" in their name but the last are tagged ``raises-exception``."""

VARIES = (
    (r"ipykernel_\d+", "ipykernel_N"),  # the number of the process
    (r"0x[0-9a-f]{8,}", "0x"),  # addresses
    (r"\d+(\.\d+)?(e[+-]\d+)? [nμm]?s\b", "TIME"),  # %time
    (r"<dc:date>[^<]*", "<dc:date>"),
    (r'"?[0-9a-f]{32}"?', "ID"),  # of widgets
)


def joined(outputs: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """The outputs with neighbours of one stream as one: a busy kernel sends a line in several messages."""
    found: list[dict[str, Any]] = []
    for each in outputs or []:
        before = found[-1] if found else {}
        if each["output_type"] == "stream" and before.get("name") == each["name"]:
            found[-1] = {**before, "text": "".join([*before["text"], *each["text"]]).splitlines(keepends=True)}
        else:
            found.append(each)
    return found


def plain(found: object) -> str:
    written = json.dumps(found, sort_keys=True, ensure_ascii=False)
    for pattern, instead in VARIES:
        written = re.sub(pattern, instead, written)
    return written
