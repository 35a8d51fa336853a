{{/* Labels of every object. */}}
{{- define "chat.labels" -}}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/part-of: secureapprove-chat
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* The image of a component. */}}
{{- define "chat.image" -}}
{{- $digest := index .root.Values.image.digests .part -}}
{{- if $digest -}}
{{ .root.Values.image.registry }}/{{ .part }}@{{ $digest }}
{{- else -}}
{{ .root.Values.image.registry }}/{{ .part }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}
{{- end -}}
{{- end }}

{{/* Differs between versions and values. */}}
{{- define "chat.release" -}}
{{ printf "%s %s %s" .Chart.Version .Chart.AppVersion (toJson .Values) | sha256sum | trunc 10 }}
{{- end }}

{{/* A change of the settings restarts the pods. */}}
{{- define "chat.annotations" -}}
checksum/settings: {{ include (print .Template.BasePath "/settings.yaml") . | sha256sum }}
{{- with .Values.podAnnotations }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Where pods may run, and with which credentials their images are pulled. */}}
{{- define "chat.scheduling" -}}
priorityClassName: {{ .Values.priorityClassName | quote }}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* The variables of a component that exports spans. */}}
{{- define "chat.tracing" -}}
{{- if .Values.tracing.enabled -}}
- name: CHAT_TRACING_ENDPOINT
  value: {{ .Values.tracing.endpoint | quote }}
- name: CHAT_TRACING_RATIO
  value: {{ .Values.tracing.ratio | quote }}
{{- end -}}
{{- end }}
