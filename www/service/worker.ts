/**
 * The service worker: the page's own files from a cache, so that it opens without a network. The list of files and the
 * digest of their contents are put in by the build. Nothing else is ever stored or answered.
 */
export {};

declare const self: ServiceWorkerGlobalScope;
declare const FILES: readonly string[];
declare const DIGEST: string;

/** Of this page only; others of the same origin may have caches, too. */
const OWN = `oim-playground ${self.registration.scope} `;
const NAME = OWN + DIGEST;
/** Some hosts say that their answers vary by the origin that asks. These files are the same for whoever asks. */
const SAME: CacheQueryOptions = { ignoreSearch: true, ignoreVary: true };
/** Addresses of the files; the page itself is also the folder. */
const KNOWN = new Map(FILES.map((path) => [new URL(path, self.registration.scope).href, path]));

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(begin()));
// A newer version waits until the user says so: files of two versions do not fit together.
self.addEventListener("message", ({ data }) => {
  if (data === "begin") void self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = request.method === "GET" ? KNOWN.get(request.url.replace(/[?#].*$/s, "")) : undefined;
  if (path !== undefined) event.respondWith(answer(request));
});

async function fill(): Promise<void> {
  const cache = await caches.open(NAME);
  await Promise.all(
    FILES.map(async (path) => {
      const url = new URL(path, self.registration.scope).href;
      // A name with a digest of its contents is the same file in every version.
      const there = /-[\w-]{8}\.\w+$/.test(path) ? await caches.match(url, SAME) : undefined;
      if (there) await cache.put(url, there);
      else await cache.add(new Request(url, { cache: "no-cache" }));
    }),
  );
}

async function begin(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(OWN) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  return (await cache.match(request, SAME)) ?? fetch(request);
}
