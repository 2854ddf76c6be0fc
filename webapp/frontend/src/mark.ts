/**
 * `<liaison-mark>` takes words that are selected in a text over into the form that adds a claim.
 * `<liaison-batch>` selects all rows of a table at once, and says how many are selected.
 *
 * Both only spare steps: without scripts each sentence has a link that fills the form, and each row its own box.
 */

const SETTLED_MS = 150;
const ACTORS = ["country", "body", "group", "collective", "practice"];
const LETTER = /[\p{L}\p{N}]/u;

class LiaisonMark extends HTMLElement {
  readonly #abort = new AbortController();
  readonly #offer = document.createElement("button");
  #quote = "";
  #sentence = "";
  #text = "";
  #settled = 0;

  connectedCallback(): void {
    const signal = this.#abort.signal;
    this.#text = flat(wordsIn(this).map((one) => one.textContent ?? "").join(" "));
    this.#offer.type = "button";
    this.#offer.className = "offer";
    this.#offer.textContent = "Add a claim on these words";
    this.#offer.addEventListener("mousedown", (event) => event.preventDefault()); // the words stay selected
    this.#offer.addEventListener("click", () => this.#fill());
    this.addEventListener("click", (event) => this.#follow(event));
    document.addEventListener(
      "selectionchange",
      () => {
        clearTimeout(this.#settled);
        this.#settled = setTimeout(() => this.#look(), SETTLED_MS);
      },
      { signal },
    );
  }

  disconnectedCallback(): void {
    this.#abort.abort();
    clearTimeout(this.#settled);
  }

  /** Offer to add a claim on the words that are selected, right behind them. */
  #look(): void {
    if (document.activeElement === this.#offer) return;
    const selection = getSelection();
    const range = selection && selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const touched = range ? wordsIn(this).filter((one) => range.intersectsNode(one)) : [];
    const last = touched.at(-1);
    const quote = range ? flat(touched.map((one) => cut(one, range)).join(" ")) : "";
    if (!quote || !last) {
      this.#offer.remove();
      return;
    }
    const stands = this.#text.split(quote).length - 1;
    this.#quote = stands === 1 ? quote : flat(touched.map((one) => one.textContent ?? "").join(" "));
    this.#sentence = touched[0]?.parentElement?.id ?? "";
    this.#offer.textContent = stands > 1 ? "Add a claim on the whole sentence: these words stand in the text more than once" : "Add a claim on these words";
    last.after(this.#offer);
  }

  /** The link of a sentence fills the form at once, as the page that it leads to would. */
  #follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-add]") : null;
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const words = link.parentElement?.querySelector("[data-words]")?.textContent;
    if (!words) return;
    event.preventDefault();
    [this.#quote, this.#sentence] = [flat(words), link.parentElement?.id ?? ""];
    this.#fill();
  }

  #fill(): void {
    const form = this.querySelector("form");
    if (!form) return;
    field(form, "quote").value = this.#quote;
    field(form, "sentence").value = this.#sentence.replace(/^sentence-/, "");
    const found = named(this.#quote).slice(0, 2);
    for (const [at, name] of ["subject", "object"].entries()) {
      const input = field(form, name);
      const isOurs = !input.value || input.value === input.dataset["filled"];
      if (isOurs) input.value = input.dataset["filled"] = found[at] ?? "";
    }
    const back = this.querySelector<HTMLAnchorElement>("a[data-back]");
    if (back) [back.href, back.hidden] = [`#${this.#sentence}`, false];
    const names = found.length ? ` Named in them: ${found.join(", ")}.` : "";
    const status = this.querySelector("[data-told]");
    if (status) status.textContent = `The form holds the words “${this.#quote}”.${names}`;
    (["subject", "object"].map((name) => field(form, name)).find((one) => !one.value) ?? field(form, "relation")).focus();
    this.#offer.remove();
  }
}

/** The elements that hold nothing but words of the text. */
function wordsIn(element: Element): Element[] {
  return [...element.querySelectorAll("[data-words]")];
}

/** What of an element's words lies in a range, widened to whole words. */
function cut(element: Element, range: Range): string {
  const node = element.firstChild;
  const text = element.textContent ?? "";
  if (!node) return "";
  let start = range.startContainer === node ? range.startOffset : 0;
  let end = range.endContainer === node ? range.endOffset : text.length;
  if (start >= end) return "";
  const isInWord = (at: number): boolean => LETTER.test(text[at - 1] ?? "") && LETTER.test(text[at] ?? "");
  while (isInWord(start)) start -= 1;
  while (isInWord(end)) end += 1;
  return text.slice(start, end);
}

/** The names of known actors that stand in a quote as whole words, in their order; of several that overlap, the first and longest. */
function named(quote: string): string[] {
  const words = quote.toLowerCase();
  const found: { at: number; end: number; name: string }[] = [];
  for (const option of document.querySelectorAll<HTMLOptionElement>("datalist#actors option")) {
    if (!ACTORS.includes(option.text.split("/")[0] ?? "")) continue;
    const wanted = flat(option.value).toLowerCase();
    for (const at of places(wanted, words)) found.push({ at, end: at + wanted.length, name: option.value });
  }
  found.sort((one, other) => one.at - other.at || other.end - one.end);
  const kept: typeof found = [];
  for (const one of found) if (one.at >= (kept.at(-1)?.end ?? 0)) kept.push(one);
  return [...new Set(kept.map((one) => one.name))];
}

/** Where a name stands in words as a whole. */
function places(wanted: string, words: string): number[] {
  const found: number[] = [];
  for (let at = wanted ? words.indexOf(wanted) : -1; at >= 0; at = words.indexOf(wanted, at + 1)) {
    if (!LETTER.test(words[at - 1] ?? "") && !LETTER.test(words[at + wanted.length] ?? "")) found.push(at);
  }
  return found;
}

function field(form: HTMLFormElement, name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement;
}

/** Words on one line. */
function flat(words: string): string {
  return words.replace(/\s+/g, " ").trim();
}

class LiaisonBatch extends HTMLElement {
  connectedCallback(): void {
    const all = this.querySelector<HTMLInputElement>("[data-all]");
    const label = all?.closest("label");
    if (!all || !label) return;
    label.hidden = false;
    all.addEventListener("change", () => {
      for (const box of this.#boxes()) box.checked = all.checked;
    });
    this.addEventListener("change", () => this.#count(all));
    this.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault(); // a box is no button
    });
    window.addEventListener("pageshow", () => this.#count(all));
  }

  #boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>('input[name="card"]')];
  }

  #count(all: HTMLInputElement): void {
    const boxes = this.#boxes();
    const selected = boxes.filter((box) => box.checked).length;
    all.checked = selected === boxes.length && selected > 0;
    all.indeterminate = selected > 0 && selected < boxes.length;
    const status = this.querySelector("[data-told]");
    if (status) status.textContent = selected ? `${selected} selected` : "";
  }
}

customElements.define("liaison-mark", LiaisonMark);
customElements.define("liaison-batch", LiaisonBatch);
