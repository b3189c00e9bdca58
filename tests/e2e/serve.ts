import { servePage } from "../../scripts/lib/serve-page.mjs";

/** Serves the built page on a free port. With `OIM_PAGE_URL` set, the page that is served there is tested instead. */
export default async function serve(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.OIM_PAGE_URL) return undefined;
  const { url, close } = await servePage(0);
  process.env.OIM_PAGE_URL = url;
  return close;
}
