/** An element with text in it. What stands in back-ticks becomes code; nothing becomes markup. */
export function text(tag: string, name: string, content: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = name;
  content.split("`").forEach((part, place) => {
    if (place % 2 === 0) return element.append(part);
    const code = document.createElement("code");
    code.textContent = part;
    element.append(code);
  });
  return element;
}
