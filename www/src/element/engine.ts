/**
 * The engine as it comes to the element's worker: from the page, in its first message. A promise, as bundlers that make a
 * classic script of the worker do not take an `await` outside of functions.
 */
export default new Promise<string>((found) => {
  addEventListener("message", function take(event: MessageEvent<{ engine?: string }>) {
    if (event.data.engine === undefined) return;
    // No question to the worker, which listens as well.
    event.stopImmediatePropagation();
    removeEventListener("message", take);
    found(event.data.engine);
  });
});
