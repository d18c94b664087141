"""Frontend: the shop as customers' browsers see it, told by monitoring.js to a collector."""

from definitions.policy import critical, info, warning
from definitions.teams import web
from giggamon_compiler import (
    SLO,
    Alert,
    Query,
    Ratio,
    Scrape,
    Service,
    library,
    metric,
    panel,
)

# What is too much -------------------------------------------------------------------------------

http_limits = library.http_service.Limits(
    errors=0.1,  # what a browser tells in vain is only missed on the boards
    seconds=1,  # browsers send while a page is closed, and give up soon
    least=1,
)
view_limits = library.seasonal.Limits(
    least=1200,  # in an hour; at night there are fewer, and they vary
    collapsed=0.2,
    low=0.5,
    high=4,  # a campaign doubles them; beyond it look for robots
)
views_least = 0.2  # a second; with fewer, one customer with a broken extension is a share
errors_per_view = 0.05  # browsers' extensions alone make one in a hundred
largest_paint = 2.5  # seconds; what web.dev calls good, at the 75th percentile
next_paint = 0.2  # seconds; the same for the answer to a click
layout_shift = 0.1  # the same, without a unit
checkouts_least = 30  # in an hour; at night there are fewer
checkout_ended = 0.25  # of those who begin to pay: on a usual day it is every second

# What runs, and what it shows -------------------------------------------------------------------

service = Service(
    "frontend",
    team=web,
    scrape=Scrape("frontend", targets=["frontend-collector:8000"]),
    depends_on=["backend-api"],
)

http = library.http_service.metrics(
    routes=["/beacons"], methods=["POST"], codes=["204", "400", "429", "500"]
)

views = metric.Counter(
    "frontend_page_views_total",
    help="Pages that were shown",
    labels={"page": ["home", "search", "item", "basket", "checkout", "account"]},
)
broken_views = metric.Counter(
    "frontend_broken_page_views_total",
    help="Pages whose own code failed before they could be used",
)
errors = metric.Counter(
    "frontend_errors_total",
    help="Faults of the page's own code; every kind exists from the start",
    labels={"kind": ["error", "unhandledrejection", "resource"]},
)
lcp = metric.Histogram(
    "frontend_largest_contentful_paint_seconds",
    help="Time until the largest part of a page is shown (web-vitals: LCP)",
    buckets=["0.5", "1", "2.5", "4", "8"],
    labels={"page": ["home", "search", "item", "basket", "checkout", "account"]},
)
inp = metric.Histogram(
    "frontend_interaction_to_next_paint_seconds",
    help="Time from a click or a key to what it changes on the page (web-vitals: INP)",
    buckets=["0.05", "0.1", "0.2", "0.5", "1"],
)
cls = metric.Histogram(
    "frontend_cumulative_layout_shift",
    help="How far a page jumps while it is built up (web-vitals: CLS)",
    buckets=["0.01", "0.05", "0.1", "0.25", "1"],
)
interactions = metric.Histogram(
    "frontend_interaction_duration_seconds",
    help="Time that an interaction with a name takes, from the click to its end",
    buckets=["0.1", "0.25", "0.5", "1", "2.5", "5"],
    labels={"name": ["search", "add-to-basket", "pay"]},
)
journey = metric.Counter(
    "frontend_journey_steps_total",
    help="Customers who got as far as a step of the way to a rental",
    labels={"step": ["search", "item", "basket", "checkout", "confirmed"]},
)

# What must hold ---------------------------------------------------------------------------------

whole_pages = SLO(
    "whole-pages",
    objective=99,
    window="30d",
    fast=critical,
    slow=warning,
    sli=Ratio(
        bad='frontend_broken_page_views_total{job="frontend"}',
        total='frontend_page_views_total{job="frontend"}',
    ),
)

http_alerts = library.http_service.alerts(  # of the collector: customers do not meet them
    "FrontendCollector", "frontend", http_limits, critical=warning, warning=info
)
view_alerts = library.seasonal.alerts(
    "FrontendViews",
    'frontend_page_views_total{job="frontend"}',
    view_limits,
    record="frontend:page_views",
    subject="page views",
    window="1h",
    collapsed=warning,  # what pages is that the backend is not asked any more
    low=info,
    high=info,
)

script_errors = Alert(
    "FrontendErrors",
    expr=f"""
        sum(rate(frontend_errors_total{{job="frontend"}}[10m]))
          / (sum(rate(frontend_page_views_total{{job="frontend"}}[10m])) > {views_least})
          > {errors_per_view}
    """,
    for_="5m",
    severity=warning,
    summary="The shop's own code fails in customers' browsers",
    description="There are {{ $value | humanize }} faults for each page that is shown.",
)
pages_slow = Alert(
    "FrontendPagesSlow",
    expr=f"""
        histogram_quantile(0.75,
          sum by (le) (
            rate(frontend_largest_contentful_paint_seconds_bucket{{job="frontend"}}[30m])))
          > {largest_paint}
    """,
    for_="30m",
    severity=warning,
    summary="Customers wait for pages",
    description="One page in four takes longer than {{ $value | humanizeDuration }} until its "
    "largest part is shown.",
)
clicks_slow = Alert(
    "FrontendClicksSlow",
    expr=f"""
        histogram_quantile(0.75,
          sum by (le) (
            rate(frontend_interaction_to_next_paint_seconds_bucket{{job="frontend"}}[30m])))
          > {next_paint}
    """,
    for_="30m",
    severity=info,
    summary="Pages answer slowly to clicks",
    description="One click in four is answered after {{ $value | humanizeDuration }} or later.",
)
pages_jump = Alert(
    "FrontendPagesJump",
    expr=f"""
        histogram_quantile(0.75,
          sum by (le) (
            rate(frontend_cumulative_layout_shift_bucket{{job="frontend"}}[30m])))
          > {layout_shift}
    """,
    for_="30m",
    severity=info,
    summary="Pages jump while they are built up",
    description="One page in four shifts by {{ $value | humanize }} or more.",
)
checkout_lost = Alert(
    "FrontendCheckoutLost",
    expr=f"""
        sum(increase(frontend_journey_steps_total{{job="frontend",step="confirmed"}}[1h]))
          / (sum(increase(frontend_journey_steps_total{{job="frontend",step="checkout"}}[1h]))
            > {checkouts_least})
          < {checkout_ended}
    """,
    for_="15m",
    severity=warning,
    summary="Customers begin to pay and do not get to the end",
    description="{{ $value | humanizePercentage }} of those who came to the checkout in an hour "
    "got their confirmation.",
)

# What is looked at ------------------------------------------------------------------------------

http_panels = library.http_service.panels("frontend", http_alerts)
view_panels = library.seasonal.panels("Page views", "views", view_alerts)

_SLOWEST_QUARTER = 'histogram_quantile(0.75, sum by (le) (rate({}{{job="frontend"}}[30m])))'

errors_panel = panel.TimeSeries(
    "Faults for each page view",
    [
        Query(
            'sum(rate(frontend_errors_total{job="frontend"}[10m]))'
            ' / sum(rate(frontend_page_views_total{job="frontend"}[10m]))',
            legend="faults",
        )
    ],
    key="errors-per-view",
    unit="short",
    min=0,
    description="Faults of the page's own code. Extensions of browsers make one in a hundred.",
    signal="errors",
    threshold=script_errors,
)
kinds_panel = panel.TimeSeries(
    "Faults by kind",
    [
        Query(
            'sum by (kind) (rate(frontend_errors_total{job="frontend"}[$__rate_interval]))',
            legend="{{kind}}",
        )
    ],
    key="errors-by-kind",
    unit="ops",
    min=0,
    description="resource: a script, style or picture that was not delivered.",
    signal="errors",
)
lcp_panel = panel.TimeSeries(
    "Time until the largest part of a page is shown",
    [
        Query(
            _SLOWEST_QUARTER.format("frontend_largest_contentful_paint_seconds_bucket"),
            legend="75 % of the pages",
        )
    ],
    key="largest-paint",
    unit="s",
    min=0,
    description="Up to 2.5 s is good, says web.dev.",
    signal="duration",
    threshold=pages_slow,
)
lcp_by_page_panel = panel.TimeSeries(
    "Time until the largest part is shown, by page",
    [
        Query(
            "histogram_quantile(0.75, sum by (page, le) (rate("
            'frontend_largest_contentful_paint_seconds_bucket{job="frontend"}[30m])))',
            legend="{{page}}",
        )
    ],
    key="largest-paint-by-page",
    unit="s",
    min=0,
    description="Which page it is that customers wait for.",
    signal="duration",
)
inp_panel = panel.TimeSeries(
    "Time from a click to what it changes",
    [
        Query(
            _SLOWEST_QUARTER.format("frontend_interaction_to_next_paint_seconds_bucket"),
            legend="75 % of the clicks",
        )
    ],
    key="next-paint",
    unit="s",
    min=0,
    description="Up to 0.2 s is good, says web.dev.",
    signal="duration",
    threshold=clicks_slow,
)
cls_panel = panel.TimeSeries(
    "How far pages jump",
    [
        Query(
            _SLOWEST_QUARTER.format("frontend_cumulative_layout_shift_bucket"),
            legend="75 % of the pages",
        )
    ],
    key="layout-shift",
    unit="short",
    min=0,
    description="Up to 0.1 is good, says web.dev.",
    threshold=pages_jump,
)
interactions_panel = panel.TimeSeries(
    "Time of the slowest twentieth of the interactions",
    [
        Query(
            "histogram_quantile(0.95, sum by (name, le) (rate("
            'frontend_interaction_duration_seconds_bucket{job="frontend"}[$__rate_interval])))',
            legend="{{name}}",
        )
    ],
    key="interactions",
    unit="s",
    min=0,
    description="From the click to the end of what it began, the backend's part included.",
    signal="duration",
)
journey_panel = panel.TimeSeries(
    "Customers by step of the way to a rental",
    [
        Query(
            'sum by (step) (increase(frontend_journey_steps_total{job="frontend"}[1h]))',
            legend="{{step}}",
        )
    ],
    key="journey",
    unit="short",
    min=0,
    description="In an hour. Where two lines part, customers are lost.",
)
checkout_panel = panel.TimeSeries(
    "Share of checkouts that end well",
    [
        Query(
            'sum(increase(frontend_journey_steps_total{job="frontend",step="confirmed"}[1h]))'
            ' / sum(increase(frontend_journey_steps_total{job="frontend",step="checkout"}[1h]))',
            legend="confirmed",
        )
    ],
    key="checkout",
    unit="percentunit",
    min=0,
    description="Of those who came to the checkout in an hour. On a usual day it is every second.",
    threshold=checkout_lost,
)
