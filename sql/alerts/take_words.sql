-- Purpose: gives open alerts the severity, labels and playbook that their rules have now.
-- Parameters: $1 rules (text[]), $2 their severities (text[]), $3 labels (text[], JSON), $4 playbooks (text[]).
update hale_data.alert as alert
set severity = rule.severity, labels = rule.labels::jsonb, playbook = coalesce(rule.playbook, alert.playbook)
from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as rule (name, severity, labels, playbook)
where alert.state in ('pending', 'firing') and alert.rule = rule.name and alert.subject = ''
    and (alert.severity, alert.labels, alert.playbook) is distinct from (
        rule.severity, rule.labels::jsonb, coalesce(rule.playbook, alert.playbook))
