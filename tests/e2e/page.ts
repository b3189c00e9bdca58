import { type Locator, type Page, test as base, expect } from "@playwright/test";

export { expect };

/** A region of the page by its accessible name. */
export type Region = "Payload" | "Configuration" | "Result" | "Alerts" | "Problems" | "Code" | "Timeline" | "Compare";

/** Which tab holds the text. */
const TEXTS = { Payload: "Text", Configuration: "JSON" } as const;

/** The playground as someone uses it: by role and name. */
export class Playground {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto(process.env.OIM_PAGE_URL ?? "");
    await expect(this.cards.first()).toBeVisible();
    // The editors come a little later. Until then their panels show the beginning of the text, and keep the focus.
    await expect(this.page.locator("oim-editor pre:visible")).toHaveCount(0);
  }

  region(name: Region): Locator {
    return this.page.getByRole("region", { name, exact: true });
  }

  editor(name: "Payload" | "Configuration"): Locator {
    return this.page.getByRole("textbox", { name: `${name}, JSON` });
  }

  /** A whole text, whether an editor shows it or not; an editor itself draws only the lines in view. */
  text(name: "Payload" | "Configuration"): Promise<string> {
    const property = name === "Payload" ? "payload" : "config";
    return this.page
      .locator("oim-playground")
      .evaluate((element, property) => (element as unknown as Record<string, string>)[property] ?? "", property);
  }

  /** Opens a tab of a region. */
  async tab(region: Region, name: string): Promise<void> {
    await this.region(region)
      .getByRole("tab", { name: new RegExp(`^${name}`) })
      .click();
  }

  /** Replaces a text as a paste does. */
  async write(name: "Payload" | "Configuration", text: string): Promise<void> {
    await this.tab(name, TEXTS[name]);
    await this.editor(name).click();
    await this.page.keyboard.press("Control+a");
    await this.editor(name).evaluate((editor, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", pasted);
      editor.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true }),
      );
    }, text);
  }

  get cards(): Locator {
    return this.region("Alerts").getByRole("article");
  }

  /** The row of a tag, of `status`, `time` or `identity`, in an open card. */
  row(card: Locator, name: string): Locator {
    return card.getByRole("row").filter({ has: this.page.getByRole("button", { name: `why? ${name}`, exact: true }) });
  }

  /** "Use payload as sample" above the configuration; the form has another of the same name. */
  get useAsSample(): Locator {
    return this.page.getByRole("button", { name: "Use payload as sample" }).first();
  }

  get problems(): Locator {
    return this.region("Problems").getByRole("listitem");
  }
}

/** Opens the page, and fails the test for whatever the page complains about in the console or asks of a server it does not belong to. */
export const test = base.extend<{ playground: Playground }>({
  playground: async ({ page }, use) => {
    const complaints: string[] = [];
    const own = new URL(process.env.OIM_PAGE_URL ?? "").origin;
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
    // A page that goes away takes its requests along.
    page.on("requestfailed", (request) => {
      if (request.failure()?.errorText !== "net::ERR_ABORTED") complaints.push(`failed: ${request.url()}`);
    });
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.origin !== own) complaints.push(`foreign: ${request.url()}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
    });
    const playground = new Playground(page);
    await playground.open();
    await use(playground);
    expect(complaints).toEqual([]);
  },
});
