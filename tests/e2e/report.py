"""What a run gave, for people."""

from __future__ import annotations

from tests.e2e.run import Outcome
from tests.e2e.verdict import Verdict


def arrived(outcome: Outcome) -> str:
    """Every message as it arrived, one after the other."""
    return "".join(
        f"{message.kind} {message.address} at {outcome.clock.scenario(message.arrived):.1f} s\n"
        f"{message.show()}\n\n"
        for message in outcome.messages
    )


def table(verdict: Verdict) -> str:
    """What arrived, and how long it took, one line each."""
    lines = []
    for arrival in sorted(verdict.arrivals, key=lambda each: each.expect.after + each.took):
        limit = f"at most {arrival.expect.within:g}"
        if arrival.bound:
            limit += f"; bound {arrival.bound.seconds:g} beyond for {arrival.bound.for_:g}"
        lines.append(
            f"{arrival.expect.after:7g} s  {arrival.expect.alert:28} {arrival.expect.status:9}"
            f"{arrival.destination:14} after {arrival.took:6.1f} s ({limit})\n"
        )
    return "".join(lines)
