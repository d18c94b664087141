"""Synthetic rule files, as varied as those that people have: any number of rules, 20 in a file.

`python -m tests.benchmarks.rule_files FOLDER --rules N` writes them. No two expressions are the
same text; three in five rules are alerts, the others recordings, some of which are read by others.
Expressions stand as plain scalars, quoted, or in literal and folded blocks.
"""

from __future__ import annotations

import argparse
import textwrap
from pathlib import Path

_IN_FILE = 20
_IN_GROUP = 5

# {m}: a word that differs from file to file; {n}: a number that differs from rule to rule.
_ALERTS = (
    'up{{job="{m}",shard="{n}"}} == 0',
    'sum by (instance, job) (rate({m}_requests_total{{code=~"5..",path!~"/health.*"}}[5m]))\n'
    "  / sum by (instance, job) (rate({m}_requests_total[5m])) > 0.0{n}",
    "histogram_quantile(0.99, sum by (le, job) (rate({m}_duration_seconds_bucket[5m]))) > {n}",
    '(node_filesystem_avail_bytes{{job="{m}",fstype!~"tmpfs|ramfs"}}\n'
    '  / node_filesystem_size_bytes{{job="{m}"}} * 100 < {n}\n'
    'and on (instance, device) node_filesystem_readonly{{job="{m}"}} == 0)',
    'predict_linear({m}_disk_free_bytes{{device!=""}}[6h], 24 * 60 * 60 + {n}) < 0',
    'absent({m}_heartbeat_seconds{{job="{m}",zone="{n}"}} == 1)',
    "increase({m}_restarts_total[1h]) > {n} and on (instance) {m}_ready == 1",
    "max by (namespace, pod) (max_over_time({m}_waiting_reason"
    '{{reason="CrashLoopBackOff"}}[5m])) >= {n}',
    "time() - {m}_last_success_timestamp_seconds > {n} * 3600",
    "({m}_threads_running / {m}_max_connections * 100 > {n})\n"
    "  * on (instance) group_left (nodename) node_uname_info",
    "sum by (cluster) ({m}_leader_changes) > 3 unless sum by (cluster) ({m}_up) < {n}",
    'avg_over_time({m}:latency:mean5m{{shard=~"a|b|c"}}[{n}m]) > 2 * {m}:latency:mean5m',
)
_RECORDINGS = (
    ("{m}:requests:rate{n}m", "sum by (job, code) (rate({m}_requests_total[{n}m]))"),
    (
        "{m}:latency:mean5m",
        '# one for each shard\nrate({m}_duration_seconds_sum{{shard!="{n}"}}[5m])\n'
        "  / rate({m}_duration_seconds_count[5m])",
    ),
    (
        "{m}:errors:ratio{n}",
        'label_replace(sum without (instance) (rate({m}_errors_total{{kind=~"a|b{n}"}}[5m])),\n'
        '  "target", "$1", "service", "(.*)-svc")',
    ),
    ("{m}:cpu:top{n}", 'topk({n}, sum by (pod) (rate({m}_cpu_seconds_total{{mode="user"}}[2m])))'),
    (
        "{m}:saturation:max{n}",
        "max by (instance) ({m}_queue_length or {m}_queue_depth{{shard!='{n}'}})",
    ),
)
_SUMMARIES = (
    "{title} shows symptom {n} (instance {{{{ $labels.instance }}}})",
    "Something is wrong with {m}",
    "{{{{ $value | humanizePercentage }}}} of {m} number {n}",
)
_DESCRIPTION = (
    '"{title} {n}: the value is {{{{ $value }}}}.\\n  Look at the board.\\n  JOB = {m}"',
    "|-\n          {title} needs a hand, number {n}.\n"
    '          {{{{ with printf "up{{job=\'%s\'}}" "{m}" | query }}}}{{{{ . | first | value }}}}'
    "{{{{ end }}}}",
    "'{{{{ if gt $value 10.0 }}}}much{{{{ else }}}}little{{{{ end }}}} of it''s work {n} waits'",
)


def write_rules(folder: Path, count: int) -> None:
    """Write files with so many rules in all."""
    folder.mkdir(parents=True)
    for number in range(0, count, _IN_FILE):
        rules = range(number, min(number + _IN_FILE, count))
        path = folder / f"team{number // 1000}" / f"service{number // _IN_FILE}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(_file_text(f"svc{number // _IN_FILE}", rules), encoding="utf-8")


def _file_text(word: str, rules: range) -> str:
    lines = ["# Rules of a synthetic service.", "groups:"]
    for place, number in enumerate(rules):
        if place % _IN_GROUP == 0:
            lines += [f"- name: {word}-{place // _IN_GROUP}"]
            lines += ["  interval: 30s"] if place % 2 else []
            lines += ["  rules:"]
        lines += [_rule_text(word, number)]
    return "\n".join([*lines, ""])


def _rule_text(word: str, number: int) -> str:
    names = {"m": word, "n": number % 97 + 2, "title": word.title()}
    form = number // 5 % 4
    if number % 5 in (1, 3):
        name, text = _RECORDINGS[number % 7 % len(_RECORDINGS)]
        written = (
            f"  - record: {name.format(**names)}\n    expr: {_expr(text.format(**names), form)}"
        )
        return written if number % 2 else f"{written}\n    labels:\n      kind: recorded"
    text = _ALERTS[number % len(_ALERTS)].format(**names)
    return "\n".join(
        [
            f"  - alert: {names['title']}Symptom{number}",
            f"    expr: {_expr(text, form)}",
            f"    for: {number % 20 + 1}m",
            "    labels:",
            f"      severity: {('critical', 'warning', 'info')[number % 3]}",
            f"      team: team{number // 1000}",
            "    annotations:",
            f"      summary: '{_SUMMARIES[number % 3].format(**names)}'",
            f"      description: {_DESCRIPTION[number % 3].format(**names)}",
            f"      runbook_url: https://runbooks.example/{word}#symptom{number}",
        ]
    )


def _expr(text: str, form: int) -> str:
    """An expression as a plain scalar where that can be, quoted, or in a block."""
    if form == 0 and not text.startswith(("#", "'", '"', "{")) and " #" not in text:
        return textwrap.indent(text, "      ").lstrip()
    if form == 1 and "#" not in text:
        return "'" + textwrap.indent(text.replace("'", "''"), "      ").lstrip() + "'"
    if form == 2:
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    return "|\n" + textwrap.indent(text, "      ")


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rules", type=int, default=1000)
    given = parser.parse_args()
    write_rules(given.folder, given.rules)


if __name__ == "__main__":
    main()
