import alertmanager from "./alertmanager.json?raw";
import nagios from "./nagios.json?raw";
import zabbix from "./zabbix.json?raw";

/** A request body to start from. Its sample is the payload. */
export interface Example {
  id: string;
  label: string;
  /** The text as it is shown, so its formatting is part of it. */
  body: string;
}

export const examples: Example[] = [
  { id: "alertmanager", label: "Prometheus Alertmanager", body: alertmanager },
  { id: "nagios", label: "Nagios", body: nagios },
  { id: "zabbix", label: "Zabbix", body: zabbix },
];
