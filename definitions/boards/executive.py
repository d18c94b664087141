"""Executive overview: whether we keep our promises, what the day earns, what is wrong now."""

from definitions.boards import business
from definitions.services import (
    backend_api,
    customers,
    endpoints,
    frontend,
    orders,
    payments,
    rentals,
)
from giggamon_compiler import Dashboard, Measure, Query, Row, block, panel

_PROMISES = {
    "Pages work": frontend.whole_pages,
    "The shop answers": backend_api.availability,
    "Orders are taken": orders.availability,
    "Charges succeed": payments.success,
    "Rentals are handled": rentals.availability,
    "Customers can log in": customers.availability,
}

overview = Dashboard(
    "executive",
    title="Executive overview",
    description="One screen for those who do not read graphs every day.",
    rows=[
        Row(
            "Promises",
            [
                panel.BarGauge(
                    "Failures that are still allowed",
                    [
                        Query(Measure(promise, "budget"), legend=name)
                        for name, promise in _PROMISES.items()
                    ],
                    key="budgets",
                    unit="percentunit",
                    max=1,
                    decimals=0,
                    description="Of what each promise allows within 30 days. Below 0 it is broken, "
                    "and its team works on nothing else.",
                ),
                panel.TimeSeries(
                    "How fast failures are used up",
                    [
                        Query(Measure(promise, "burn", over="6h"), legend=name)
                        for name, promise in _PROMISES.items()
                    ],
                    key="burn",
                    unit="short",
                    min=0,
                    description="1 is the pace that lasts for just 30 days.",
                ),
            ],
        ),
        *block.pick(
            "The last day",
            business.overview,
            "orders-day",
            "revenue-day",
            "charges-day",
            "rentals-day",
            "registrations-day",
            prefix="day",
        ),
        *block.pick(
            "Against past weeks",
            [orders.dashboard, *customers.activity_panels],
            "volume-share",
            "revenue-share",
            "activity-share",
            prefix="past",
        ),
        *block.pick(
            "As customers see it",
            [*endpoints.panels, frontend.lcp_panel, frontend.checkout_panel],
            "website-success",
            "largest-paint",
            "checkout",
            prefix="seen",
        ),
        *block.alerts('severity="critical"'),
    ],
)
