"""Forecasts: a KPI's history goes on, by the model that did best on this very history, with an honest spread."""
