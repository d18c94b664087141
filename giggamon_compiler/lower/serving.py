"""The servers' own configuration: Prometheus', the blackbox exporter's, what Grafana is given."""

from __future__ import annotations

import posixpath
from dataclasses import replace

from giggamon_compiler import ir
from giggamon_compiler.lower.probes import lower_blackbox, lower_probe
from giggamon_compiler.model.definitions import Definitions
from giggamon_compiler.model.probe import Probe
from giggamon_compiler.model.service import Scrape, Service
from giggamon_compiler.model.value import origin_of

DATASOURCE_UID = "prometheus"


def lower_servers(definitions: Definitions, program: ir.Program) -> ir.Program:
    """Add what Prometheus, the blackbox exporter and Grafana read at their start."""
    environment = definitions.environment
    policy = definitions.policy
    if environment is None or policy is None:
        return program
    folders = sorted({posixpath.dirname(group.file) for group in program.groups})
    jobs: list[ir.ScrapeJob] = []
    for file, service in definitions.of(Service):
        if service.scrape is not None:
            jobs.append(lower_scrape(service, service.scrape))
        jobs += (lower_probe(service, it, environment.blackbox) for it in file.of(Probe))
    prometheus = ir.Prometheus(
        policy.scrape_interval,
        policy.evaluation_interval,
        dict(environment.external_labels),
        tuple(posixpath.join("rules", folder, "*.yml") for folder in folders),
        tuple(environment.alertmanagers),
        tuple(sorted(jobs, key=lambda job: job.name)),
        origin=origin_of(environment),
    )
    datasource = ir.DataSource(
        "Prometheus",
        "prometheus",
        DATASOURCE_UID,
        keep_dollars(environment.prometheus_url) if environment.prometheus_url else None,
        {
            "access": "proxy",
            "isDefault": ir.Plain("true"),
            "jsonData": {"httpMethod": "POST", "timeInterval": policy.scrape_interval},
        },
    )
    provider = ir.Provider("giggamon", keep_dollars(environment.grafana_dashboards))
    return replace(
        program,
        prometheus=prometheus,
        blackbox=lower_blackbox(definitions),
        datasources=(datasource,),
        providers=(provider,),
    )


def keep_dollars(text: str) -> str:
    """A text as Grafana's provisioning reads it: it would take $NAME for a variable."""
    return text.replace("$", "$$")


def lower_scrape(service: Service, scrape: Scrape) -> ir.ScrapeJob:
    """A scrape job; what it leaves out is Prometheus' own default."""
    return ir.ScrapeJob(
        scrape.job,
        tuple(scrape.targets),
        dict(scrape.labels),
        scrape.interval,
        scrape.timeout,
        scrape.path,
        scrape.scheme,
        service.name,
        scrape.catalogue,
        origin=origin_of(scrape),
    )
