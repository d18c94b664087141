"""Who is told about what nobody here sends."""

from definitions.crews import harbour, piers, vessels
from giggamon_compiler import RouteTest

unknown_crew = RouteTest({"crew": "kitchen", "urgency": "wake"}, notifies=[harbour.page])
unknown_crew_looks = RouteTest({"crew": "kitchen", "urgency": "look"}, notifies=[harbour.mail])
unknown_crew_notes = RouteTest({"crew": "kitchen", "urgency": "note"}, notifies=[harbour.chat])
unknown_urgency = RouteTest({"crew": "vessels", "urgency": "panic"}, notifies=[vessels.mail])
nothing_known = RouteTest({"alertname": "Stray"}, notifies=[harbour.mail])

harbour_wakes = RouteTest({"crew": "harbour", "urgency": "wake"}, notifies=[harbour.page])
harbour_looks = RouteTest({"crew": "harbour", "urgency": "look"}, notifies=[harbour.mail])
harbour_notes = RouteTest({"crew": "harbour", "urgency": "note"}, notifies=[harbour.chat])
pier_wakes = RouteTest(
    {"crew": "harbour", "urgency": "wake", "place": "pier-2"}, notifies=[piers.page]
)
pier_looks = RouteTest(
    {"crew": "harbour", "urgency": "look", "place": "pier-2"}, notifies=[harbour.mail]
)
vessels_wake = RouteTest({"crew": "vessels", "urgency": "wake"}, notifies=[vessels.page])
vessels_look = RouteTest({"crew": "vessels", "urgency": "look"}, notifies=[vessels.mail])
vessels_note = RouteTest({"crew": "vessels", "urgency": "note"}, notifies=[vessels.chat])
