// __ABOUT__
// Java 17 or newer: java ApplyOim.java

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

public final class ApplyOim {
    /** Sent as it stands. */
    private static final String BODY = __BODY__;

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
            // __EU_NOTE__
            base = "__BASE_URL__";
        }
        URI url = URI.create(base + "/configurations/alerts/oim/__APP_KEY__");
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
            case __STATUS__ -> "__HINT__";
            default -> "";
        };
    }
}
