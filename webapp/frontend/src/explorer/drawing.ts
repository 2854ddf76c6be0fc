/** The drawing that the server has made: its actors, the lines between them, and how both are moved. */

import { widen } from "../network";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Mark {
  readonly element: SVGAElement;
  readonly reference: string;
  readonly name: string;
  readonly half: number;
  at: Point;
}

export interface Line {
  readonly element: SVGAElement;
  readonly one: Mark;
  readonly other: Mark;
  /** The claim to which it leads, `claim/…`. */
  readonly claim: string;
  readonly label: string;
  readonly said: readonly number[];
  /** The first year in which any of it was said; null where evidence without a year may be older. */
  readonly since: number | null;
  readonly over: number | null;
}

/** As the server bends and cuts its lines. */
const BEND = 0.07;
const GAP = 3;
/** Letters of the words beside a line. */
const LONGEST = 40;
const SVG = "http://www.w3.org/2000/svg";

export class Drawing {
  readonly svg: SVGSVGElement;
  readonly marks: readonly Mark[];
  readonly lines: readonly Line[];
  readonly #of = new Map<string, Mark>();
  readonly #lines = new Map<Mark, Line[]>();

  constructor(svg: SVGSVGElement) {
    this.svg = svg;
    this.marks = [...svg.querySelectorAll<SVGAElement>("a.node")].map(read);
    const labels = svg.dataset["labels"]?.split("|");
    this.lines = [...svg.querySelectorAll<SVGAElement>("a.line")].flatMap((element) => {
      const [one, other] = (element.dataset["ends"] ?? "").split(" ").map((number) => this.marks[Number(number)]);
      return one && other ? [lineOf(element, one, other, labels)] : [];
    });
    svg.querySelector("g.lines")?.removeAttribute("aria-hidden");
    for (const mark of this.marks) this.#of.set(mark.reference, mark);
    for (const line of this.lines) for (const end of [line.one, line.other]) this.#lines.set(end, [...(this.#lines.get(end) ?? []), line]);
  }

  mark(reference: string): Mark | undefined {
    return this.#of.get(reference);
  }

  linesOf(mark: Mark): readonly Line[] {
    return this.#lines.get(mark) ?? [];
  }

  /** Put an actor somewhere else, with the ends of its lines. */
  move(mark: Mark, at: Point): void {
    mark.at = at;
    mark.element.setAttribute("transform", `translate(${Math.round(at.x)} ${Math.round(at.y)})`);
    for (const line of this.linesOf(mark)) {
      const drawn = path(line.one, line.other);
      for (const part of line.element.querySelectorAll("path")) part.setAttribute("d", drawn);
      const middle = middleOf(line);
      for (const words of line.element.querySelectorAll("text")) put(words, middle);
    }
  }

  /** Dim all but these, and show the words of the lines among them. */
  light(marks: readonly Mark[], lines: readonly Line[], worded: boolean): void {
    const bright = new Set<Element>([...marks, ...lines].map((item) => item.element));
    for (const item of [...this.marks, ...this.lines]) item.element.classList.toggle("faint", !bright.has(item.element));
    this.svg.classList.add("has-focus");
    for (const words of this.svg.querySelectorAll(".passing")) words.remove();
    if (worded) for (const line of lines) if (line.label && !line.element.querySelector("text:not(.many)")) line.element.append(wordsOf(line));
  }

  unlight(): void {
    this.svg.classList.remove("has-focus");
    for (const words of this.svg.querySelectorAll(".passing")) words.remove();
  }
}

function read(element: SVGAElement): Mark {
  const [x = 0, y = 0] = (element.getAttribute("transform")?.match(/-?\d+/g) ?? []).map(Number);
  const half = Number(element.querySelector("use")?.getAttribute("width")) / 2;
  const name = element.querySelector("title")?.textContent?.replace(/, [a-z]+$/, "") ?? "";
  return { element, reference: element.dataset["ref"] ?? "", name, half, at: { x, y } };
}

/** Of a large drawing the server sends each label once, by its number, and leaves the titles of the lines to this. */
function lineOf(element: SVGAElement, one: Mark, other: Mark, labels?: readonly string[]): Line {
  widen(element);
  const label = labels?.[Number(element.dataset["label"])] ?? element.dataset["label"] ?? "";
  if (labels) element.prepend(titled(`${one.name} and ${other.name}: ${label}`));
  const years = (element.dataset["said"] ?? "").split(" ").filter(Boolean).map(Number);
  const over = element.dataset["over"];
  const claim = `claim/${(element.getAttribute("href") ?? "").split(/[/-]/).at(-1) ?? ""}`;
  return { element, one, other, claim, label, said: years, since: "undated" in element.dataset ? null : (years[0] ?? null), over: over ? Number(over) : null };
}

function bend(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2 - BEND * (other.y - one.y), y: (one.y + other.y) / 2 + BEND * (other.x - one.x) };
}

function middleOf({ one, other }: Line): Point {
  const over = bend(one.at, other.at);
  return { x: (one.at.x + 2 * over.x + other.at.x) / 4, y: (one.at.y + 2 * over.y + other.at.y) / 4 };
}

function path(one: Mark, other: Mark): string {
  const over = bend(one.at, other.at);
  const [begin, end] = [towards(one.at, over, one.half + GAP), towards(other.at, over, other.half + GAP + 2)];
  return `M${begin.x.toFixed(0)} ${begin.y.toFixed(0)}Q${over.x.toFixed(0)} ${over.y.toFixed(0)} ${end.x.toFixed(0)} ${end.y.toFixed(0)}`;
}

function towards(from: Point, to: Point, far: number): Point {
  const distance = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: from.x + ((to.x - from.x) * far) / distance, y: from.y + ((to.y - from.y) * far) / distance };
}

function titled(words: string): SVGTitleElement {
  const title = document.createElementNS(SVG, "title");
  title.textContent = words;
  return title;
}

function wordsOf(line: Line): SVGTextElement {
  const words = document.createElementNS(SVG, "text");
  words.classList.add("words", "passing");
  words.textContent = line.label.length > LONGEST ? `${line.label.slice(0, LONGEST - 1)}…` : line.label;
  put(words, middleOf(line));
  return words;
}

function put(words: SVGTextElement, at: Point): void {
  words.setAttribute("x", at.x.toFixed(0));
  words.setAttribute("y", at.y.toFixed(0));
}

const DIRECTIONS: Readonly<Record<string, Point>> = { ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 }, ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 } };

/** The direction of an arrow key. */
export function direction(key: string): Point | undefined {
  return DIRECTIONS[key];
}

/** The actor that stands nearest to a place. */
export function nearest(marks: readonly Mark[], at: Point): Mark | undefined {
  const far = (mark: Mark): number => Math.hypot(mark.at.x - at.x, mark.at.y - at.y);
  return marks.reduce<Mark | undefined>((best, mark) => (best && far(best) <= far(mark) ? best : mark), undefined);
}

/** The nearest actor in a direction; what lies beside it counts as farther. */
export function next(marks: readonly Mark[], here: Mark, way: Point): Mark | undefined {
  let best: { mark: Mark; far: number } | undefined;
  for (const mark of marks) {
    const [x, y] = [mark.at.x - here.at.x, mark.at.y - here.at.y];
    const along = x * way.x + y * way.y;
    const far = Math.hypot(x, y) + 2 * Math.abs(x * way.y - y * way.x);
    if (mark !== here && along > 0 && (!best || far < best.far)) best = { mark, far };
  }
  return best?.mark;
}
