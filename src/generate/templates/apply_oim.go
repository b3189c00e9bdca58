// __ABOUT__
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
const body = __BODY__

var hints = map[int]string{
	__STATUS__: "__HINT__",
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
		// __EU_NOTE__
		base = "__BASE_URL__"
	}
	url := base + "/configurations/alerts/oim/__APP_KEY__"
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
