/** How far below or above the window an element begins to work. */
const AHEAD = "400px";

/** Does something once, as soon as an element comes near the window. Gives the function that calls it off. */
export function whenNear(element: Element, begin: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      begin();
    },
    { rootMargin: AHEAD },
  );
  observer.observe(element);
  return () => observer.disconnect();
}
