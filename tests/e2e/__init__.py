"""Real servers, from compiled outputs, in a scenario: who hears of what, and how soon."""
