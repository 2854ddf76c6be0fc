/**
 * Names that can be read: none is drawn below a least size. Where they would lie on each other at that size, the less
 * telling ones move to above or beside their sign; those that find no place show on pointing, with the focus, and when the
 * drawing is enlarged.
 */

import type { Drawing, Mark, Point } from "./drawing";

/** Pixels of the smallest letters, at the size of text that a browser begins with: on the screen, and on paper. */
const LEAST = 11;
const LEAST_ON_PAPER = 8;
const USUAL = 16;
/** The smallest letters of the drawing, in its units. */
const SMALLEST = 11;
/** From which size on the numbers on lines would hide the lines. */
const CROWDED = 1.5;
const BELOW = 4;
/** How far a name stays from the edge of the frame. */
const EDGE = 6;
/** Pixels of a sheet of paper that a drawing can take, and the most that it takes of its height, as its style says. */
const PAPER = { wide: 700, high: 567 };
/** How large names are, and how far below the middle of their sign, in units of the drawing. */
const SIZES = new WeakMap<Mark, DOMRect>();

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Size the names for a scale, in pixels of the screen for a unit of the drawing, and thin them; none is cut by the edge of what is in view. */
export function fitNames(drawing: Drawing, scale: number, view: Box, least = LEAST): void {
  const root = parseFloat(getComputedStyle(document.documentElement).fontSize) || USUAL;
  const larger = Math.max(1, ((least / SMALLEST) * (root / USUAL)) / scale);
  drawing.svg.style.setProperty("--larger", larger.toFixed(3));
  drawing.svg.classList.toggle("crowded", larger > CROWDED);
  const taken: Box[] = drawing.marks.map(({ at, half }) => ({ left: at.x - half, right: at.x + half, top: at.y - half, bottom: at.y + half }));
  for (const mark of byImportance(drawing)) {
    const below = boxOf(mark, larger);
    const isSeen = isIn(view, mark);
    const inner = isSeen ? { left: view.left + EDGE / scale, right: view.right - EDGE / scale } : undefined;
    const places = movesOf(mark, below).map((move) => within(inner, below, move));
    const free = places.find((move) => !taken.some((other) => meet(moved(below, move), other)));
    const [usual = { x: 0, y: 0 }] = places;
    const isAlways = larger === 1 || mark.element.classList.contains("start");
    const move = isAlways ? usual : (free ?? usual);
    const isCut = !isSeen && meet(moved(below, move), view);
    mark.element.classList.toggle("unnamed", isCut || (!free && !isAlways));
    mark.element.style.setProperty("--aside", `${move.x.toFixed(1)}px`);
    mark.element.style.setProperty("--down", `${move.y.toFixed(1)}px`);
    if (free || isAlways) taken.push(moved(below, move));
  }
}

/** Size and thin the names for paper, on which nothing can be pointed at or enlarged. */
export function fitPaper(drawing: Drawing): void {
  const { x, y, width, height } = drawing.svg.viewBox.baseVal;
  fitNames(drawing, Math.min(PAPER.wide / width, PAPER.high / height), { left: x, right: x + width, top: y, bottom: y + height }, LEAST_ON_PAPER);
}

/** Where one began, what is expanded or looked at, then those with most lines. */
function byImportance(drawing: Drawing): readonly Mark[] {
  const rank = ({ element }: Mark): number => ["start", "chosen", "open"].findIndex((name) => element.classList.contains(name)) >>> 0;
  return [...drawing.marks].sort((one, other) => rank(one) - rank(other) || drawing.linesOf(other).length - drawing.linesOf(one).length);
}

function boxOf(mark: Mark, larger: number): Box {
  const { y, width, height } = sizeOf(mark);
  const [half, top] = [(width * larger) / 2, mark.at.y + y];
  return { left: mark.at.x - half, right: mark.at.x + half, top, bottom: top + height * larger };
}

/** As the browser has set it; it is measured once, while it is shown. */
function sizeOf(mark: Mark): DOMRect {
  const known = SIZES.get(mark);
  if (known) return known;
  const size = mark.element.querySelector("text")?.getBBox() ?? new DOMRect();
  SIZES.set(mark, size);
  return size;
}

/** Where a name may stand: below its sign, above it, to the right and to the left. */
function movesOf({ at, half }: Mark, { left, right, top, bottom }: Box): readonly Point[] {
  const [far, middle] = [half + BELOW + (right - left) / 2, at.y - (top + bottom) / 2];
  return [{ x: 0, y: 0 }, { x: 0, y: at.y - half - BELOW - bottom }, { x: far, y: middle }, { x: -far, y: middle }];
}

function moved({ left, right, top, bottom }: Box, { x, y }: Point): Box {
  return { left: left + x, right: right + x, top: top + y, bottom: bottom + y };
}

/** A move that keeps a name within what is in view. */
function within(inner: { left: number; right: number } | undefined, { left, right }: Box, { x, y }: Point): Point {
  if (!inner) return { x, y };
  return { x: left + x < inner.left ? inner.left - left : Math.min(x, inner.right - right), y };
}

function isIn(view: Box, { at }: Mark): boolean {
  return view.left < at.x && at.x < view.right && view.top < at.y && at.y < view.bottom;
}

function meet(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
