"""Reading PromQL: text to a tree with the place of every character, its faults, its labels.

Nothing here knows of rules, files or definitions: texts and versions in, values out. Names are
those of Prometheus' own parser.
"""
