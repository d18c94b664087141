"""Reading Go templates as Prometheus uses them in the annotations and labels of alerts.

Facts are those of Go's text/template (packages `text/template` and `text/template/parse`) and of
Prometheus' own functions; both held versions of promtool judge the same texts in the tests.
"""
