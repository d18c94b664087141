"""The alerts of MySQL, and the limits that they compare with."""

from __future__ import annotations

from typing import NamedTuple

from giggamon_compiler.library.limits import Amount, Count, Seconds, Share, judged
from giggamon_compiler.library.notation import number
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.team import Severity


@judged
class Limits:
    """What is too much. Without a default is what depends on the house.

    connections_used: the share of `max_connections` that may be taken
    aborted_per_minute: attempts to connect that may fail, such as by a wrong password
    replica_lag: seconds that a replica may be behind, beyond the delay that it is set to
    slow_share: the share of statements that may take longer than `long_query_time`
    threads_running: statements that may run at once
    deadlocks: transactions that InnoDB may roll back in 15 minutes
    buffer_pool_misses: the share of InnoDB's page reads that may go to disk
    lock_waits: transactions that may wait for a row at once
    refused: connections refused in 5 minutes beyond which it is no single slip
    busy: statements a second from which on their share of slow ones says something
    page_reads: page reads a second from which on their share from disk says something
    young: seconds after a start for which it is told
    """

    connections_used: Share
    aborted_per_minute: Amount
    replica_lag: Seconds
    slow_share: Share
    threads_running: Count
    deadlocks: Count
    buffer_pool_misses: Share
    lock_waits: Count = 10
    refused: Count = 5
    busy: Amount = 1
    page_reads: Amount = 100
    young: Seconds = 600


class Alerts(NamedTuple):
    """The alerts of a MySQL job."""

    down: Alert
    exporter_down: Alert
    refused: Alert
    read_only: Alert
    connections: Alert
    aborted: Alert
    replication_stopped: Alert
    replica_lags: Alert
    slow_queries: Alert
    threads: Alert
    deadlocks: Alert
    lock_waits: Alert
    buffer_pool: Alert
    restarted: Alert


def alerts(
    job: str, limits: Limits, *, critical: Severity, warning: Severity, info: Severity
) -> Alerts:
    """The alerts for the servers that a job scrapes through mysqld_exporter."""
    here = f'job="{job}"'
    of = f"{{{here}}}"
    return Alerts(
        down=Alert(
            "MySQLDown",
            expr=f"mysql_up{of} == 0",
            for_="1m",
            severity=critical,
            summary="MySQL takes no connection on {{ $labels.instance }}",
            description="The exporter is alive, and has been unable to connect for a minute.",
        ),
        exporter_down=Alert(
            "MySQLExporterDown",
            expr=f"up{of} == 0 or absent(up{of})",
            for_="5m",
            severity=warning,
            summary="Nobody sees how MySQL is",
            description="No answer from the exporter of {{ $labels.job }}"
            "{{ with $labels.instance }} at {{ . }}{{ end }}, so none of its alerts can fire.",
        ),
        refused=Alert(
            "MySQLConnectionsRefused",
            expr="increase(mysql_global_status_connection_errors_total"
            f'{{{here},error="max_connections"}}[5m]) > {number(limits.refused)}',
            for_="2m",
            severity=critical,
            summary="MySQL refuses connections on {{ $labels.instance }}",
            description="{{ $value | humanize }} connections were refused in 5 minutes, because "
            "max_connections were taken.",
        ),
        read_only=Alert(
            "MySQLPrimaryReadOnly",
            expr=f"mysql_global_variables_read_only{of} == 1"
            f" unless on (instance) mysql_slave_status_slave_io_running{of}",
            for_="2m",
            severity=critical,
            summary="MySQL writes nothing on {{ $labels.instance }}",
            description="The server replicates from nobody, and read_only is on: every write "
            "fails.",
        ),
        connections=Alert(
            "MySQLConnectionsNearLimit",
            expr=f"mysql_global_status_threads_connected{of}"
            f" / mysql_global_variables_max_connections{of}"
            f" > {number(limits.connections_used)}",
            for_="5m",
            severity=warning,
            summary="MySQL runs out of connections on {{ $labels.instance }}",
            description="{{ $value | humanizePercentage }} of max_connections are taken.",
        ),
        aborted=Alert(
            "MySQLConnectsAborted",
            expr=f"rate(mysql_global_status_aborted_connects{of}[10m]) * 60"
            f" > {number(limits.aborted_per_minute)}",
            for_="10m",
            severity=warning,
            summary="Attempts to connect to MySQL fail on {{ $labels.instance }}",
            description="{{ $value | humanize }} attempts to connect fail each minute.",
        ),
        **_of_replication(of, limits, warning),
        **_of_statements(of, limits, warning, info),
    )


def _of_replication(of: str, limits: Limits, warning: Severity) -> dict[str, Alert]:
    return {
        "replication_stopped": Alert(
            "MySQLReplicationStopped",
            expr=f"mysql_slave_status_slave_io_running{of} == 0"
            f" or mysql_slave_status_slave_sql_running{of} == 0",
            for_="2m",
            severity=warning,
            summary="MySQL replicates no more on {{ $labels.instance }}",
            description="The replica of {{ $labels.master_host }} has stopped: what it answers "
            "grows older, and nothing can take over from the primary.",
        ),
        "replica_lags": Alert(
            "MySQLReplicaLags",
            expr=f"mysql_slave_status_seconds_behind_master{of}"
            f" - mysql_slave_status_sql_delay{of} > {number(limits.replica_lag)}",
            for_="5m",
            severity=warning,
            summary="A replica of MySQL is behind on {{ $labels.instance }}",
            description="It is {{ $value | humanizeDuration }} behind {{ $labels.master_host }}.",
        ),
    }


def _of_statements(of: str, limits: Limits, warning: Severity, info: Severity) -> dict[str, Alert]:
    return {
        "slow_queries": Alert(
            "MySQLSlowQueries",
            expr=f"rate(mysql_global_status_slow_queries{of}[5m])"
            f" / rate(mysql_global_status_questions{of}[5m]) > {number(limits.slow_share)}"
            f" and rate(mysql_global_status_questions{of}[5m]) > {number(limits.busy)}",
            for_="10m",
            severity=warning,
            summary="Statements are slow in MySQL on {{ $labels.instance }}",
            description="{{ $value | humanizePercentage }} of the statements take longer than "
            "long_query_time.",
        ),
        "threads": Alert(
            "MySQLThreadsPileUp",
            expr=f"mysql_global_status_threads_running{of} > {number(limits.threads_running)}",
            for_="5m",
            severity=warning,
            summary="Statements pile up in MySQL on {{ $labels.instance }}",
            description="{{ $value }} statements run at once.",
        ),
        "deadlocks": Alert(
            "MySQLDeadlocks",
            expr=f"increase(mysql_global_status_innodb_deadlocks{of}[15m])"
            f" > {number(limits.deadlocks)}",
            for_="5m",
            severity=warning,
            summary="Transactions in MySQL block each other on {{ $labels.instance }}",
            description="{{ $value | humanize }} transactions were rolled back in 15 minutes, "
            "because each waited for another.",
        ),
        "lock_waits": Alert(
            "MySQLLockWaits",
            expr=f"mysql_global_status_innodb_row_lock_current_waits{of}"
            f" > {number(limits.lock_waits)}",
            for_="5m",
            severity=warning,
            summary="Transactions in MySQL wait for locks on {{ $labels.instance }}",
            description="{{ $value }} transactions wait for a row that another one holds.",
        ),
        "buffer_pool": Alert(
            "MySQLBufferPoolMisses",
            expr=f"rate(mysql_global_status_innodb_buffer_pool_reads{of}[10m])"
            f" / rate(mysql_global_status_innodb_buffer_pool_read_requests{of}[10m])"
            f" > {number(limits.buffer_pool_misses)}"
            f" and rate(mysql_global_status_innodb_buffer_pool_read_requests{of}[10m])"
            f" > {number(limits.page_reads)}",
            for_="30m",
            severity=info,
            summary="MySQL reads from disk what should be in memory on {{ $labels.instance }}",
            description="{{ $value | humanizePercentage }} of the page reads go to disk.",
        ),
        "restarted": Alert(
            "MySQLRestarted",
            expr=f"mysql_global_status_uptime{of} < {number(limits.young)}",
            severity=info,
            summary="MySQL has started anew on {{ $labels.instance }}",
            description="It started {{ $value | humanizeDuration }} ago, with cold caches.",
        ),
    }
