"""What is watched at Nordkai, a ferry line, and who hears of it."""
