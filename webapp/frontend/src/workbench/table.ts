/** An answer as a table: names beside IRIs, columns that sort, pages of rows and columns, and the evidence of a claim under its row. */

import { cellOf, type Cell, type Row, type Table } from "./ask";
import { evidenceRow, hasEvidence } from "./evidence";
import { made } from "./made";
import type { Names } from "./names";
import { isNumber, sorted } from "./order";
import { lastPart, page, short, type Schema } from "./schema";
import { Viewport } from "./viewport";

const PAGES = [100, 500, 5000];
/** Columns that are drawn at a time. */
const COLUMNS = 24;
/** Cells up to which a page is drawn whole; of a larger one, the rows in view. */
const WHOLE = 2_000;
/** Names that are looked up to sort a column by them; above, it is sorted by its IRIs. */
const SORT_NAMES = 6_000;
/** Milliseconds after the last scrolling before names are looked up. */
const PAUSE = 120;
/** Rows by which the widths of columns are found, and the least and most letters of a column. */
const SAMPLE = 200;
const NARROW = 10;
const WIDE = 28;
/** The part of its letters that a column keeps a line for where the screen is narrow. */
const LEAST = 0.62;

export class TableView {
  readonly element = made("div");
  readonly #answer: Table;
  readonly #schema: Schema;
  readonly #names: Names;
  readonly #table = made("table", { className: "answer" });
  readonly #columns = made("colgroup");
  readonly #head: HTMLTableRowElement;
  readonly #view: Viewport;
  readonly #told = made("span");
  readonly #note = made("span", { className: "quiet" });
  /** The rows of evidence that are open, by the row and the column that they belong to. */
  readonly #open = new Map<Row, Map<string, HTMLTableRowElement>>();
  readonly #turns: (() => void)[] = [];
  #order: readonly Row[];
  #sorted = { name: "", falls: false };
  #how = "";
  #page = 0;
  #size = PAGES[0] ?? 100;
  #left = 0;
  #sorting = 0;
  #pause = 0;
  #isNaming = false;

  constructor(answer: Table, schema: Schema, names: Names) {
    this.#answer = answer;
    this.#schema = schema;
    this.#names = names;
    this.#order = answer.rows;
    const region = made("div", { className: "scroll", tabIndex: 0 });
    region.setAttribute("role", "region");
    region.setAttribute("aria-label", "Rows of the answer");
    this.#head = made("thead").insertRow();
    const body = made("tbody");
    this.#table.append(this.#columns, this.#head.parentElement ?? "", body);
    region.append(this.#table);
    this.element.append(region, this.#pager());
    this.#view = new Viewport(region, body, (place) => this.#rowsAt(place), () => this.#nameSoon());
    this.#drawHead();
    this.#drawRows();
  }

  get #shownColumns(): readonly string[] {
    return this.#answer.names.slice(this.#left, this.#left + COLUMNS);
  }

  #drawHead(): void {
    const names = this.#shownColumns;
    this.#head.replaceChildren(
      ...names.map((name, place) => {
        const cell = made("th", { scope: "col" });
        const button = made("button", { type: "button", textContent: name, className: "sort" });
        button.addEventListener("click", () => void this.#sort(name));
        cell.append(button);
        if (this.#answer.names.length > COLUMNS) cell.setAttribute("aria-colindex", String(this.#left + place + 1));
        return cell;
      }),
    );
    if (this.#answer.names.length > COLUMNS) this.#table.setAttribute("aria-colcount", String(this.#answer.names.length));
    const letters = names.map((name) => this.#letters(name));
    const all = letters.reduce((sum, count) => sum + count, 0);
    this.#columns.replaceChildren(
      ...letters.map((count) => {
        const column = made("col");
        column.style.width = `${(count / all) * 100}%`;
        return column;
      }),
    );
    this.#table.style.minWidth = `calc(${all * LEAST}ch + ${names.length * 1.5}rem)`;
    this.#markSorted();
  }

  /** How many letters wide a column is to be, by what some of its rows hold: rows come and go, widths must not. */
  #letters(name: string): number {
    const step = Math.max(Math.floor(this.#answer.rows.length / SAMPLE), 1);
    const lengths: number[] = [];
    for (let place = 0; place < this.#answer.rows.length; place += step) {
      const cell = cellOf(this.#answer.rows[place] ?? {}, name);
      if (!cell) continue;
      const length = cell.type === "uri" ? this.#shown(cell.value).length + short(cell.value, this.#schema.prefixes).length * 0.6 : cell.value.length;
      lengths.push(length + (hasEvidence(cell.value) ? 11 : 0));
    }
    lengths.sort((one, other) => one - other);
    return Math.round(Math.min(Math.max(lengths[Math.floor(lengths.length * 0.9)] ?? 0, name.length + 3, NARROW), WIDE));
  }

  #markSorted(): void {
    this.#shownColumns.forEach((name, place) => {
      const cell = this.#head.cells[place];
      if (this.#sorted.name === name) cell?.setAttribute("aria-sort", this.#sorted.falls ? "descending" : "ascending");
      else cell?.removeAttribute("aria-sort");
    });
  }

  get #begin(): number {
    return this.#page * this.#size;
  }

  get #count(): number {
    return Math.min(this.#size, this.#order.length - this.#begin);
  }

  #drawRows(): void {
    const isWhole = this.#count * Math.min(this.#answer.names.length, COLUMNS) <= WHOLE;
    if (isWhole && this.#count === this.#order.length) this.#table.removeAttribute("aria-rowcount");
    else this.#table.setAttribute("aria-rowcount", String(this.#order.length + 1));
    this.#view.reset(this.#count, isWhole);
    this.#note.textContent = isWhole ? "" : "Only rows near those in view are drawn, so the browser’s own search and print miss the others; the downloads hold all.";
    for (const turn of this.#turns) turn();
    this.#say();
  }

  /** Where one is, and by what the rows are sorted. */
  #say(doing = ""): void {
    const { length } = this.#order;
    const where = length ? `Rows ${many(this.#begin + 1)} to ${many(this.#begin + this.#count)} of ${many(length)}` : "No rows: nothing in the graph fits the query.";
    const all = this.#answer.names.length;
    const which = all > COLUMNS ? `, columns ${this.#left + 1} to ${this.#left + this.#shownColumns.length} of ${all}` : "";
    this.#told.textContent = where + which + (doing || this.#how ? `. ${doing || this.#how}` : "");
  }

  /** One order over all rows: where names are shown, those of all rows are known before it is made. */
  async #sort(name: string): Promise<void> {
    const turn = (this.#sorting += 1);
    this.#sorted = { name, falls: this.#sorted.name === name && !this.#sorted.falls };
    const { falls } = this.#sorted;
    this.#markSorted();
    const iris: string[] = [];
    for (const row of this.#answer.rows) {
      const cell = cellOf(row, name);
      if (cell?.type === "uri") iris.push(cell.value);
    }
    const missing = this.#names.missing(iris);
    let why = missing.length > SORT_NAMES ? `, by IRI: ${many(missing.length)} names are more than are looked up (${many(SORT_NAMES)})` : "";
    if (!why && missing.length) {
      const tell = (done: number): void => {
        if (turn === this.#sorting) this.#say(`Looking up names to sort by ${name}: ${many(done)} of ${many(missing.length)} …`);
      };
      tell(0);
      if (!(await this.#names.look(missing, tell))) why = ", by IRI: the names could not be looked up";
      if (turn !== this.#sorting) return;
    }
    this.#order = sorted(this.#answer.rows, (row) => cellOf(row, name), falls, (iri) => (why ? short(iri, this.#schema.prefixes) : this.#shown(iri)));
    this.#page = 0;
    this.#how = `All rows are sorted by ${name}, ${falls ? "descending" : "ascending"}${why}.`;
    this.#drawRows();
  }

  /** What stands for an IRI. */
  #shown(iri: string): string {
    return this.#names.of(iri) ?? lastPart(short(iri, this.#schema.prefixes));
  }

  #rowsAt(place: number): HTMLTableRowElement[] {
    const row = this.#order[this.#begin + place] ?? {};
    const line = made("tr");
    if (this.#table.hasAttribute("aria-rowcount")) line.setAttribute("aria-rowindex", String(this.#begin + place + 2));
    this.#shownColumns.forEach((name, column) => {
      const cell = line.insertCell();
      if (this.#answer.names.length > COLUMNS) cell.setAttribute("aria-colindex", String(this.#left + column + 1));
      const value = cellOf(row, name);
      if (value) this.#fill(cell, value, row, name, place);
    });
    return [line, ...this.#evidenceOf(row)];
  }

  #evidenceOf(row: Row): HTMLTableRowElement[] {
    const open = this.#open.get(row);
    return open ? this.#shownColumns.flatMap((name) => open.get(name) ?? []) : [];
  }

  #fill(cell: HTMLTableCellElement, value: Cell, row: Row, column: string, place: number): void {
    if (value.type !== "uri") {
      if (value["xml:lang"]) cell.lang = value["xml:lang"];
      cell.append(made("bdi", { textContent: value.value }));
      if (isNumber(value)) cell.className = "number";
      return;
    }
    const name = short(value.value, this.#schema.prefixes);
    const target = page(value.value, this.#schema.prefixes) || (/^https?:/.test(value.value) ? value.value : "");
    const link = target ? made("a", { href: target }) : made("span");
    if (target && target === value.value) link.setAttribute("rel", "external noopener noreferrer");
    link.title = name;
    link.append(made("bdi"));
    link.dataset["iri"] = value.value;
    cell.append(link, made("span", { className: "iri quiet" }));
    this.#name(link);
    if (hasEvidence(value.value)) cell.append(this.#evidenceButton(value.value, row, column, place));
  }

  /** Show what an IRI is called, and the IRI beside it where it is short. */
  #name(link: HTMLElement): void {
    const iri = link.dataset["iri"] ?? "";
    const text = this.#shown(iri);
    if (link.textContent !== text) link.querySelector("bdi")?.replaceChildren(text);
    const code = this.#names.of(iri) && !link.title.includes("://") ? ` ${link.title}` : "";
    if (link.nextElementSibling && link.nextElementSibling.textContent !== code) link.nextElementSibling.textContent = code;
  }

  #evidenceButton(iri: string, row: Row, column: string, place: number): HTMLButtonElement {
    const button = made("button", { type: "button", className: "evidence-button", textContent: "evidence" });
    button.setAttribute("aria-label", `evidence of ${column}, ${lastPart(short(iri, this.#schema.prefixes))}`);
    const mark = (): void => {
      const shown = this.#open.get(row)?.get(column);
      button.setAttribute("aria-expanded", String(shown !== undefined));
      if (shown) button.setAttribute("aria-controls", shown.id);
      else button.removeAttribute("aria-controls");
    };
    mark();
    button.addEventListener("click", () => {
      const open = this.#open.get(row) ?? new Map<string, HTMLTableRowElement>();
      this.#open.set(row, open);
      if (!open.delete(column)) open.set(column, evidenceRow(iri, column, this.#shownColumns.length, this.#schema));
      mark();
      const line = button.closest("tr");
      if (line) this.#view.replace(place, [line, ...this.#evidenceOf(row)]);
    });
    return button;
  }

  #pager(): HTMLElement {
    const pager = made("p", { className: "pager" });
    this.#told.setAttribute("role", "status");
    pager.append(this.#told);
    const rows = (): [number, number, number] => [this.#begin, this.#count, this.#order.length];
    const columns = (): [number, number, number] => [this.#left, this.#shownColumns.length, this.#answer.names.length];
    const turnRows = (step: number): void => {
      this.#page += step;
      this.#drawRows();
      this.element.scrollIntoView({ block: "nearest" });
    };
    const turnColumns = (step: number): void => {
      this.#left += step * COLUMNS;
      this.#drawHead();
      this.#drawRows();
    };
    pager.append(this.#turn("Earlier rows", -1, rows, turnRows), this.#turn("Later rows", 1, rows, turnRows));
    if (this.#order.length > (PAGES[0] ?? 0)) pager.append(this.#sizes());
    pager.append(this.#turn("Earlier columns", -1, columns, turnColumns), this.#turn("Later columns", 1, columns, turnColumns), this.#note);
    return pager;
  }

  /** A button that stays where it is at the end too: the focus must not fall away under whoever pressed it. */
  #turn(text: string, step: number, state: () => [begin: number, count: number, all: number], turn: (step: number) => void): HTMLButtonElement {
    const button = made("button", { type: "button", textContent: text, className: "plain-button" });
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") !== "true") turn(step);
    });
    this.#turns.push(() => {
      const [begin, count, all] = state();
      button.hidden = count >= all;
      button.setAttribute("aria-disabled", String(step < 0 ? begin <= 0 : begin + count >= all));
    });
    return button;
  }

  #sizes(): HTMLElement {
    const label = made("label", { textContent: "Rows a page " });
    const choice = made("select");
    for (const size of PAGES) choice.append(new Option(many(size), String(size), false, size === this.#size));
    choice.addEventListener("change", () => {
      this.#size = Number(choice.value);
      this.#page = 0;
      this.#drawRows();
    });
    label.append(choice);
    return label;
  }

  #nameSoon(): void {
    delete this.element.dataset["named"];
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#nameDrawn(), PAUSE);
  }

  /** Look up what the IRIs that are drawn are called; until then, and without it, their last part is shown. */
  async #nameDrawn(): Promise<void> {
    if (this.#isNaming) return;
    this.#isNaming = true;
    const drawn = (): HTMLElement[] => [...this.#table.querySelectorAll<HTMLElement>("[data-iri]")];
    let isKnown = true;
    // Scrolling goes on meanwhile, and with it what is drawn.
    for (let wanted = this.#names.missing(drawn().map(iriOf)); isKnown && wanted.length; wanted = this.#names.missing(drawn().map(iriOf))) {
      isKnown = await this.#names.look(wanted.slice(0, 250));
      for (const link of drawn()) this.#name(link);
    }
    this.#isNaming = false;
    if (!isKnown) this.#say("Some names could not be looked up; their IRIs stand there");
    this.element.dataset["named"] = isKnown ? "yes" : "some";
  }
}

function iriOf(link: HTMLElement): string {
  return link.dataset["iri"] ?? "";
}

function many(count: number): string {
  return count.toLocaleString("en");
}
