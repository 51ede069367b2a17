"""What a workspace may not say of metrics, dimensions, filters and entities: each refusal as a whole sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.words.errors import SettingError
from tests.metrics.declared import AROUND, FIRST, declared

COLUMNS = "country, day, invoice, customer, channel, value, score, cancelled"
ONE_OF = (
    "needs exactly one of 'sum: COLUMN', 'count: rows', 'unique: COLUMN', 'mean: COLUMN', 'median: COLUMN', "
    "'quantile: COLUMN', 'min: COLUMN', 'max: COLUMN', 'first: COLUMN', 'last: COLUMN', 'value: COLUMN', "
    "'entity: NAME'."
)
MONEY_NEEDS = "goes with 'unit: money', which needs one, as GBP."
REFUSED = [  # the metric, and what is said of it
    (
        "{source: order, count: rows}",
        "source: source == 'order', must be one of orders, visits. Did you mean 'orders'?",
    ),
    ("{count: rows}", "source: is required, one of orders, visits."),
    ("{source: orders}", ONE_OF),
    ("{source: orders, sum: value, count: rows, unit: count}", ONE_OF),
    ("{source: orders, count: orders}", "count: count == 'orders', must be one of rows."),
    (
        "{source: orders, sum: vlaue, unit: count}",
        f"sum: column == 'vlaue', must be one of {COLUMNS}. Did you mean 'value'?",
    ),
    ("{source: orders, sum: '-', unit: count}", "sum: formula '-', character 2: ends here, where a name, a number, "
     "- or ( is needed."),
    ("{source: orders, sum: value * vlaue, unit: count}", "sum: formula 'value * vlaue', character 9: name == 'vlaue', "
     f"must be one of {COLUMNS}. Did you mean 'value'?"),
    ("{source: orders, sum: value * channel, unit: count}", "sum: column 'channel' is declared as text, must be "
     "integer or decimal or number or percent or duration."),
    ("{source: orders, mean: value, weight: -day, unit: ratio}", "weight: column 'day' is declared as date, must be "
     "integer or decimal or number or percent or duration."),
    ("{source: orders, sum: 2 * 3, unit: count}", "sum: names no column."),
    ("{source: orders, sum: value / customer, unit: money, currency: GBP}", "sum: 'value / customer' is not exact, and "
     "money is: columns of integers and decimals, joined by +, - and *."),
    ("{source: orders, sum: value * value * value, unit: money, currency: GBP}", "sum: 'value * value * value' is not "
     "exact, and money is: columns of integers and decimals, joined by +, - and *."),
    (
        "{source: orders, sum: channel, unit: count}",
        "sum: column 'channel' is declared as text, must be integer or decimal or number or percent or duration.",
    ),
    (
        "{source: orders, unique: value}",
        "unique: column 'value' is declared as decimal, must be text or integer.",
    ),
    (
        "{source: visits, sum: bounces, unit: share}",
        "sum: column 'bounces' is declared as percent, and shares do not add up.",
    ),
    (
        "{source: visits, sum: length, unit: money, currency: GBP}",
        "sum: column 'length' is declared as duration, and money is exact: declare it as decimal.",
    ),
    (
        "{source: orders, sum: value}",
        "unit: is required, one of share, percentage_points, ratio, count, money, duration, seconds, days, months, "
        "score.",
    ),
    (
        "{source: orders, sum: value, unit: percent}",
        "unit: unit == 'percent', must be one of share, percentage_points, ratio, count, money, duration, seconds, "
        "days, months, score.",
    ),
    ("{source: orders, sum: value, unit: money}", f"currency: {MONEY_NEEDS}"),
    ("{source: orders, count: rows, currency: GBP}", f"currency: {MONEY_NEEDS}"),
    (
        "{source: orders, sum: value, unit: money, currency: gbp}",
        "currency: 'gbp' must be three capital letters, as GBP.",
    ),
    (
        "{source: orders, sum: value, unit: money, currency: kr.}",
        "currency: 'kr.' must be three capital letters, as GBP.",
    ),
    (
        "{source: orders, count: rows, by: [chanel]}",
        "by: dimension == 'chanel', must be one of channel. Did you mean 'channel'?",
    ),
    ("{source: orders, count: rows, by: [path]}", "by: dimension == 'path', must be one of channel."),
    ("{source: orders, count: rows, by: channel}", "by: must be a list of texts, as [channel]."),
    ("{source: orders, count: rows, filter: web}", "filter: filter == 'web', must be one of order."),
    (
        "{source: orders, count: rows, filtre: order}",
        "filtre: unknown key. key == 'filtre', must be one of the 28 that there are. Did you mean 'filter'?",
    ),
    ("{source: orders, count: rows, where: {land: DK}}", f"where.land: column == 'land', must be one of {COLUMNS}."),
    (
        "{source: orders, count: rows, where: {customer: 5}}",
        "where.customer: this condition needs a column of type text, not integer.",
    ),
    (
        "{source: orders, count: rows, where: {customer: [5]}}",
        "where.customer: this condition needs a column of type text, not integer.",
    ),
    (
        "{source: orders, count: rows, where: {cancelled: no}}",
        "where.cancelled: cancelled == 'no', must be one of true, false.",
    ),
    (
        "{source: orders, count: rows, where: {channel: {above: 1}}}",
        "where.channel.above: this condition needs a column of type integer or decimal or number or percent or "
        "duration, not text.",
    ),
    (
        "{source: orders, count: rows, where: {value: {begins: 1}}}",
        "where.value.begins: this condition needs a column of type text, not decimal.",
    ),
    (
        "{source: orders, count: rows, where: {value: {above: '1,5'}}}",
        "where.value.above: '1,5' must be a number such as 12.5. Write it as 1.5.",
    ),
    (
        "{source: orders, count: rows, where: {value: {over: 1}}}",
        "where.value.over: operator == 'over', must be one of known, above, below, begins, begins_not. "
        "Did you mean 'above'?",
    ),
    (
        "{source: orders, count: rows, where: {value: {}}}",
        "where.value: states no condition; needs one of known, above, below, begins, begins_not.",
    ),
    ("{source: orders, count: rows, where: {channel: []}}", "where.channel: is an empty list, which no row can meet."),
    ("{source: orders, count: rows, where: {channel: }}", "where.channel: is empty."),
    (
        "{source: orders, count: rows, where: {customer: {known: yes}}}",
        "where.customer.known: known == 'yes', must be one of true, false.",
    ),
    ("{source: orders, mean: channel, unit: count}", "mean: column 'channel' is declared as text, must be integer or "
     "decimal or number or percent or duration."),
    ("{source: orders, mean: score, unit: money, currency: GBP}", "mean: column 'score' is declared as number, and "
     "money is exact: declare it as decimal."),
    ("{source: orders, mean: score, weight: channel, unit: ratio}", "weight: column 'channel' is declared as text, "
     "must be integer or decimal or number or percent or duration."),
    ("{source: orders, sum: value, weight: score, unit: ratio}", "weight: goes with mean, not with sum."),
    ("{source: orders, median: value, level: 0.5, unit: ratio}", "level: goes with quantile, not with median."),
    ("{source: orders, max: value, per: customer, unit: ratio}", "per: goes with first and last, not with max."),
    ("{source: orders, last: value, per: day, unit: ratio}", "per: column 'day' is declared as date, must be text or "
     "integer."),
    ("{source: orders, quantile: value, unit: ratio}", "level: is required by 'quantile', as 0.9."),
    ("{source: orders, quantile: value, level: 1, unit: ratio}", "level: '1' must lie between 0 and 1, as 0.9."),
    ("{source: orders, quantile: value, level: 90 %, unit: ratio}", "level: '90 %' must be a number such as 12.5."),
    ("{source: orders, value: score, unit: ratio}", "value: 'orders' is of kind events, of which a day may have many; "
     "use 'sum' or 'mean'."),
    ("{source: orders, count: rows, persons: many}", "persons: metric == 'many', must be one of one."),
    ("{source: orders, count: rows, part_of: one}", "part_of: metric 'one' must count persons: a count or a unique "
     "one, 'persons: true'."),
    ("{source: orders, mean: score, unit: score, persons: true}", "persons: metric 'one' must count persons: a count "
     "or a unique one, 'persons: true'."),
    ("{source: orders, count: rows, by: [channel], overlaps_by: land}", "overlaps_by: dimension under 'by' == 'land', "
     "must be one of channel."),
    ("{source: orders, count: rows, overlaps_by: channel}", "overlaps_by: dimension under 'by' == 'channel', but no "
     "dimension under 'by' is defined."),
    ("{source: orders, mean: score, unit: score, by: [channel], overlaps_by: channel}", "overlaps_by: goes with sum, "
     "count, first and last, not with mean."),
    ("{source: orders, count: rows, by: [channel], overlaps_by: channel, persons: true}", "overlaps_by: goes not with "
     "'persons' and 'part_of', which need a total to protect."),
    ("{source: orders, mean: score, unit: score, scale: 5}", "scale: '5' must be the lowest and the highest score of "
     "'unit: score', as 1..7."),
    ("{source: orders, mean: score, unit: score, scale: 7..1}", "scale: '7..1' must be the lowest and the highest "
     "score of 'unit: score', as 1..7."),
    ("{source: orders, mean: score, unit: days, scale: 1..7}", "scale: '1..7' must be the lowest and the highest "
     "score of 'unit: score', as 1..7."),
    ("{source: orders, sum: score, unit: score, scale: 1..7}", "scale: goes with mean, not with sum."),
    ("{source: orders, count: rows}\n  two: {source: orders, count: rows, by: [channel], overlaps_by: channel}",
     "overlaps_by: must be 'channel', as in two, which adds up the same; or say in 'where' which one channel is "
     "meant."),
    ("{entity: client, count: new}", "entity: entity == 'client', must be one of customer."),
    ("{entity: customer}", "count: is required, one of new, repeat."),
    ("{entity: customer, count: rows}", "count: count == 'rows', must be one of new, repeat."),
    (
        "{entity: customer, count: new, source: orders}",
        "source: unknown key. key == 'source', must be one of entity, count, persons, part_of, label, overlaps.",
    ),
]  # fmt: skip


def refusal(folder: Path, text: str) -> str:
    """What is said of a workspace file that is refused, without its folder."""
    with pytest.raises(SettingError) as error:
        declared(folder, text)
    return str(error.value).removeprefix(f"{folder}/workspace.yml, ")


@pytest.mark.parametrize(("text", "sentence"), REFUSED)
def test_what_is_wrong_with_a_metric_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    found = refusal(tmp_path, f"{AROUND}metrics:\n  one: {text}\n")
    key = "metrics.one: " if sentence == ONE_OF else "metrics.one."
    assert found == f"line {FIRST + AROUND.count(chr(10)) + 1}, {key}{sentence}"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "dimensions: {d: {source: orders, column: customer}}\n",
            "dimensions.d.column: column 'customer' is declared as integer, must be text.",
        ),
        ("dimensions: {d: {source: orders}}\n", "dimensions.d.column: is required."),
        (
            "dimensions: {d: {source: orders, column: channel, members: [web]}}\n",
            "dimensions.d.members: must be a mapping of keys to values. Write it as 'members: {google: Google}'.",
        ),
        (
            "dimensions: {d: {source: orders, column: channel, lable: D}}\n",
            "dimensions.d.lable: unknown key. key == 'lable', must be one of source, column, members, label. "
            "Did you mean 'label'?",
        ),
        (
            "filters: {f: {source: orders, filter: g}}\n",
            "filters.f.filter: unknown key. key == 'filter', must be one of source, where.",
        ),
        (
            "entities: {e: {source: orders, key: day}}\n",
            "entities.e.key: column 'day' is declared as date, must be text or integer.",
        ),
        (
            "entities: {e: {source: orders, key: customer, opening_months: 121}}\n",
            "entities.e.opening_months: '121' must be a whole number from 0 to 120.",
        ),
        (
            "entities: {e: {source: orders, key: customer, filter: order}}\n",
            "entities.e.filter: filter == 'order', but no filter is defined.",
        ),
        (
            "metrics: {m: {source: orders, count: rows, by: [channel]}}\n",
            "metrics.m.by: dimension == 'channel', but no dimension is defined.",
        ),
        (
            "metrics: {m: {entity: customer, count: new}}\n",
            "metrics.m.entity: entity == 'customer', but no entity is defined.",
        ),
        (
            "metrix: {m: {source: orders, count: rows}}\n",
            "metrix: unknown key. key == 'metrix', must be one of schema, sources, dimensions, filters, entities, "
            "metrics. Did you mean 'metrics'?",
        ),
    ],
)
def test_what_is_wrong_with_the_rest_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    assert refusal(tmp_path, text) == f"line {FIRST}, {sentence}"
