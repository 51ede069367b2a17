"""Floor 9: templates become executed notebooks, pages and a folder of reports. papermill and nbconvert live here.

`batch` is a run in its steps: it evaluates all clients, makes a `job` for each report, has workers `execute` them, and
publishes what comes of it. `warm` has the processes that are forked for them, `formats` what a report is made as.
"""
