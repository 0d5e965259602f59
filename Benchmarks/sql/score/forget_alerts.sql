-- As if no rule had ever been evaluated.
truncate hale_data.alert, hale_data.alert_event, hale_data.alert_rule;
