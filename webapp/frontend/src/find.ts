/**
 * `<liaison-find>` makes the search field in it a combobox: what may be meant is listed below while somebody types.
 *
 * Arrows go through the list, Enter follows what is active or else sends the form, Escape closes the list. The key `/`
 * leads to the field from anywhere on the page, unless single keys are switched off at the foot of the page.
 */

import { areOn, fit, WRITING } from "./keys";

interface Piece {
  text: string;
  matched: boolean;
}

interface Suggestion {
  page: string;
  kind: string;
  label: Piece[];
  name: Piece[];
  language: string;
  summary: boolean;
}

interface Suggestions {
  total: number;
  groups: { kind: string; title: string; items: Suggestion[] }[];
}

const SETTLED_MS = 90;
const SPOKEN_AFTER_MS = 600;
let number = 0;

class LiaisonFind extends HTMLElement {
  readonly #list = document.createElement("div");
  readonly #voice = document.createElement("p");
  #input!: HTMLInputElement;
  #id = "";
  #settled = 0;
  #spoken = 0;
  #asked = new AbortController();

  connectedCallback(): void {
    const input = this.querySelector<HTMLInputElement>("input[name=q]");
    if (!input || this.#id) return;
    this.#input = input;
    this.#id = `found-${(number += 1)}`;
    this.#list.id = this.#id;
    this.#list.className = "found";
    this.#list.hidden = true;
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", "Suggestions");
    this.#voice.className = "hidden";
    this.#voice.setAttribute("role", "status");
    this.append(this.#list, this.#voice);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.#id);
    input.addEventListener("input", () => this.#wait());
    input.addEventListener("keydown", (event) => this.#pressed(event));
    input.addEventListener("blur", () => this.#close());
    this.#list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.addEventListener("submit", () => this.#close());
  }

  disconnectedCallback(): void {
    this.#close();
  }

  #wait(): void {
    clearTimeout(this.#settled);
    this.#settled = setTimeout(() => void this.#ask(), SETTLED_MS);
  }

  async #ask(): Promise<void> {
    const typed = this.#input.value.trim();
    this.#asked.abort();
    if (!typed) return this.#close();
    this.#asked = new AbortController();
    try {
      const address = `/api/suggest?${new URLSearchParams({ q: typed })}`;
      const answer = await fetch(address, { headers: { Accept: "application/json" }, signal: this.#asked.signal });
      if (!answer.ok) return this.#close(); // the form itself says what is wrong
      const found = (await answer.json()) as Suggestions;
      if (this.#input.value.trim() === typed && document.activeElement === this.#input) this.#show(typed, found);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) this.#close(); // without a list the form still works
    }
  }

  #show(typed: string, found: Suggestions): void {
    const groups = found.groups.map((group, place) => this.#group(group.title, `${this.#id}-${place}`, group.items));
    const all = option("/search?" + new URLSearchParams({ q: typed }));
    all.classList.add("every");
    all.append("All that is found for “", element("bdi", typed), "”");
    this.#list.replaceChildren(...groups, all);
    for (const [place, one] of this.#options().entries()) one.id = `${this.#id}-option-${place}`;
    this.#activate(null);
    this.#list.hidden = false;
    this.#list.scrollTop = 0;
    this.#input.setAttribute("aria-expanded", "true");
    const count = found.total === 1 ? "1 suggestion" : `${found.total || "No"} suggestions`;
    this.#say(`${count}.${found.total ? " The down arrow leads to them." : ""}`);
  }

  #group(title: string, id: string, items: Suggestion[]): HTMLElement {
    const group = document.createElement("div");
    const heading = element("p", title);
    heading.id = id;
    heading.setAttribute("role", "presentation");
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", id);
    group.append(heading, ...items.map(suggested));
    return group;
  }

  #pressed(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (this.#list.hidden) return;
      this.#close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (this.#list.hidden) void this.#ask();
      else this.#move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      const active = this.#active();
      if (!active) return;
      this.#close();
      active.click();
    } else return;
    event.preventDefault();
  }

  /** Go on in the list; from either end of it back to the field, and from there to the other end. */
  #move(step: number): void {
    const all = this.#options();
    const active = this.#active();
    const place = active ? all.indexOf(active) + step : step > 0 ? 0 : all.length - 1;
    this.#activate(all[place] ?? null);
  }

  #activate(one: HTMLElement | null): void {
    for (const other of this.#options()) other.setAttribute("aria-selected", String(other === one));
    if (one) this.#input.setAttribute("aria-activedescendant", one.id);
    else this.#input.removeAttribute("aria-activedescendant");
    one?.scrollIntoView({ block: "nearest" });
  }

  #active(): HTMLElement | null {
    return this.#list.hidden ? null : this.#list.querySelector<HTMLElement>('[aria-selected="true"]');
  }

  #options(): HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>('[role="option"]')];
  }

  #close(): void {
    clearTimeout(this.#settled);
    clearTimeout(this.#spoken);
    this.#asked.abort();
    this.#list.hidden = true;
    this.#voice.textContent = "";
    this.#input.setAttribute("aria-expanded", "false");
    this.#activate(null);
  }

  /** Said once the letters have stopped, so that it does not talk over them. */
  #say(words: string): void {
    clearTimeout(this.#spoken);
    this.#spoken = setTimeout(() => (this.#voice.textContent = words), SPOKEN_AFTER_MS);
  }
}

function suggested(item: Suggestion): HTMLElement {
  const one = option(item.page);
  one.append(pieces(item.label));
  const beside = document.createElement("span");
  beside.className = "quiet";
  if (item.name.length) {
    const name = pieces(item.name);
    name.lang = item.language;
    beside.append("also ", name, " · ");
  }
  beside.append(element("bdi", item.kind));
  if (item.summary) beside.append(" · summary written by this project");
  one.append(" ", beside);
  return one;
}

/** An option is a link as well, so that a pointer can open it wherever it wants to; the keyboard never leaves the field. */
function option(address: string): HTMLAnchorElement {
  const one = document.createElement("a");
  one.href = address;
  one.tabIndex = -1;
  one.setAttribute("role", "option");
  one.setAttribute("aria-selected", "false");
  return one;
}

function pieces(found: Piece[]): HTMLElement {
  const whole = document.createElement("bdi");
  whole.append(...found.map((piece) => (piece.matched ? element("mark", piece.text) : piece.text)));
  return whole;
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

document.addEventListener("keydown", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || target?.closest(WRITING) || !areOn()) return;
  const field = document.querySelector<HTMLInputElement>("main liaison-find input[name=q]") ?? document.querySelector<HTMLInputElement>("liaison-find input[name=q]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

const line = document.querySelector<HTMLElement>("[data-single-keys]");
const button = line?.querySelector("button");
if (line && button) {
  line.hidden = false;
  fit(button, line.querySelector<HTMLElement>("[data-state]"));
}

customElements.define("liaison-find", LiaisonFind);
