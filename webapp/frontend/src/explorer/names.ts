/**
 * Names that can be read: none is drawn below a least size. Where they would lie on each other at that size, the more
 * telling ones stay, and the rest show on pointing and with the focus.
 */

import type { Drawing, Mark } from "./drawing";

/** Pixels of the screen of the smallest letters, at the size of text that a browser begins with. */
const LEAST = 11;
const USUAL = 16;
/** The smallest letters of the drawing, and how wide and high a letter of a name is, in its units. */
const SMALLEST = 11;
const WIDE = 7.4;
/** From which size on the numbers on lines would hide the lines. */
const CROWDED = 1.5;
const HIGH = 14;
const BELOW = 4;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Size the names for a scale, in pixels of the screen for a unit of the drawing, and thin them. */
export function fitNames(drawing: Drawing, scale: number): void {
  const root = parseFloat(getComputedStyle(document.documentElement).fontSize) || USUAL;
  const larger = Math.max(1, ((LEAST / SMALLEST) * (root / USUAL)) / scale);
  drawing.svg.style.setProperty("--larger", larger.toFixed(3));
  drawing.svg.classList.toggle("crowded", larger > CROWDED);
  const taken: Box[] = drawing.marks.map(({ at, half }) => ({ left: at.x - half, right: at.x + half, top: at.y - half, bottom: at.y + half }));
  for (const mark of byImportance(drawing)) {
    const box = boxOf(mark, larger);
    const isShown = larger === 1 || mark.element.classList.contains("start") || !taken.some((other) => meet(box, other));
    mark.element.classList.toggle("unnamed", !isShown);
    if (isShown) taken.push(box);
  }
}

/** Where one began, what is expanded or looked at, then those with most lines. */
function byImportance(drawing: Drawing): readonly Mark[] {
  const rank = ({ element }: Mark): number => ["start", "chosen", "open"].findIndex((name) => element.classList.contains(name)) >>> 0;
  return [...drawing.marks].sort((one, other) => rank(one) - rank(other) || drawing.linesOf(other).length - drawing.linesOf(one).length);
}

function boxOf(mark: Mark, larger: number): Box {
  const lines = [...mark.element.querySelectorAll("tspan")].map((line) => line.textContent?.length ?? 0);
  const [half, top] = [(Math.max(...lines, 0) * WIDE * larger) / 2, mark.at.y + mark.half + BELOW];
  return { left: mark.at.x - half, right: mark.at.x + half, top, bottom: top + lines.length * HIGH * larger };
}

function meet(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
