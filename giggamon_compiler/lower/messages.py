"""What a message says: the notification templates that the receivers' fields name.

They are Go templates of Alertmanager, whole files as it reads them. They name no label of the
house: the severity is the last part of the receiver's name. They use only what Alertmanager 0.25
knows.
"""

from giggamon_compiler.ir import Template

_TEXT = """\
{{ define "giggamon.title" -}}
[{{ .Status | toUpper }}{{ if eq .Status "firing" }}:{{ .Alerts.Firing | len }}{{ end }}]
{{- range .GroupLabels.SortedPairs }} {{ .Value }}{{ end }}
{{- end }}

{{ define "giggamon.alert" -}}
{{ with .Annotations.summary }}{{ . }}
{{ end }}{{ with .Annotations.description }}{{ . }}
{{ end }}{{ range .Labels.SortedPairs }}{{ .Name }}={{ .Value }} {{ end }}
{{ with .Annotations.runbook_url }}Runbook: {{ . }}
{{ end }}{{ with .Annotations.dashboard_url }}Dashboard: {{ . }}
{{ end }}
{{- end }}

{{ define "giggamon.text" -}}
{{ range .Alerts.Firing }}{{ template "giggamon.alert" . }}
{{ end }}{{ range .Alerts.Resolved }}Resolved: {{ template "giggamon.alert" . }}
{{ end }}
{{- end }}

{{ define "giggamon.url" -}}
{{ with .CommonAnnotations.dashboard_url }}{{ . }}{{ else }}{{ .ExternalURL }}{{ end }}
{{- end }}

{{ define "giggamon.runbook" }}{{ .CommonAnnotations.runbook_url }}{{ end }}

{{ define "giggamon.dashboard" }}{{ .CommonAnnotations.dashboard_url }}{{ end }}

{{ define "giggamon.severity" -}}
{{ $severity := reReplaceAll "^.*/" "" .Receiver -}}
{{ if match "^(critical|error|warning|info)$" $severity }}{{ $severity }}{{ else }}error{{ end }}
{{- end }}
"""

TEMPLATES = (Template("giggamon", _TEXT),)
