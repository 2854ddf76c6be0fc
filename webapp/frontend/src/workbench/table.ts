/** An answer as a table: names beside IRIs, columns that sort, pages, and the evidence of a claim under its row. */

import { ask, type Cell, type Row, type Table } from "./ask";
import { page, short, type Schema } from "./schema";

const PAGES = [100, 500, 5000];
const CLAIM = /\/id\/(?:claim|evidence)\/[\w-]+$/;

type Names = Map<string, string>;

export class TableView {
  readonly element = document.createElement("div");
  readonly #table: Table;
  readonly #schema: Schema;
  readonly #names: Names;
  #order: Row[];
  #sorted = { name: "", falls: false };
  #page = 0;
  #size = PAGES[0] ?? 100;

  constructor(table: Table, schema: Schema, names: Names = new Map<string, string>()) {
    this.#table = table;
    this.#schema = schema;
    this.#names = names;
    this.#order = [...table.rows];
    this.#draw();
  }

  #draw(focus = ""): void {
    const begin = this.#page * this.#size;
    const shown = this.#order.slice(begin, begin + this.#size);
    const region = made("div", { className: "scroll", tabIndex: 0 });
    region.setAttribute("role", "region");
    region.setAttribute("aria-label", "Rows of the answer");
    const table = made("table", { className: "answer" });
    table.append(this.#head(), this.#body(shown));
    region.append(table);
    this.element.replaceChildren(region, this.#pager(begin, shown.length));
    if (focus) this.element.querySelector<HTMLElement>(focus)?.focus();
    void this.#addNames(shown);
  }

  #head(): HTMLTableSectionElement {
    const head = made("thead");
    const row = head.insertRow();
    this.#table.names.forEach((name, place) => {
      const cell = made("th", { scope: "col" });
      const button = made("button", { type: "button", textContent: name, className: "sort" });
      const isSorted = this.#sorted.name === name;
      if (isSorted) cell.setAttribute("aria-sort", this.#sorted.falls ? "descending" : "ascending");
      button.dataset["column"] = String(place);
      button.addEventListener("click", () => this.#sort(name, place));
      cell.append(button);
      row.append(cell);
    });
    return head;
  }

  #sort(name: string, place: number): void {
    this.#sorted = { name, falls: this.#sorted.name === name && !this.#sorted.falls };
    const sign = this.#sorted.falls ? -1 : 1;
    const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
    const key = (row: Row): string => {
      const cell = row[name];
      return cell ? (this.#names.get(cell.value) ?? cell.value) : "";
    };
    this.#order.sort((one, other) => sign * compare(key(one), key(other)));
    this.#page = 0;
    this.#draw(`button[data-column="${place}"]`);
  }

  #body(rows: readonly Row[]): HTMLTableSectionElement {
    const body = made("tbody");
    for (const row of rows) {
      const line = body.insertRow();
      for (const name of this.#table.names) {
        const cell = line.insertCell();
        const value = row[name];
        if (value) this.#fill(cell, value, line);
      }
    }
    return body;
  }

  #fill(cell: HTMLTableCellElement, value: Cell, line: HTMLTableRowElement): void {
    if (value.type !== "uri") {
      if (value["xml:lang"]) cell.lang = value["xml:lang"];
      cell.append(made("bdi", { textContent: value.value }));
      if (/(?:integer|decimal|double|float)$/.test(value.datatype ?? "")) cell.className = "number";
      return;
    }
    const name = short(value.value, this.#schema.prefixes);
    const text = this.#names.get(value.value);
    const target = page(value.value, this.#schema.prefixes) || (/^https?:/.test(value.value) ? value.value : "");
    const link = target ? made("a", { href: target }) : made("span");
    if (target && target === value.value) link.setAttribute("rel", "external noopener noreferrer");
    link.dataset["iri"] = value.value;
    link.append(made("bdi", { textContent: text ?? lastPart(name) }));
    link.title = name;
    cell.append(link, made("span", { className: "iri quiet", textContent: text && !name.includes("://") ? ` ${name}` : "" }));
    if (CLAIM.test(value.value)) cell.append(this.#evidenceButton(value.value, line));
  }

  #evidenceButton(iri: string, line: HTMLTableRowElement): HTMLButtonElement {
    const button = made("button", { type: "button", className: "evidence-button", textContent: "evidence" });
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => void toggle(button, line, iri, this.#table.names.length, this.#schema));
    return button;
  }

  #pager(begin: number, count: number): HTMLElement {
    const total = this.#order.length;
    const pager = made("p", { className: "pager" });
    const told = made("span", { textContent: total ? `Rows ${begin + 1} to ${begin + count} of ${total.toLocaleString("en")}` : "No rows: nothing in the graph fits the query." });
    told.setAttribute("role", "status");
    pager.append(told);
    const turn = (text: string, step: number, can: boolean): void => {
      if (!can) return;
      const button = made("button", { type: "button", textContent: text, className: "plain-button" });
      button.dataset["turn"] = String(step);
      button.addEventListener("click", () => {
        this.#page += step;
        this.#draw(`button[data-turn="${step}"]`);
        this.element.scrollIntoView({ block: "nearest" });
      });
      pager.append(button);
    };
    turn("Earlier rows", -1, begin > 0);
    turn("Later rows", 1, begin + count < total);
    if (total > (PAGES[0] ?? 0)) pager.append(this.#sizes());
    return pager;
  }

  #sizes(): HTMLElement {
    const label = made("label", { textContent: "Rows a page " });
    const choice = made("select");
    for (const size of PAGES) choice.append(new Option(size.toLocaleString("en"), String(size), false, size === this.#size));
    choice.addEventListener("change", () => {
      this.#size = Number(choice.value);
      this.#page = 0;
      this.#draw("select");
    });
    label.append(choice);
    return label;
  }

  /** Look up what the IRIs on this page are called, in one query; until then, and without it, their last part is shown. */
  async #addNames(rows: readonly Row[]): Promise<void> {
    const iris = new Set<string>();
    for (const row of rows) for (const cell of Object.values(row)) if (cell?.type === "uri" && !this.#names.has(cell.value)) iris.add(cell.value);
    delete this.element.dataset["named"];
    const fresh = await namesOf([...iris].filter((iri) => page(iri, this.#schema.prefixes)).slice(0, 600), this.#schema);
    for (const [iri, name] of fresh) this.#names.set(iri, name);
    for (const link of this.element.querySelectorAll<HTMLElement>("[data-iri]")) {
      const name = fresh.get(link.dataset["iri"] ?? "");
      if (!name) continue;
      link.querySelector("bdi")?.replaceChildren(name);
      const code = link.nextElementSibling;
      if (code?.classList.contains("iri") && !link.title.includes("://")) code.textContent = ` ${link.title}`;
    }
    this.element.dataset["named"] = "yes";
  }
}

/** What things are called, by the graph itself. */
export async function namesOf(iris: readonly string[], schema: Schema): Promise<Names> {
  const found: Names = new Map();
  for (let begin = 0; begin < iris.length; begin += 150) {
    const values = iris.slice(begin, begin + 150).map((iri) => shortOr(iri, schema)).join(" ");
    const query = `SELECT ?iri ?name WHERE { VALUES ?iri { ${values} } ?iri skos:prefLabel|rdfs:label|dcterms:title ?name FILTER (LANG(?name) IN ("en", "")) }`;
    try {
      const answer = await ask(query);
      if ("rows" in answer) for (const row of answer.rows) if (row["iri"] && row["name"]) found.set(row["iri"].value, row["name"].value);
    } catch {
      return found; // names are a help; the IRIs stand there without them
    }
  }
  return found;
}

function shortOr(iri: string, schema: Schema): string {
  const name = short(iri, schema.prefixes);
  return name === iri ? `<${iri}>` : name;
}

/** Show the words that a claim rests on in a row of their own, or take them away again. */
async function toggle(button: HTMLButtonElement, line: HTMLTableRowElement, iri: string, columns: number, schema: Schema): Promise<void> {
  if (button.getAttribute("aria-expanded") === "true") {
    line.nextElementSibling?.remove();
    button.setAttribute("aria-expanded", "false");
    return;
  }
  button.setAttribute("aria-expanded", "true");
  const row = made("tr", { className: "proof" });
  const cell = row.insertCell();
  cell.colSpan = Math.max(columns, 1);
  cell.setAttribute("role", "status");
  cell.textContent = "One moment …";
  line.after(row);
  const evidence = iri.includes("/evidence/") ? "BIND ($thing AS ?evidence)" : "$thing liaison:hasEvidence ?evidence .";
  const query = `SELECT ?words ?page ?certainty WHERE { ${evidence.replace("$thing", `<${iri}>`)} ?evidence liaison:cites ?page ; liaison:certainty/skos:prefLabel ?certainty . OPTIONAL { ?evidence liaison:quote ?quote } OPTIONAL { ?page liaison:text ?text } BIND (COALESCE(?quote, ?text, "") AS ?words) }`;
  try {
    const answer = await ask(query);
    const quotes = "rows" in answer ? answer.rows.map((found) => quote(found, schema)) : [];
    cell.replaceChildren(...(quotes.length ? quotes : ["The graph holds no words for this."]));
  } catch (error) {
    cell.textContent = error instanceof Error ? error.message : String(error);
  }
}

function quote(row: Row, schema: Schema): HTMLElement {
  const block = made("blockquote", { textContent: row["words"]?.value ?? "" });
  const link = made("a", { href: page(row["page"]?.value ?? "", schema.prefixes), textContent: "Where it stands" });
  block.append(" ", made("span", { className: `state ${row["certainty"]?.value ?? ""}`, textContent: row["certainty"]?.value ?? "" }), " ", link);
  return block;
}

function lastPart(name: string): string {
  return name.includes("://") ? decodeURI(name.replace(/[/#]$/, "")).replace(/^.*[/#]/, "") || name : name;
}

/** An element with these properties. */
export function made<Name extends keyof HTMLElementTagNameMap>(name: Name, properties: Partial<HTMLElementTagNameMap[Name]> = {}): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties);
}
