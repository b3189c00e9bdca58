/** The engine as it comes to the element's worker: from the page, in its first message. */
export default await new Promise<string>((found) => {
  addEventListener("message", function take({ data }: MessageEvent<{ engine?: string }>) {
    if (data.engine === undefined) return;
    removeEventListener("message", take);
    found(data.engine);
  });
});
