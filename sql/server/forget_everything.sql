-- Empties every table of facts, scores and tasks; settings and the schema stay.
truncate
    hale_data.account, hale_data.account_change, hale_data.account_cover, hale_data.account_key, hale_data.account_note,
    hale_data.alert, hale_data.alert_event, hale_data.alert_rule,
    hale_data.alert_group, hale_data.delivery, hale_data.delivery_archive, hale_data.delivery_attempt, hale_data.digest,
    hale_data.outbox,
    hale_data.band_override, hale_data.calibration, hale_data.common_change,
    hale_data.contract, hale_data.contract_version, hale_data.csm,
    hale_data.feature, hale_data.feature_month, hale_data.forecast_entry, hale_data.forecast_snapshot,
    hale_data.frozen_forecast, hale_data.frozen_renewal, hale_data.fx_rate, hale_data.health_score, hale_data.holiday,
    hale_data.import_change, hale_data.import_receipt, hale_data.import_reject, hale_data.invoice, hale_data.model,
    hale_data.lead, hale_data.nps_response,
    hale_data.person, hale_data.person_month, hale_data.portfolio_day, hale_data.pulse,
    hale_data.renewal_evidence,
    hale_data.score_run, hale_data.silence, hale_data.spend,
    hale_data.task, hale_data.task_event, hale_data.ticket, hale_data.touchpoint, hale_data.usage_event,
    hale_data.usage_event_key, hale_data.usage_month
restart identity
