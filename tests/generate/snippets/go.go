// Creates the Open Integration Manager configuration of an integration in BigPanda.
// After installing the integration wait ten minutes: earlier requests may not be successful.
// BIGPANDA_ORG_TOKEN in the environment is the Org Token; BIGPANDA_API_URL replaces the
// address of BigPanda, for tests and proxies. Ends with 2 without a token, 1 on failure.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"time"
)

// body is sent as it stands.
const body = `{
  "config": {
    "is_array": true,
    "array_source": "alerts",
    "status": {
      "source": ["@alert.status", "@alert.labels.severity"],
      "status_map": {
        "ok": ["resolved"],
        "warning": ["warning"],
        "critical": ["critical", "page"]
      },
      "default_to": "critical"
    },
    "primary_property": { "name": "host", "source": ["@alert.labels.instance", "@alert.labels.job"] },
    "secondary_property": { "name": "check", "source": ["@alert.labels.alertname"] },
    "additional_attributes": [
      { "source": ["@alert.annotations"], "flatten": true }
    ],
    "timestamp": { "source": ["@alert.startsAt"] }
  },
  "sample_payload": {
    "receiver": "oim",
    "alerts": [
      {
        "status": "firing",
        "labels": { "alertname": "DiskAlmostFull", "instance": "web-1:9100", "job": "node", "severity": "page" },
        "annotations": { "description": "It's at 95.80 %, \"/var\" first", "runbook": "C:\\runbooks\\disk.md" },
        "startsAt": "2026-01-31T12:00:00.5Z"
      }
    ]
  }
}
`

var hints = map[int]string{
	401: "BIGPANDA_ORG_TOKEN has to be an Org Token, not a User API Key.",
	404: "There is no integration with this app key: install it in BigPanda first.",
	409: "Wait until ten minutes after the installation of the integration, then try again.",
	413: "The body is too large: use a smaller sample, BigPanda accepts up to 6 MB.",
}

func main() {
	os.Exit(run())
}

func run() int {
	token := os.Getenv("BIGPANDA_ORG_TOKEN")
	if !regexp.MustCompile("^[!-~]+$").MatchString(token) {
		fmt.Fprintln(os.Stderr, "Set BIGPANDA_ORG_TOKEN to an Org Token of BigPanda, without spaces or line ends.")
		return 2
	}
	base := os.Getenv("BIGPANDA_API_URL")
	if base == "" {
		base = "https://integrations.bigpanda.io"
	}
	url := base + "/configurations/alerts/oim/0f1e2d3c4b5a69788796a5b4c3d2e1f0"
	for _, pause := range []time.Duration{1, 2, 4, 8, 0} {
		status, answer, err := post(url, token)
		if err != nil {
			fmt.Fprintf(os.Stderr, "No answer from %s: %v\n", url, err)
			return 1
		}
		// 429 means more than 5 requests a second; nothing else is worth another try.
		if status == http.StatusTooManyRequests && pause > 0 {
			time.Sleep(pause * time.Second)
			continue
		}
		if status >= 200 && status < 300 {
			fmt.Printf("BigPanda accepted the configuration (%d).\n", status)
			return 0
		}
		fmt.Fprintf(os.Stderr, "BigPanda answered %d: %s\n%s\n", status, answer, hints[status])
		return 1
	}
	return 1
}

func post(url, token string) (int, []byte, error) {
	request, err := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	client := http.Client{
		Timeout: 60 * time.Second,
		// Keeps the token from going anywhere else.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	response, err := client.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	return response.StatusCode, answer, err
}
