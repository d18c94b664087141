"""A module of the blackbox exporter has a setting that its prober does not know.

The exporter refuses its whole configuration for one such name, and goes on with the one before or
does not start. Settings of another prober than the module's own are not looked at by anybody.
What is known here is what 0.23 knows, and what its documentation has added since.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    page = Module("page", prober="http", http={"valid_status_code": [200]})
    shop = Probe("shop", module=page, targets=["https://shop.giggatek.example/"])

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    page = Module("page", prober="http", http={"valid_status_codes": [200]})
    shop = Probe("shop", module=page, targets=["https://shop.giggatek.example/"])
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from giggamon_compiler.findings import Finding, Level, at
from giggamon_compiler.ir import Module, Program

LEVEL: Level = "error"

_ADDRESS = ("preferred_ip_protocol", "ip_protocol_fallback")
# The exporter's CONFIGURATION.md; each was tried on 0.23.
SETTINGS: Mapping[str, frozenset[str]] = {
    "http": frozenset(
        {
            *_ADDRESS,
            *("valid_status_codes", "valid_http_versions", "method", "headers", "body"),
            *("body_size_limit", "compression", "follow_redirects", "no_follow_redirects"),
            *("fail_if_ssl", "fail_if_not_ssl"),
            *("fail_if_body_matches_regexp", "fail_if_body_not_matches_regexp"),
            *("fail_if_header_matches", "fail_if_header_not_matches"),
            *("tls_config", "basic_auth", "authorization", "oauth2", "enable_http2"),
            *("bearer_token", "bearer_token_file"),
            *("proxy_url", "proxy_connect_header", "skip_resolve_phase_with_proxy"),
        }
    ),
    "tcp": frozenset({*_ADDRESS, "source_ip_address", "query_response", "tls", "tls_config"}),
    "dns": frozenset(
        {
            *_ADDRESS,
            *("source_ip_address", "transport_protocol", "dns_over_tls", "tls_config"),
            *("query_name", "query_type", "query_class", "recursion_desired", "valid_rcodes"),
            *("validate_answer_rrs", "validate_authority_rrs", "validate_additional_rrs"),
        }
    ),
    "icmp": frozenset({*_ADDRESS, "source_ip_address", "dont_fragment", "payload_size", "ttl"}),
    "grpc": frozenset({*_ADDRESS, "service", "tls", "tls_config"}),
}
# 0.23 refuses these, and a later documentation has them: those who use them know their exporter.
NEWER: Mapping[str, frozenset[str]] = {
    "http": frozenset(
        {
            *("body_file", "no_proxy", "proxy_from_environment"),
            *("fail_if_body_json_matches_cel", "fail_if_body_json_not_matches_cel"),
        }
    ),
}


def check(program: Program) -> Iterator[Finding]:
    """Every setting is one of the module's own prober, and known."""
    for module in program.blackbox.modules if program.blackbox else ():
        for prober, settings in module.settings.items():
            if prober != module.prober:
                yield Finding(
                    "unknown-module-setting",
                    f"{module.name} asks by {module.prober}, which has no settings for {prober}",
                    at(module.origin, prober),
                    f'write prober="{prober}", or move them to {module.prober}=',
                    module.name,
                )
            elif isinstance(settings, Mapping):
                yield from _unknown(module, prober, settings)


def _unknown(module: Module, prober: str, settings: Mapping[str, object]) -> Iterator[Finding]:
    known = SETTINGS[prober]
    for name in settings:
        if name not in known | NEWER.get(prober, frozenset()):
            near = get_close_matches(name, known, n=1)
            listed = f"one of {', '.join(sorted(known))}"
            yield Finding(
                "unknown-module-setting",
                f"{module.name} has the setting {name}, which the prober {prober} does not know",
                at(module.origin, prober, name),
                f"did you mean {near[0]}?" if near else f"take it out, or write {listed}",
                module.name,
            )
