"""Floor 9: templates become executed notebooks, pages and a folder of reports. papermill and nbconvert live here.

`batch` is a run in its steps: it evaluates all clients, makes a `job` for each report, has workers `execute` them (`warm`
has the forked processes), and publishes what comes of it. What a report is made as stands in `formats`.
"""
