"""Customers without a contract: cohorts, RFM, expected purchases (BG/NBD), spend (Gamma-Gamma), and lifetime value.

All of it is made from the small tables of `kpikit.metrics.histories`, which hold counts and no ids.
"""
