"""How endpoints are asked from outside."""

from giggamon_compiler import Module

page = Module(  # any 2xx by TLS, after redirects
    "page",
    prober="http",
    timeout="5s",
    http={"preferred_ip_protocol": "ip4", "fail_if_not_ssl": True},
)
inner = Module(  # any 2xx of a server within the house, which speaks no TLS
    "inner",
    prober="http",
    timeout="5s",
    http={"preferred_ip_protocol": "ip4"},
)
