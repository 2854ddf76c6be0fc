/**
 * `<liaison-workbench>` makes the form of the query page a workbench: an editor that completes, answers that sort and
 * draw, queries that are remembered. Without it the form works by itself.
 */

import { ask, Refused, TooMuch, type Table, type Verdict } from "./workbench/ask";
import { declared, makeEditor, type Editor } from "./workbench/editor";
import { made } from "./workbench/made";
import { columnsOf, networkOf } from "./workbench/network";
import { Names } from "./workbench/names";
import { load, type Schema } from "./workbench/schema";
import { address, curl, download, formOf, fromHash, python } from "./workbench/share";
import { all, forget, keep } from "./workbench/shelf";
import { TableView } from "./workbench/table";

const TABLE_FORMATS = ["csv", "tsv", "json", "xml"];
const GRAPH_FORMATS = ["ttl", "nt", "jsonld", "rdf", "trig", "nq"];
const RAW_MOST = 200_000;
const QUICK_SECONDS = 1;

class LiaisonWorkbench extends HTMLElement {
  #editor!: Editor;
  #schema: Schema | undefined;
  #names: Names | undefined;
  #stop: AbortController | undefined;
  #clock = 0;
  #run!: HTMLButtonElement;
  #cancel!: HTMLButtonElement;
  /** How the query does, and what the tools have done: one must not speak over the other. */
  readonly #told = made("p", { className: "told-run" });
  readonly #noted = made("p", { className: "told-tool" });
  readonly #beside = made("div", { className: "copied" });
  readonly #answer = made("section", { className: "answers" });
  readonly #kept = made("details", { className: "kept" });

  connectedCallback(): void {
    const form = this.querySelector("form");
    const area = form?.querySelector("textarea");
    const run = form?.querySelector("button");
    if (!form || !area || !run || this.#run) return;
    this.#run = run;
    const host = made("div", { className: "editor" });
    area.before(host);
    this.#editor = makeEditor(host, fromHash(location.hash) ?? area.value, "Your query, in SPARQL", () => this.#schema, () => void this.run());
    this.#tidy(form, area);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.run();
    });
    addEventListener("hashchange", () => {
      const query = fromHash(location.hash);
      if (query === null) return;
      if (query !== this.#editor.text) this.#editor.replace(query);
      void this.run();
    });
    this.#drawKept();
    void this.#begin();
  }

  async #begin(): Promise<void> {
    try {
      this.#schema = await load(this.getAttribute("schema") ?? "/sparql/schema.json");
      this.#names = new Names(this.#schema);
    } catch (error) {
      this.#tell(error instanceof Error ? error.message : String(error));
    }
    this.#examples();
    const ran = Number(this.getAttribute("ran") ?? "Infinity");
    // The server has run the query of the address already; it is run once more only if that costs next to nothing.
    if (fromHash(location.hash) !== null || ran < QUICK_SECONDS) void this.run();
    const [line, column] = [this.getAttribute("line"), this.getAttribute("column")];
    if (line) this.#editor.mark(document.querySelector("#problem")?.textContent?.trim() ?? "", Number(line), Number(column));
  }

  /** The label belongs to the editor now; what the server has answered without scripts makes room. */
  #tidy(form: HTMLFormElement, area: HTMLTextAreaElement): void {
    area.remove();
    form.querySelector("label")?.replaceWith(made("p", { className: "editor-label", textContent: "Your query" }));
    this.#run.textContent = "Run";
    this.#run.title = "Ctrl or Cmd and Enter";
    this.#cancel = made("button", { type: "button", textContent: "Cancel", hidden: true, className: "plain-button" });
    this.#cancel.addEventListener("click", () => this.#stop?.abort());
    const tools = made("span", { className: "tools" });
    tools.append(
      this.#button("Declare prefixes", () => this.#declare()),
      this.#button("Copy link", () => void this.#copy(address(this.#editor.text, new URL(location.href)), "The link")),
      this.#button("Copy as curl", () => void this.#copy(curl(this.#editor.text, new URL(location.href)), "The command")),
      this.#button("Copy as Python", () => void this.#copy(python(this.#editor.text, new URL(location.href)), "The program")),
      this.#button("Save", () => this.#save()),
    );
    this.#run.after(" ", this.#cancel, " ", tools);
    this.#told.setAttribute("role", "status");
    this.#noted.setAttribute("role", "status");
    form.append(this.#noted, this.#told);
    form.after(this.#beside);
    this.#beside.after(this.#answer);
  }

  #button(text: string, act: () => void): HTMLButtonElement {
    const button = made("button", { type: "button", textContent: text, className: "plain-button" });
    button.addEventListener("click", act);
    return button;
  }

  async run(): Promise<void> {
    this.#stop?.abort();
    const query = this.#editor.text;
    if (!query.trim()) return this.#tell("There is no query yet. Write one, or choose a question below.");
    const stop = new AbortController();
    this.#stop = stop;
    this.#editor.mark("");
    this.#answer.replaceChildren();
    for (const old of document.querySelectorAll("[data-answered]")) old.remove(); // what the server answered without scripts
    this.#running(true);
    const began = performance.now();
    this.#noted.textContent = "";
    remember(query);
    keep(query);
    this.#drawKept();
    try {
      const answer = await ask(query, stop.signal);
      if (this.#stop === stop) this.#show(answer, query, performance.now() - began);
    } catch (error) {
      if (this.#stop === stop) this.#fail(error, query);
    } finally {
      if (this.#stop === stop) this.#running(false);
    }
  }

  #running(isRunning: boolean): void {
    clearInterval(this.#clock);
    if (!isRunning && document.activeElement === this.#cancel) this.#run.focus();
    this.#cancel.hidden = !isRunning;
    this.setAttribute("aria-busy", String(isRunning));
    if (!isRunning) return;
    const began = Date.now();
    const limit = this.#schema ? ` of at most ${this.#schema.seconds}` : "";
    this.#tell("Asking …");
    this.#clock = setInterval(() => (this.#told.textContent = `Asking, ${((Date.now() - began) / 1000).toFixed(0)}${limit} seconds …`), 1000);
  }

  #fail(error: unknown, query: string): void {
    if (error instanceof DOMException && error.name === "AbortError") return this.#tell("Cancelled. The query was stopped on the server as well.");
    if (error instanceof TooMuch) {
      this.#tell("The answer is too large to be shown here. Download it, or add a LIMIT.");
      this.#answer.replaceChildren(downloads(query, formOf(query) === "graph"));
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    const refused = error instanceof Refused ? error : undefined;
    this.#tell("");
    const box = made("div", { className: "problem" });
    box.setAttribute("role", "alert");
    box.append(made("p", { textContent: message }));
    this.#answer.replaceChildren(box);
    this.#editor.mark(message, refused?.line, refused?.column);
  }

  #show(answer: Table | Verdict, query: string, took: number): void {
    const seconds = `${(took / 1000).toFixed(2)} s`;
    if ("verdict" in answer) {
      this.#tell(`Answered in ${seconds}.`);
      this.#answer.replaceChildren(made("h2", { textContent: "Answer" }), made("p", { className: "verdict", textContent: answer.verdict ? "Yes" : "No" }), downloads(query, false, ["json", "xml"]));
      return;
    }
    const what = answer.isGraph ? "triple" : "row";
    const count = answer.rows.length;
    const unread = answer.unread ? ` ${plural(answer.unread, "line")} could not be read as a triple and ${answer.unread === 1 ? "stands" : "stand"} there as text.` : "";
    this.#tell(`${plural(count, what)} in ${seconds}.${unread}`);
    const schema = this.#schema ?? { prefixes: {}, terms: [], kinds: [], seconds: 0 };
    const names = this.#names ?? new Names(schema);
    const columns = columnsOf(answer);
    const views: [string, () => HTMLElement | Promise<HTMLElement>][] = [["Table", () => new TableView(answer, schema, names).element]];
    if (columns && count) views.push(["Network", () => networkOf(answer, columns, schema, names)]);
    views.push(["Raw", () => raw(answer.raw)]);
    this.#answer.replaceChildren(made("h2", { textContent: "Answer" }), tabs(views), downloads(query, answer.isGraph));
  }

  #tell(text: string): void {
    clearInterval(this.#clock);
    this.#told.textContent = text;
  }

  #declare(): void {
    if (!this.#schema) return;
    const query = declared(this.#editor.text, this.#schema.prefixes);
    if (query !== this.#editor.text) this.#editor.replace(query);
    this.#noted.textContent = "Every prefix that is used is declared.";
  }

  async #copy(text: string, what: string): Promise<void> {
    this.#beside.replaceChildren();
    try {
      await navigator.clipboard.writeText(text);
      this.#noted.textContent = `${what} is on the clipboard.`;
    } catch {
      this.#noted.textContent = "The browser does not let this page write to the clipboard. Copy it from here:";
      const area = made("textarea", { value: text, readOnly: true, rows: 6 });
      area.setAttribute("aria-label", what);
      const close = this.#button("Close", () => {
        this.#beside.replaceChildren();
        this.#noted.textContent = "";
        this.#run.focus();
      });
      this.#beside.replaceChildren(area, close);
      area.focus();
      area.select();
    }
  }

  #save(): void {
    const before = this.#kept.parentElement?.querySelector("form.naming");
    if (before) return before.querySelector("input")?.focus();
    const form = made("form", { className: "naming" });
    const name = made("input", { required: true, maxLength: 120 });
    const label = made("label", { textContent: "Name of the query " });
    label.append(name);
    form.append(label, made("button", { textContent: "Keep" }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const isKept = keep(this.#editor.text, name.value.trim());
      form.remove();
      this.#drawKept();
      this.#kept.open = true;
      this.#noted.textContent = isKept ? "Kept in this browser." : "This browser keeps nothing for this page.";
      this.#editor.focus();
    });
    this.#kept.before(form);
    name.focus();
  }

  /** What this browser remembers, the named ones first. */
  #drawKept(): void {
    const items = all();
    const summary = made("summary", { textContent: `Your queries: ${items.length}, kept in this browser only` });
    const list = made("ul", { className: "examples" });
    for (const item of [...items.filter((kept) => kept.name), ...items.filter((kept) => !kept.name)]) {
      const line = made("li");
      const text = item.name || item.query.replace(/^(?:#.*|PREFIX.*)$/gim, "").replace(/\s+/g, " ").trim().slice(0, 90);
      const open = this.#button(text || "an empty query", () => this.#take(item.query));
      open.classList.add("link-button");
      const drop = this.#button("Forget", () => {
        forget(item.query);
        this.#drawKept();
        (this.#kept.hidden ? this.#editor : this.#kept.querySelector("summary"))?.focus();
      });
      drop.setAttribute("aria-label", `Forget ${text}`);
      line.append(open, " ", made("time", { dateTime: item.at, className: "quiet", textContent: item.at.slice(0, 16).replace("T", " ") }), " ", drop);
      list.append(line);
    }
    this.#kept.replaceChildren(summary, list);
    this.#kept.hidden = items.length === 0;
    if (!this.#kept.isConnected) this.append(this.#kept);
  }

  #take(query: string): void {
    this.#editor.replace(query);
    this.#editor.focus();
    this.scrollIntoView({ block: "start" });
  }

  /** The questions of the page, searched as one types, and put into the editor instead of being followed. */
  #examples(): void {
    const list = document.querySelector<HTMLUListElement>("#questions");
    if (!list || list.previousElementSibling?.querySelector("input")) return;
    const label = made("label", { className: "sift", textContent: "Find a question " });
    const words = made("input", { type: "search" });
    label.append(words);
    const told = made("span", { className: "quiet" });
    told.setAttribute("role", "status");
    const box = made("p");
    box.append(label, " ", told);
    list.before(box);
    words.addEventListener("input", () => {
      const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      for (const item of list.children) {
        const text = `${item.textContent} ${decodeURIComponent(item.querySelector("a")?.search ?? "")}`.toLowerCase();
        const fits = wanted.every((word) => text.includes(word));
        (item as HTMLElement).hidden = !fits;
        count += Number(fits);
      }
      told.textContent = plural(count, "question");
    });
    list.addEventListener("click", (event) => {
      const link = (event.target as Element).closest("a");
      const query = link && new URL(link.href).searchParams.get("query");
      if (!query || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#take(query);
      void this.run();
    });
  }
}

/** The query in the address: the page can be left and come back to, kept and sent. */
function remember(query: string): void {
  try {
    history.replaceState(history.state, "", address(query, new URL(location.href)));
  } catch {
    return; // the browser takes no address of this length, or no more of them for a while
  }
}

function plural(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}

function raw(text: string): HTMLElement {
  const box = made("pre", { tabIndex: 0 });
  const pretty = text.startsWith("{") && text.length < RAW_MOST ? JSON.stringify(JSON.parse(text), null, 1) : text;
  box.append(made("code", { textContent: pretty.slice(0, RAW_MOST) + (pretty.length > RAW_MOST ? "\n… the rest is in the download" : "") }));
  return box;
}

function downloads(query: string, isGraph: boolean, formats = isGraph ? GRAPH_FORMATS : TABLE_FORMATS): HTMLElement {
  const line = made("p", { textContent: "The whole answer as " });
  for (const format of formats) line.append(made("a", { href: download(query, format), download: `answer.${format}`, textContent: format.toUpperCase() }), " ");
  return line;
}

let count = 0;

/** Views of which one is shown; each is made when it is first looked at. */
function tabs(views: readonly [string, () => HTMLElement | Promise<HTMLElement>][]): HTMLElement {
  const box = made("div");
  const bar = made("div", { className: "tabs" });
  bar.setAttribute("role", "tablist");
  bar.setAttribute("aria-label", "Views of the answer");
  const panels = views.map(([name, make]) => {
    const id = `view-${(count += 1)}`;
    const tab = made("button", { type: "button", textContent: name, id: `${id}-tab` });
    const panel = made("div", { id, hidden: true });
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    bar.append(tab);
    return { tab, panel, make };
  });
  const show = async (place: number): Promise<void> => {
    panels.forEach(({ tab, panel }, other) => {
      tab.setAttribute("aria-selected", String(other === place));
      tab.tabIndex = other === place ? 0 : -1;
      panel.hidden = other !== place;
    });
    const chosen = panels[place];
    if (chosen && !chosen.panel.childElementCount) {
      const made = await chosen.make();
      if (!chosen.panel.childElementCount) chosen.panel.append(made);
    }
  };
  panels.forEach(({ tab }, place) => tab.addEventListener("click", () => void show(place)));
  bar.addEventListener("keydown", (event) => {
    const here = panels.findIndex(({ tab }) => tab === document.activeElement);
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step || here < 0) return;
    event.preventDefault();
    const next = (here + step + panels.length) % panels.length;
    panels[next]?.tab.focus();
    void show(next);
  });
  box.append(bar, ...panels.map(({ panel }) => panel));
  void show(0);
  return box;
}

customElements.define("liaison-workbench", LiaisonWorkbench);
