import alertmanager from "./alertmanager.json?raw";
import alertmanager2 from "./alertmanager-2.json?raw";
import appdynamics from "./appdynamics.json?raw";
import azureMonitor from "./azure-monitor.json?raw";
import azureMonitor2 from "./azure-monitor-2.json?raw";
import cloudwatch from "./cloudwatch.json?raw";
import cribl from "./cribl.json?raw";
import datadog from "./datadog.json?raw";
import dynatrace from "./dynatrace.json?raw";
import grafana from "./grafana.json?raw";
import logscale from "./logscale.json?raw";
import nagios from "./nagios.json?raw";
import newRelic from "./new-relic.json?raw";
import scom from "./scom.json?raw";
import splunk from "./splunk.json?raw";
import zabbix from "./zabbix.json?raw";
import zabbix2 from "./zabbix-2.json?raw";
import { sampleOf } from "../json/body.ts";

/** A request body to start from. Its sample is the payload. */
export interface Example {
  id: string;
  label: string;
  /** One sentence on what is worth knowing of it. */
  note: string;
  /** The text as it is shown, so its formatting is part of it. */
  body: string;
}

export const examples: Example[] = [
  {
    id: "alertmanager",
    label: "Prometheus Alertmanager",
    note: "The status is asked first, so that an alert that is resolved is ok whatever severity it had.",
    body: alertmanager,
  },
  {
    id: "appdynamics",
    label: "AppDynamics",
    note: "The name of the policy stands beside the events and is the same for each of them.",
    body: appdynamics,
  },
  {
    id: "azure-monitor",
    label: "Azure Monitor",
    note: "One alert in a payload, in the common alert schema; what it is about is a list of names.",
    body: azureMonitor,
  },
  {
    id: "cloudwatch",
    label: "Amazon CloudWatch",
    note: "The message that SNS delivers for an alarm; its dimensions are an array, into which no path leads.",
    body: cloudwatch,
  },
  {
    id: "cribl",
    label: "Cribl",
    note: "The payload itself is the array of alerts, which an empty array source names.",
    body: cribl,
  },
  {
    id: "datadog",
    label: "Datadog",
    note: "The transition says whether an alert is over, the alert type how bad it is.",
    body: datadog,
  },
  {
    id: "dynatrace",
    label: "Dynatrace",
    note: "The problem is the alert; its ranked events are details of it.",
    body: dynatrace,
  },
  {
    id: "grafana",
    label: "Grafana",
    note: "Labels and annotations become tags, each by its own name.",
    body: grafana,
  },
  {
    id: "logscale",
    label: "Falcon LogScale",
    note: "Keys with dots and signs in them are written in a path as they are; no field says when an alert is over but the level of the log.",
    body: logscale,
  },
  {
    id: "nagios",
    label: "Nagios",
    note: "An alert of a service has the state of the service, one of a host that of the host.",
    body: nagios,
  },
  {
    id: "new-relic",
    label: "New Relic",
    note: "Times in milliseconds and in seconds are distinguished by their size.",
    body: newRelic,
  },
  {
    id: "scom",
    label: "Microsoft SCOM",
    note: "Closed alerts keep their severity, so the state is asked before it.",
    body: scom,
  },
  {
    id: "splunk",
    label: "Splunk",
    note: "Each result is an alert; the name of the search stands beside the results.",
    body: splunk,
  },
  {
    id: "zabbix",
    label: "Zabbix",
    note: "It sends no time, so the time of receipt is used.",
    body: zabbix,
  },
  {
    id: "alertmanager-2",
    label: "Prometheus Alertmanager, version 2",
    note: "An alert without a host has its job as the primary property; a filter drops what comes from tests.",
    body: alertmanager2,
  },
  {
    id: "azure-monitor-2",
    label: "Azure Monitor, version 2",
    note: "Where no name is listed, the resource is the primary property; a filter drops the lowest severity.",
    body: azureMonitor2,
  },
  {
    id: "zabbix-2",
    label: "Zabbix, version 2",
    note: "The fields that no rule names become tags too.",
    body: zabbix2,
  },
];

/** Two texts of the page, as its documents have them. */
type Texts = Record<"payload" | "config", { readonly length: number; readonly text: string }>;

/** The example that both texts are, by its number; `null` as soon as one of them is the user's own. */
export function exampleOf({ payload, config }: Texts): number | null {
  // Texts of another length are not the same, and are not read.
  const isIt = (one: Texts["config"], text: string) => one.length === text.length && one.text === text;
  const at = examples.findIndex(({ body }) => isIt(config, body) && isIt(payload, sampleOf(body)));
  return at < 0 ? null : at;
}
