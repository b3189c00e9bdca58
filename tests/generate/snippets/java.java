// Creates the Open Integration Manager configuration of an integration in BigPanda.
// After installing the integration wait ten minutes: earlier requests may not be successful.
// BIGPANDA_ORG_TOKEN in the environment is the Org Token; BIGPANDA_API_URL replaces the
// address of BigPanda, for tests and proxies. Ends with 2 without a token, 1 on failure.
// Java 17 or newer: java ApplyOim.java

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

public final class ApplyOim {
    /** Sent as it stands. */
    private static final String BODY = """
            {
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
                    "annotations": { "description": "It's at 95.80 %, \\"/var\\" first", "runbook": "C:\\\\runbooks\\\\disk.md" },
                    "startsAt": "2026-01-31T12:00:00.5Z"
                  }
                ]
              }
            }
            """;

    public static void main(String[] args) throws InterruptedException {
        System.exit(run());
    }

    private static int run() throws InterruptedException {
        String token = System.getenv("BIGPANDA_ORG_TOKEN");
        if (token == null || !token.matches("[!-~]+")) {
            System.err.println("Set BIGPANDA_ORG_TOKEN to an Org Token of BigPanda, without spaces or line ends.");
            return 2;
        }
        String base = System.getenv("BIGPANDA_API_URL");
        if (base == null || base.isEmpty()) {
            base = "https://integrations.bigpanda.io";
        }
        URI url = URI.create(base + "/configurations/alerts/oim/0f1e2d3c4b5a69788796a5b4c3d2e1f0");
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        for (int pause = 1; ; pause *= 2) {
            HttpResponse<String> answer;
            try {
                answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (IOException error) {
                System.err.println("No answer from " + url + ": " + error);
                return 1;
            }
            int status = answer.statusCode();
            // 429 means more than 5 requests a second; nothing else is worth another try.
            if (status == 429 && pause <= 8) {
                Thread.sleep(pause * 1000L);
                continue;
            }
            if (status >= 200 && status < 300) {
                System.out.println("BigPanda accepted the configuration (" + status + ").");
                return 0;
            }
            System.err.println("BigPanda answered " + status + ": " + answer.body());
            System.err.println(hint(status));
            return 1;
        }
    }

    private static String hint(int status) {
        return switch (status) {
            case 401 -> "BIGPANDA_ORG_TOKEN has to be an Org Token, not a User API Key.";
            case 404 -> "There is no integration with this app key: install it in BigPanda first.";
            case 409 -> "Wait until ten minutes after the installation of the integration, then try again.";
            case 413 -> "The body is too large: use a smaller sample, BigPanda accepts up to 6 MB.";
            default -> "";
        };
    }
}
