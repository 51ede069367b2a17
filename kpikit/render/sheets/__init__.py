"""The sheets of a workbook; `kpikit.render.formats.xlsx` puts them together."""
