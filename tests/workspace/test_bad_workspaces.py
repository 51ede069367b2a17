"""Workspaces with one mistake each: what is said of it, word for word. The workspace is the one of ``kpikit new``."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.workspace.check import check
from kpikit.workspace.new import new

WORKSPACE, CLIENTS, PLAN, TILL = "workspace.yml", "clients.yml", "plans/default/1.yml", "sources/till.csv"

SETTINGS = [
    # the file, what stands in it, what a hasty hand writes instead, what is said of it
    (WORKSPACE, "schema: 1", "schema: 2",
     "workspace.yml, line 3, schema: '2' is not known here; a newer kpikit is needed."),
    (WORKSPACE, "schema: 1\n", "",
     "workspace.yml, line 3, schema: is required. Write it as 'schema: 1'."),
    (WORKSPACE, "language: en", "language: se",
     "workspace.yml, line 5, language: language == 'se', must be one of en, da, nb."),
    (WORKSPACE, "name:", "nmae:",
     "workspace.yml, line 3, name: is required. There is 'nmae', which is no known key."),
    (WORKSPACE, "sources:", "source:",
     "workspace.yml, line 3, sources: lists no source. There is 'source', which is no known key."),
    (WORKSPACE, "metrics: ", "metricks: ",
     "workspace.yml, line 3, metrics: lists no metric. There is 'metricks', which is no known key."),
    (WORKSPACE, "    columns:", "    colums:",
     "workspace.yml, line 8, sources.till.columns: is required. There is 'colums', which is no known key."),
    (WORKSPACE, "      orders: integer", "      no. of orders: integer",
     "workspace.yml, line 27, metrics.orders.sum: column == 'orders', must be one of date, shop, place, no. of orders, "
     "revenue. Did you mean 'no. of orders'?"),
    (WORKSPACE, "sum: orders,", "sum: orders of day,",
     "workspace.yml, line 27, metrics.orders.sum: column == 'orders of day', must be one of date, shop, place, "
     "orders, revenue. Did you mean 'orders'?"),
    (WORKSPACE, "name:", "name: Twice\nname:",
     "workspace.yml, line 5, name: stands twice, first on line 4."),
    (WORKSPACE, "    file: sources/till.csv", "    file: sources/tills.csv",
     "sources/tills.csv: there is no such file. It is declared in workspace.yml, line 8, sources.till.file. Did "
     "you mean 'till.csv'?"),
    (WORKSPACE, "  orders: {source: till", "  new_customers: {entity: guest, count: new}\n  orders: {source: till",
     "workspace.yml, line 27, metrics.new_customers.entity: entity == 'guest', but no entity is defined."),
    (WORKSPACE, "    file: sources/till.csv", "    file: ../till.csv",
     "workspace.yml, line 8, sources.till.file: lies outside the workspace's folder."),
    (WORKSPACE, "    format: csv", "    format: xlsx",
     "workspace.yml, line 9, sources.till.format: format == 'xlsx', must be one of csv, parquet. Of a workbook of "
     "Excel, save each sheet that is needed as a file of its own: as 'CSV UTF-8'."),
    (WORKSPACE, "    kind: events ", "    kind: event ",
     "workspace.yml, line 11, sources.till.kind: kind == 'event', must be one of events, snapshots, aggregates. "
     "Did you mean 'events'?"),
    (WORKSPACE, "    every: day", "    every: hour",
     "workspace.yml, line 12, sources.till.every: every == 'hour', must be one of day, week, month, span."),
    (WORKSPACE, "covers: 2024-01-01..2026-02-28", "covers: 2024-01-01",
     "workspace.yml, line 13, sources.till.covers: '2024-01-01' must be two dates, as 2009-12-01..2011-12-09."),
    (WORKSPACE, "covers: 2024-01-01..2026-02-28", "covers: 2026-02-28..2024-01-01",
     "workspace.yml, line 13, sources.till.covers: '2026-02-28..2024-01-01' ends before it begins."),
    (WORKSPACE, "covers: 2024-01-01..2026-02-28", "covers: 2024-01-01..2026-02-30",
     "workspace.yml, line 13, sources.till.covers: '2026-02-30' must be a date that exists, as 2011-11-23, from "
     "1800 to 2999."),
    (WORKSPACE, "covers: 2024-01-01..2026-02-28", "covers: 2024-01-01..2026-02-27",
     "sources/till.csv, row 3158, column 'date', value '2026-02-28': lies outside 2024-01-01..2026-02-27, which "
     "the source is declared to cover. Correct 'covers' in workspace.yml, or the file."),
    (WORKSPACE, "    client: shop ", "    client: shopp ",
     "workspace.yml, line 14, sources.till.client: must name a column that is declared as text."),
    (WORKSPACE, "    time: date\n", "    time: shop\n",
     "workspace.yml, line 15, sources.till.time: must name a column that is declared as date or timestamp."),
    (WORKSPACE, "      orders: integer", "      orders: int",
     "workspace.yml, line 20, sources.till.columns.orders: orders == 'int', must be one of text, integer, "
     "decimal, number, percent, duration, boolean, date, timestamp. Did you mean 'integer'?"),
    (WORKSPACE, "      orders: integer", "      ordres: integer",
     "workspace.yml, line 27, metrics.orders.sum: column == 'orders', must be one of date, shop, place, ordres, "
     "revenue. Did you mean 'ordres'?"),
    (WORKSPACE, "{type: decimal, scale: 2}", "decimal",
     "workspace.yml, line 21, sources.till.columns.revenue: a decimal needs its scale, as {type: decimal, scale: "
     "2}."),
    (WORKSPACE, "{type: decimal, scale: 2}", "{type: decimal, scale: 1}",
     "sources/till.csv, row 2, column 'revenue', value '7634.98': has more decimals (2) than the 1 that are "
     "declared. Declare `scale: 2`."),
    (WORKSPACE, "format: \"%Y-%m-%d\"", "format: \"%d-%m-%Y\"",
     "sources/till.csv, row 2, column 'date', value '2024-01-01': is not written as declared, '%d-%m-%Y'. Correct "
     "it in the file, or the `format:`."),
    (WORKSPACE, "format: \"%Y-%m-%d\"", "format: \"%d-%m-%y\"",
     "workspace.yml, line 17, sources.till.columns.date.format: '%d-%m-%y' has a year of two digits (%y), which "
     "can be read in two ways; declare the first year that it can mean, as 'century_from: 1970' for 1970 to 2069."),
    (WORKSPACE, "delimiter: \",\"", "delimiter: \";\"",
     "sources/till.csv, row 1, column 'date': there is no such column. The file has "
     "'date,shop,place,orders,revenue'. With \",\" between its cells it has all columns that are declared: write "
     "`delimiter: \",\"`."),
    (WORKSPACE, "decimal: \".\"", "decimal: \",\"",
     "sources/till.csv, row 2, column 'revenue', value '7634.98': is not written as declared, with ',' before "
     "decimals and no mark between thousands. Declare the `decimal:` and `thousands:` marks of the dialect, or "
     "correct it in the file."),
    (WORKSPACE, "decimal: \".\"", "decimal: \".\", thousands: \".\"",
     "workspace.yml, line 10, sources.till.dialect.thousands: '.' is the decimal mark already."),
    (WORKSPACE, "decimal: \".\"", "decimal: \".\", encoding: latin",
     "workspace.yml, line 10, sources.till.dialect.encoding: encoding == 'latin', must be one of utf-8, utf-16, "
     "iso-8859-1, windows-1252."),
    (WORKSPACE, "column: place", "column: plaec",
     "workspace.yml, line 24, dimensions.place.column: column == 'plaec', must be one of date, shop, place, "
     "orders, revenue. Did you mean 'place'?"),
    (WORKSPACE, "sum: revenue, unit: money, currency: DKK, by: [place]}", "sum: revenue, unit: money, by: [place]}",
     "workspace.yml, line 26, metrics.revenue.currency: goes with 'unit: money', which needs one, as GBP."),
    (WORKSPACE, "sum: revenue, unit: money, currency: DKK, by: [place]}",
     "sum: revenue, unit: money, currency: kr, by: [place]}",
     "workspace.yml, line 26, metrics.revenue.currency: 'kr' must be three capital letters, as GBP."),
    (WORKSPACE, "sum: revenue, unit: money, currency: DKK, by: [place]}",
     "sum: place, unit: money, currency: DKK, by: [place]}",
     "workspace.yml, line 26, metrics.revenue.sum: column 'place' is declared as text, must be integer or decimal "
     "or number or percent or duration."),
    (WORKSPACE, "sum: revenue, unit: money, currency: DKK, by: [place]}", "sum: revenue, unit: dollars, by: [place]}",
     "workspace.yml, line 26, metrics.revenue.unit: unit == 'dollars', must be one of share, percentage_points, "
     "ratio, count, money, duration, seconds, days, months, score."),
    (WORKSPACE, "sum: orders, unit: count, by: [place]", "sum: orders, unit: count, by: [plce]",
     "workspace.yml, line 27, metrics.orders.by: dimension == 'plce', must be one of place. Did you mean 'place'?"),
    (WORKSPACE, "sum: orders, unit: count, by: [place]", "sum: orders / 0 *, unit: count",
     "workspace.yml, line 27, metrics.orders.sum: formula 'orders / 0 *', character 13: ends here, where a name, "
     "a number, - or ( is needed."),
    (WORKSPACE, "sum: orders, unit: count, by: [place]", "sum: orders, count: rows",
     "workspace.yml, line 27, metrics.orders: needs exactly one of 'sum: COLUMN', 'count: rows', 'unique: "
     "COLUMN', 'mean: COLUMN', 'median: COLUMN', 'quantile: COLUMN', 'min: COLUMN', 'max: COLUMN', 'first: "
     "COLUMN', 'last: COLUMN', 'value: COLUMN', 'entity: NAME'."),
    (CLIENTS, "{label: Aarhus Coffee, value: Aarhus}", "{label: Aarhus Coffee, value: Nørrebro}",
     "clients.yml, line 5, clients.aarhus.value: 'Nørrebro' is the value of client 'norrebro' already."),
    (CLIENTS, "{label: Aarhus Coffee, value: Aarhus}", "{label: Aarhus Coffee, value: Århus}",
     "sources/till.csv, row 4, column 'shop', value 'Aarhus': is a client that is not registered. It is "
     "spelled otherwise than 'Århus', which is. If the file always calls it so, write `value: \"Aarhus\"` under that "
     "client in clients.yml; if it has both, correct the file, or say `accounts: NAME` of the source, and list both "
     "under the client's `accounts`."),
    (CLIENTS, "{label: Aarhus Coffee, value: Aarhus}", "{lable: Aarhus Coffee, value: Aarhus}",
     "clients.yml, line 5, clients.aarhus.lable: unknown key. key == 'lable', must be one of label, value, "
     "language, fiscal_year, accounts, recipients, bind, active, segment, logo. Did you mean 'label'?"),
    (CLIENTS, "  aarhus: {", "  aar hus: {",
     "clients.yml, line 5, clients.aar hus: a client's key is made of at most 64 letters a-z, digits, '-', '_' "
     "and '.'; it begins with a letter or digit and does not end with '.'; 'default' is taken."),
    (CLIENTS, "  aarhus: {", "  Norrebro: {",
     "clients.yml, line 3, clients: 'Norrebro' and 'norrebro' differ only in upper and lower case."),
    (CLIENTS, "{label: Aarhus Coffee, value: Aarhus}", "{label: Aarhus Coffee, value: Aarhus, language: dk}",
     "clients.yml, line 5, clients.aarhus.language: language == 'dk', must be one of en, da, nb."),
    (CLIENTS, "{label: Aarhus Coffee, value: Aarhus}", "{label: Aarhus Coffee, value: Aarhus",
     "clients.yml, line 5: is not valid YAML: a bracket is opened and not closed, or a comma is missing between its "
     "entries."),
    (CLIENTS, "  norrebro: {", "\tnorrebro: {",
     "clients.yml, line 4: is not valid YAML: a line is indented with a tab. Indent with spaces."),
    (CLIENTS, "clients:", "clients: &all",
     "clients.yml, line 3: aliases (*), anchors (&) and tags (!) are not allowed; write it out."),
    (PLAN, "in_force_from: 2026-01-01", "in_force_from: 1 January 2026",
     "plans/default/1.yml, line 4, in_force_from: '1 January 2026' must be a date that exists, as 2011-11-23, "
     "from 1800 to 2999."),
    (PLAN, "in_force_from: 2026-01-01\n", "",
     "plans/default/1.yml, line 3, in_force_from: is required in each version."),
    (PLAN, "level: organisation", "level: company",
     "plans/default/1.yml, line 9, goals.grow.level: level == 'company', must be one of organisation, department, "
     "campaign, individual. Did you mean 'campaign'?"),
    (PLAN, "parent: grow", "parent: grwo",
     "plans/default/1.yml, line 26, goals.baskets.parent: goal == 'grwo', must be one of grow, baskets. Did you "
     "mean 'grow'?"),
    (PLAN, "      - indicator: sales.revenue", "      - indicator: customers.new_customers",
     "plans/default/1.yml, line 16, customers.new_customers: needs the metric new_customers, which workspace.yml does "
     "not define."),
    (PLAN, "change: +10 %, over: 2026", "change: +10, over: 2026",
     "plans/default/1.yml, line 19, goals.grow.kpis[1].target.change: '+10' is not a change. Write it with its "
     "sign, as '+10 %'."),
    (PLAN, "change: +10 %, over: 2026", "change: +10 %",
     "plans/default/1.yml, line 19, goals.grow.kpis[1].target.over: is required."),
    (PLAN, "change: +10 %, over: 2026", "change: +10 %, by: 2026",
     "plans/default/1.yml, line 19, goals.grow.kpis[1].target.over: is required."),
    (PLAN, "change: +10 %, over: 2026", "value: 1.000.000, over: 2026",
     "plans/default/1.yml, line 19, goals.grow.kpis[1].target.value: '1.000.000' is not understood. Write it as "
     "1000000. Numbers have no marks for thousands, and a point before decimals."),
    (PLAN, "change: +10 %, over: 2026", "value: 1.200, over: 2026",
     "plans/default/1.yml, line 19, goals.grow.kpis[1].target.value: '1.200' has two readings. Write it as 1.2 or "
     "as 1200."),
    (PLAN, "        baseline: 2025\n", "",
     "plans/default/1.yml, line 18, goals.grow.kpis[1].target.change: needs a baseline to start from: 'baseline: "
     "2011' beside 'target'."),
    (PLAN, "        baseline: 2025\n", "        baseline: 2025-12\n",
     "plans/default/1.yml, line 18, goals.grow.kpis[1].baseline: 2025-12 is a month, must be a year, as the time "
     "that it is added up over."),
    (PLAN, "kind: keep, value: 53", "kind: keeps, value: 53",
     "plans/default/1.yml, line 36, goals.baskets.kpis[1].target.kind: kind == 'keeps', must be one of keep, "
     "reach, cumulative. Did you mean 'keep'?"),
    (PLAN, "kind: keep, value: 53", "kind: keep, value: 60..50",
     "plans/default/1.yml, line 36, goals.baskets.kpis[1].target.value: '60..50' is empty; a range goes from its "
     "lower to its upper end."),
    (PLAN, "member: {place: To go}", "member: {place: Togo}",
     "plans/default/1.yml, line 37, sales.average_order_value, place: place == 'Togo', must be one of Café, To go. Did "
     "you mean 'To go'? One that is still to come is named under dimensions.place.members in workspace.yml."),
    (PLAN, "member: {place: To go}", "member: {city: To go}",
     "plans/default/1.yml, line 37, sales.average_order_value, city: dimension == 'city', must be one of place."),
    (PLAN, "cost: 28000 DKK", "cost: 28.000 DKK",
     "plans/default/1.yml, line 22, goals.grow.actions[1].cost: '28.000 DKK' must be an amount and a currency, as "
     "1200 DKK. Write it as 28 DKK or as 28000 DKK."),
    (PLAN, "change: +10 %, over: 2026", "value: 4500000,50, over: 2026",
     "plans/default/1.yml, line 19, goals.grow.kpis[1].target.value: '4500000,50' is cut at its comma, as any text "
     "within braces. Write it as 4500000.50."),
    (PLAN, "cost: 28000 DKK", "cost: 28000",
     "plans/default/1.yml, line 22, goals.grow.actions[1].cost: '28000' must be an amount and a currency, as 1200 "
     "DKK."),
    (PLAN, "due: 2026-03-01", "due: 2026-02-29",
     "plans/default/1.yml, line 22, goals.grow.actions[1].due: '2026-02-29' must be a date that exists, as "
     "2011-11-23, from 1800 to 2999."),
    (PLAN, "agreed: {by: [The owner, The manager], on: 2025-12-15}\n    kpis:\n      - indicator: sales.revenue",
     "agreed: {by: [The owner, The manager]}\n    kpis:\n      - indicator: sales.revenue",
     "plans/default/1.yml, line 14, goals.grow.agreed.on: is required. Write it as 'on: 2026-01-31'."),
    (WORKSPACE, "schema: 1\n", "schema: 1\ngrain: fortnight\n",
     "workspace.yml, line 4, grain: grain == 'fortnight', must be one of day, week, month, quarter, year, "
     "fiscal_year."),
    (WORKSPACE, "schema: 1\n", "schema: 1\nsmallest_group: 2\n",
     "workspace.yml, line 4, smallest_group: '2' must be a whole number from 3 to 1000."),
    (WORKSPACE, "schema: 1\n", "schema: 1\ncomparisons: [last_year]\n",
     "workspace.yml, line 4, comparisons: comparison == 'last_year', must be one of previous_period, "
     "same_period_last_year, 364_days_before, iso_week_last_year. Did you mean 'iso_week_last_year'?"),
    (WORKSPACE, "schema: 1\n", "schema: 1\nbind: {orders: order}\n",
     "workspace.yml, line 4, bind.orders: metric == 'order', must be one of revenue, orders. Did you mean 'orders'?"),
    (WORKSPACE, "schema: 1\n",
     "schema: 1\nindicators: {sales.revenue: {label: Size, description: Average., formula: revenue / orders, "
     "unit: money, better: higher}}\n",
     "workspace.yml, line 4, indicators.sales.revenue: kpikit has an indicator sales.revenue already; choose "
     "another name."),
    (WORKSPACE, "kind: events", "on_bad_rows: skip\n    kind: events",
     "workspace.yml, line 11, sources.till.on_bad_rows: on_bad_rows == 'skip', must be one of refuse, quarantine."),
]  # fmt: skip

ROWS = [
    # the cell that is replaced in row 11 (None: a line is put before it), by what, what is said of it
    (0, "2024-13-01",
     "sources/till.csv, row 11, column 'date', value '2024-13-01': does not exist in the calendar."),
    (1, "Odense",
     "sources/till.csv, row 11, column 'shop', value 'Odense': is a client that is not registered. List it in "
     "clients.yml; under another key, with 'value'."),
    (2, "",
     "sources/till.csv, row 11, column 'place', value '': is empty. If that means that there is no value, list "
     "\"\" under `missing:`."),
    (3, "1,5",
     "sources/till.csv, row 11: the line has 6 fields, and the header has 5. Quote cells that hold the delimiter "
     "(','); declare lines above the header by `skip:`; remove what is no row."),
    (4, "12.345.00",
     "sources/till.csv, row 11, column 'revenue', value '12.345.00': is not written as declared, with '.' before "
     "decimals and no mark between thousands. Declare the `decimal:` and `thousands:` marks of the dialect, or "
     "correct it in the file."),
    (None, "2024-01-01,Nørrebro,To go,12\n",
     "sources/till.csv, row 11: the line has 4 fields, and the header has 5. Quote cells that hold the delimiter "
     "(','); declare lines above the header by `skip:`; remove what is no row."),
    (None, "2026-03-01,Nørrebro,To go,12,400.00\n",
     "sources/till.csv, row 11, column 'date', value '2026-03-01': lies outside 2024-01-01..2026-02-28, which the "
     "source is declared to cover. Correct 'covers' in workspace.yml, or the file."),
    (None, "Total,,,99,12345.00\n",
     "sources/till.csv, row 11, column 'date', value 'Total': is not a date. If it stands in a totals row, declare "
     "`totals: {date: ['Total']}` in the dialect; if it means that there is no value, list 'Total' under `missing:` "
     "(not of the `time`)."),
    (None, "\n",
     "sources/till.csv, row 11: the line is empty. Remove it."),
    (None, "2024-01-02,\"Nørrebro,To go,12,400.00\n",
     "sources/till.csv, row 11: the line has an odd number of quotes (\"). Records must not span lines; declare "
     "the `quote:` that the file uses."),
]  # fmt: skip


@pytest.fixture
def coffee(tmp_path: Path) -> Path:
    new(tmp_path / "coffee", "en")
    return tmp_path / "coffee"


def test_without_a_mistake_nothing_is_said(coffee: Path) -> None:
    assert check(coffee).errors == []


@pytest.mark.parametrize(("name", "old", "written", "sentence"), SETTINGS)
def test_a_mistake_in_a_file_of_settings(coffee: Path, name: str, old: str, written: str, sentence: str) -> None:
    text = (coffee / name).read_text(encoding="utf-8")
    assert old in text
    (coffee / name).write_text(text.replace(old, written, 1), encoding="utf-8")
    assert check(coffee).errors == [sentence]


def test_links_that_lead_in_a_circle(coffee: Path) -> None:
    (coffee / TILL).unlink()
    (coffee / TILL).symlink_to("till.csv")
    assert check(coffee).errors == ["sources/till.csv: cannot be read: Too many levels of symbolic links."]


@pytest.mark.parametrize(("cell", "written", "sentence"), ROWS)
def test_a_mistake_in_a_row(coffee: Path, cell: int | None, written: str, sentence: str) -> None:
    lines = (coffee / TILL).read_text(encoding="utf-8").splitlines(keepends=True)
    if cell is None:
        lines.insert(10, written)
    else:
        cells = lines[10].rstrip("\n").split(",")
        lines[10] = ",".join([*cells[:cell], written, *cells[cell + 1 :]]) + "\n"
    (coffee / TILL).write_text("".join(lines), encoding="utf-8")
    assert check(coffee).errors == [sentence]
