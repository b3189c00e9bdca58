import { createServer } from "node:http";

/** Serves on a free port of loopback what `answer` gives. To be closed even where a browser holds connections. */
export async function serve(answer) {
  const server = createServer(answer);
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}
