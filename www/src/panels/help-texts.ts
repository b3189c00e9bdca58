/** What the help says. */
import { html, type TemplateResult } from "lit";

/** How to go from a payload to a configuration, in order. */
export const GUIDE: [string, TemplateResult | string][] = [
  [
    "Bring a payload",
    "Paste or drop the JSON that your tool sends, or start with an example. Several payloads, such as a problem and its recovery, show more of what the tool sends: open their files together.",
  ],
  [
    "Get a configuration",
    "Suggest proposes one with its reasons. Or map fields yourself: in the form, in the list of fields beside the payload, or as JSON. You can also paste a configuration that you have.",
  ],
  [
    "Look at the alerts",
    html`Each alert shows its status, time, tags and identity. <em>why?</em> shows where a value comes from: the rule, the path and the place in the payload.`,
  ],
  [
    "Work through the problems",
    "Each problem names its place and says what to do. Many can be fixed with one click, and every change can be undone.",
  ],
  [
    "Check what happens over time",
    "Timeline shows how alerts open, change and are resolved through several payloads. Compare shows what your changes do to the alerts, above all to their identity.",
  ],
  [
    "Send it",
    html`Code has the request in the language of your choice. Put in the app key of the integration, set <code>BIGPANDA_ORG_TOKEN</code> to your org token, and run it. This page sends nothing itself.`,
  ],
];

/** The rules, each by its subject. */
export const RULES: [string, TemplateResult | string][] = [
  [
    "Paths",
    html`A source is the path of a field: the keys that lead to it, joined by dots. If a payload holds several alerts, <code>array_source</code> names their array, and <code>@alert.</code> begins at the current one. A path never leads through another array.`,
  ],
  [
    "Values",
    html`Of several sources the first with a value counts. Missing, <code>null</code>, an empty text, array or object is no value; <code>0</code> and <code>false</code> are.`,
  ],
  ["Tags", "A rule makes one tag. Names begin with a letter and have at most 64 characters: a to z, 0 to 9, _ and -."],
  [
    "Primary and secondary",
    "The primary property says what an alert is about, the secondary what is wrong with it. Without a primary value there is no alert.",
  ],
  [
    "Status",
    html`A value has to be in a list exactly as it is sent. Where no source matches, <code>default_to</code> is the status.`,
  ],
  ["Time", "Without a rule for the time, or where none of its sources can be read, the time of receipt counts."],
  [
    "Identity",
    "Alerts with the same identity are the same alert: a later one updates or resolves the earlier. By default the primary and the secondary value identify it, so choose values that stay the same from problem to recovery.",
  ],
  ["Sample", html`A new configuration needs a <code>sample_payload</code> with every field that its rules use.`],
  [
    "Versions",
    "Version 1 is for organizations that joined BigPanda before 2023, version 2 for those that joined later. In version 2 each property is a list of tags, a filter can drop alerts, and tags have no default.",
  ],
  [
    "Not documented",
    "Where BigPanda's documentation is silent, this project decided. Diagnostic codes say for each rule whether it is documented, inferred or a decision of this project.",
  ],
];

/** Where keys work, and what they do. On a Mac, Ctrl is Cmd. */
export const KEYS: [string, [string[], string][]][] = [
  [
    "Everywhere",
    [
      [["?"], "This list, unless you are typing"],
      [["F6", "Shift+F6"], "Go to the next or the previous panel"],
      [["Ctrl+Enter"], "Suggest a configuration for the payload"],
      [["Ctrl+Z"], "Undo the last change, in whichever text it was made"],
      [["Ctrl+Y"], "Redo"],
      [["Escape"], "Close a menu, a list or a dialog"],
    ],
  ],
  [
    "Tabs, menus and the list of problems",
    [
      [["Arrow keys", "Home", "End"], "Go from one to the next"],
      [["Enter"], "Choose, or go to the place of the problem"],
    ],
  ],
  [
    "Lines between panels",
    [
      [["Arrow keys"], "Move the line between panels that has the focus; with Shift further"],
      [["Home", "End"], "Move it as far as it goes"],
    ],
  ],
  [
    "Editors",
    [
      [["Ctrl+Space"], "Completions: attributes, paths, statuses"],
      [["F8", "Shift+F8"], "Next and previous problem"],
      [["Ctrl+F"], "Find and replace"],
      [["Ctrl+Shift+[", "Ctrl+Shift+]"], "Fold and unfold"],
      [["Tab"], "Leave the editor"],
    ],
  ],
  [
    "Form",
    [
      [["Alt+↑", "Alt+↓"], "Move a tag"],
      [["Alt+←", "Alt+→"], "Move a source or a value in its list"],
      [["Delete"], "Remove a source or a value"],
    ],
  ],
];
