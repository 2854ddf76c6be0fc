/**
 * The rows of a table that are in view, with a margin; empty rows of the right height stand for the others. The row with
 * the focus and its neighbours stay however far one scrolls, so that the focus and the Tab key go on from there.
 */

import { made } from "./made";

/** Rows beyond what is seen, at either side. */
const MARGIN = 14;
/** Pixels of a row that was not measured, and of a view that is not laid out, before anything is known. */
const GUESS = 34;
const VIEW = 700;

export class Viewport {
  readonly #region: HTMLElement;
  readonly #body: HTMLTableSectionElement;
  readonly #make: (place: number) => HTMLTableRowElement[];
  readonly #changed: () => void;
  /** What is drawn: for each place its row, and what belongs to it. */
  readonly #drawn = new Map<number, HTMLTableRowElement[]>();
  readonly #gaps: HTMLTableRowElement[] = [];
  /** Measured heights; 0 where a row was not drawn yet. */
  #heights = new Float64Array(0);
  #guess = 0;
  #isWhole = true;
  #focus = -1;
  #width = 0;
  /** How far one could scroll when rows were last measured. */
  #farthest = Infinity;

  /**
   * @param region scrolls.
   * @param make makes the row at a place, with the rows that belong to it.
   * @param changed is called when other rows are drawn.
   */
  constructor(region: HTMLElement, body: HTMLTableSectionElement, make: (place: number) => HTMLTableRowElement[], changed: () => void) {
    this.#region = region;
    this.#body = body;
    this.#make = make;
    this.#changed = changed;
    region.addEventListener("scroll", () => this.#draw(), { passive: true });
    region.addEventListener("keydown", (event) => this.#jump(event));
    body.addEventListener("focusin", (event) => {
      this.#focus = this.#placeOf(event.target as Node);
      this.#draw(true);
    });
    body.addEventListener("focusout", (event) => {
      if (!body.contains(event.relatedTarget as Node | null)) this.#focus = -1;
    });
    // Names that arrive, rows that unfold, and a window that is made narrower change heights.
    const watch = new ResizeObserver(() => {
      this.#measure(this.#seen()[0], this.#isAtEnd());
      this.#draw();
    });
    watch.observe(body);
    watch.observe(region);
  }

  /** Begin anew with so many rows, at the top. */
  reset(count: number, isWhole: boolean): void {
    for (const rows of this.#drawn.values()) for (const row of rows) row.remove();
    this.#drawn.clear();
    this.#heights = new Float64Array(count);
    this.#guess = 0;
    this.#isWhole = isWhole;
    this.#focus = -1;
    this.#farthest = Infinity;
    this.#region.scrollTop = 0;
    this.#draw(true);
  }

  /** What belongs to a row has changed; the row stays where it is, at the end too. */
  replace(place: number, rows: HTMLTableRowElement[]): void {
    if (!this.#drawn.has(place)) return;
    for (const old of this.#drawn.get(place) ?? []) if (!rows.includes(old)) old.remove();
    this.#drawn.set(place, rows);
    this.#draw(true, false);
  }

  /** The browser would glide to where the end was when the key was pressed, and rows that are drawn on the way move it. */
  #jump(event: KeyboardEvent): void {
    if (this.#isWhole || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    this.#region.scrollTop = event.key === "End" ? this.#region.scrollHeight : 0;
    this.#draw();
  }

  /** Whether one is at the end, or was before rows became higher: nobody has scrolled since. */
  #isAtEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.#region;
    return scrollTop > 0 && scrollTop >= Math.min(scrollHeight - clientHeight, this.#farthest) - 1;
  }

  #placeOf(node: Node): number {
    for (const [place, rows] of this.#drawn) if (rows.some((row) => row.contains(node))) return place;
    return -1;
  }

  #height(place: number): number {
    return this.#heights[place] || this.#guess || GUESS;
  }

  #sum(from: number, to: number): number {
    let sum = 0;
    for (let place = from; place < to; place += 1) sum += this.#height(place);
    return sum;
  }

  /** The first and the last row that are seen. */
  #seen(): [number, number] {
    const top = Math.max(this.#region.scrollTop - this.#body.offsetTop, 0);
    const bottom = this.#region.scrollTop + (this.#region.clientHeight || VIEW);
    const last = this.#heights.length - 1;
    let first = 0;
    let sum = 0;
    while (first < last && sum + this.#height(first) <= top) sum += this.#height(first++);
    let end = first;
    while (end < last && sum < bottom) sum += this.#height(end++);
    return [first, end];
  }

  #draw(isForced = false, isAtEnd = this.#isAtEnd()): void {
    const count = this.#heights.length;
    const [first, last] = this.#isWhole ? [0, count - 1] : this.#seen();
    const near = [Math.max(first - MARGIN / 2, 0), Math.min(last + MARGIN / 2, count - 1)] as const;
    if (!isForced && this.#drawn.has(near[0]) && this.#drawn.has(near[1]) && this.#drawn.has(first) && this.#drawn.has(last)) return;
    const wanted = new Set<number>();
    for (let place = Math.max(first - MARGIN, 0); place <= Math.min(last + MARGIN, count - 1); place += 1) wanted.add(place);
    if (this.#focus >= 0) for (const place of [this.#focus - 1, this.#focus, this.#focus + 1]) if (place >= 0 && place < count) wanted.add(place);
    let isOther = false;
    for (const [place, rows] of this.#drawn) {
      if (wanted.has(place)) continue;
      for (const row of rows) row.remove();
      this.#drawn.delete(place);
      isOther = true;
    }
    for (const place of wanted) {
      if (this.#drawn.has(place)) continue;
      this.#drawn.set(place, this.#make(place));
      isOther = true;
    }
    this.#put();
    this.#measure(first, isAtEnd);
    if (isOther) this.#changed();
  }

  /** Bring the rows into the table in their order, with a gap for those that are not drawn; what stands right is not moved. */
  #put(): void {
    const places = [...this.#drawn.keys()].sort((one, other) => one - other);
    let at = this.#body.firstChild;
    const add = (row: HTMLTableRowElement): void => {
      if (row === at) at = row.nextSibling;
      else this.#body.insertBefore(row, at);
    };
    let before = 0;
    let gaps = 0;
    const gap = (from: number, to: number): void => {
      if (from >= to) return;
      const row = (this.#gaps[gaps] ??= empty());
      gaps += 1;
      if (row.cells[0]) row.cells[0].style.height = `${this.#sum(from, to)}px`;
      add(row);
    };
    for (const place of places) {
      gap(before, place);
      for (const row of this.#drawn.get(place) ?? []) add(row);
      before = place + 1;
    }
    gap(before, this.#heights.length);
    for (const row of this.#gaps.slice(gaps)) row.remove();
  }

  /** Learn how high the rows are that are drawn, and keep what is seen where it is: the end in view, or else the first row. */
  #measure(first: number, isAtEnd: boolean): void {
    if (this.#isWhole || !this.#region.clientHeight) return;
    const [top, before] = [this.#region.scrollTop, this.#sum(0, first)];
    if (this.#region.clientWidth !== this.#width) {
      if (this.#width) this.#heights.fill(0);
      this.#width = this.#region.clientWidth;
      this.#guess = 0;
    }
    let isOther = false;
    for (const [place, rows] of this.#drawn) {
      const [start, end] = [rows[0]?.getBoundingClientRect(), rows.at(-1)?.getBoundingClientRect()];
      const height = start && end ? end.bottom - start.top : 0;
      if (Math.abs(height - (this.#heights[place] ?? 0)) < 0.5) continue;
      this.#heights[place] = height;
      isOther = true;
    }
    if (isOther) {
      // One guess for all others, made once: if it changed at each step, the whole would move under the reader.
      if (!this.#guess) this.#guess = [...this.#drawn.keys()].reduce((sum, place) => sum + this.#height(place), 0) / this.#drawn.size;
      this.#put();
    }
    const shift = this.#sum(0, first) - before;
    if (isAtEnd) this.#region.scrollTop = this.#region.scrollHeight;
    else if (Math.abs(shift) >= 1 && top > 0) this.#region.scrollTop = top + shift;
    this.#farthest = this.#region.scrollHeight - this.#region.clientHeight;
  }
}

function empty(): HTMLTableRowElement {
  const row = made("tr", { className: "gap" });
  row.setAttribute("aria-hidden", "true");
  row.insertCell().colSpan = 1000;
  return row;
}
