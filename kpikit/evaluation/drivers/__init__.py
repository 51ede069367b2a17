"""Why a figure changed: the change against an earlier period, taken apart so that the parts add up to it exactly.

A decomposition is arithmetic on what was measured. It says which figures the change is made of, and not what caused it.
"""
