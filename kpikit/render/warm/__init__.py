"""A warm start for notebooks: a parent process that has imported everything forks one process for each of them.

    driver   (papermill with our engine, `kpikit.render.engine`)   asks, watches the limits, takes the outputs down
    parent   (`parent`)                                            forks, reaps what is left over; runs no notebook
    child    (`child`)                                             ipykernel's own kernel and shell; runs one notebook

Jupyter's own kernels are forked by a parent of another kind (`sessions`), for `kpikit.render.provisioner`.

Driver and child speak Jupyter's protocol (`wire`) over a pair of sockets that the driver makes: no ports, no files. The
parent imports anything and *uses* nothing that owns threads, since threads do not survive a fork. Only on Linux.
"""

from __future__ import annotations

import sys

CAN_FORK = sys.platform == "linux"
"""Whether a warm start is to be had; elsewhere papermill's stock engine does the work."""
