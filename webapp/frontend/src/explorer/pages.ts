/**
 * One state of the explorer to the next: the server makes the page of each, and its parts take the place of those that are
 * there. So the drawing, the table, the legend and the files can never say different things.
 */

/** Fetches the page of an address; what the server refuses is an error in its words. */
export async function fetched(address: string, signal: AbortSignal): Promise<{ page: Document; address: string }> {
  const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok || !page.querySelector("liaison-explorer")) {
    throw new Error(answer.ok ? "" : (page.querySelector("main p")?.textContent?.trim() ?? answer.statusText));
  }
  const place = new URL(answer.url);
  return { page, address: place.pathname + place.search };
}

/** Puts the parts of a page into the element; folds that were open stay open, and tables stay where they were scrolled to. */
export function swap(element: HTMLElement, page: Document, only?: string): void {
  const open = new Set([...element.querySelectorAll<HTMLDetailsElement>("details[open][id]")].map((fold) => fold.id));
  const focus = markOf(document.activeElement);
  for (const part of element.querySelectorAll<HTMLElement>("[data-part]")) {
    const name = part.dataset["part"] ?? "";
    const fresh = page.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (!fresh || (only && only !== name && name !== "kept")) continue;
    const scrolled = part.querySelector<HTMLElement>(".scroll")?.scrollTop ?? 0;
    part.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
    const frame = part.querySelector<HTMLElement>(".scroll");
    if (frame) frame.scrollTop = scrolled;
  }
  for (const fold of element.querySelectorAll<HTMLDetailsElement>("details[id]")) if (open.has(fold.id)) fold.open = true;
  document.title = page.title;
  if (focus && !element.contains(document.activeElement)) element.querySelector<HTMLElement>(focus)?.focus();
}

/** A selector that finds what has the focus again after its part was replaced. */
function markOf(focus: Element | null): string {
  if (focus instanceof HTMLElement && "name" in focus && "value" in focus && focus.getAttribute("name") !== "q") {
    const value = focus instanceof HTMLSelectElement || focus.matches("input:not([type=checkbox])") ? "" : `[value="${CSS.escape(String(focus.getAttribute("value")))}"]`;
    return `[name="${CSS.escape(String(focus.getAttribute("name")))}"]${value}`;
  }
  return focus?.closest("[data-ref]") ? `a[data-ref="${CSS.escape(focus.closest<HTMLElement>("[data-ref]")?.dataset["ref"] ?? "")}"]` : "";
}

/** Parameters as the server writes them in an address. */
export function addressOf(given: Iterable<readonly [string, string]>): string {
  const plain = (value: string): string => encodeURIComponent(value).replace(/%(?:2F|40|2C)/g, decodeURIComponent);
  return `/explore?${[...given].map(([name, value]) => `${name}=${plain(value)}`).join("&")}`;
}
