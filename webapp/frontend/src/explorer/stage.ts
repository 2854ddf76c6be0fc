/**
 * What is in view: moved and enlarged by a transformation of the whole drawing, which the browser does without drawing
 * anything anew; when the movement ends, it is drawn sharply.
 */

import type { Mark, Point } from "./drawing";
import type { Box } from "./names";

const LEAST = 0.5;
const MOST = 8;
const STEP = 1.3;
const SHARP_AFTER_MS = 180;
/** How far a pointer goes before it drags and no longer clicks. */
const SLACK = 5;
/** Pixels of the screen for a unit of the drawing, from which on names can be read. */
const READABLE = 0.62;
/** Pixels of a frame from which on it shows all at first. */
const NARROW = 640;

export interface Drags {
  /** The actor under an element. */
  find(target: Element): Mark | undefined;
  drag(mark: Mark, at: Point): void;
  drop(mark: Mark): void;
  /** The view rests at a scale, in pixels of the screen for a unit of the drawing, with this of it in the frame. */
  rest(scale: number, view: Box): void;
}

export class Stage {
  readonly #frame: HTMLElement;
  readonly #svg: SVGSVGElement;
  /** What is transformed: around the drawing, so that nothing in it has to be laid out anew. */
  readonly #plane: HTMLElement;
  readonly #page: Element | null;
  readonly #drags: Drags;
  readonly #pointers = new Map<number, Point>();
  readonly #abort = new AbortController();
  #scale = 1;
  #x = 0;
  #y = 0;
  #timer = 0;
  #begun: { at: Point; mark: Mark | undefined; offset: Point } | undefined;
  #isDragged = false;
  /** Whether all is in view and nobody has moved it. */
  isFit = true;

  constructor(frame: HTMLElement, svg: SVGSVGElement, drags: Drags) {
    this.#frame = frame;
    this.#svg = svg;
    this.#drags = drags;
    frame.scrollTo(0, 0);
    this.#plane = svg.parentElement ?? frame;
    this.#page = frame.closest("liaison-explorer");
    const { signal } = this.#abort;
    frame.addEventListener("pointerdown", (event) => this.#down(event), { signal });
    frame.addEventListener("pointermove", (event) => this.#moved(event), { signal });
    for (const name of ["pointerup", "pointercancel"] as const) frame.addEventListener(name, (event) => this.#up(event), { signal });
    frame.addEventListener("wheel", (event) => this.#wheel(event), { signal, passive: false });
    frame.addEventListener("dragstart", (event) => event.preventDefault(), { signal });
    frame.addEventListener("click", (event) => this.#clicked(event), { signal, capture: true });
    const sizes = new ResizeObserver(() => this.rest());
    sizes.observe(frame);
    signal.addEventListener("abort", () => sizes.disconnect());
  }

  close(): void {
    this.#abort.abort();
    clearTimeout(this.#timer);
    this.#plane.style.willChange = "";
    this.#page?.classList.remove("is-moving");
  }

  /** All of the drawing. */
  fit(): void {
    this.#set(1, 0, 0);
    this.isFit = true;
  }

  zoom(factor = STEP, centre = this.#centre()): void {
    const scale = Math.min(Math.max(this.#scale * factor, LEAST), MOST);
    const ratio = scale / this.#scale;
    this.#set(scale, centre.x - ratio * (centre.x - this.#x), centre.y - ratio * (centre.y - this.#y));
  }

  pan(x: number, y: number): void {
    this.#set(this.#scale, this.#x + x, this.#y + y);
  }

  /** On a small screen, names that can be read rather than all at once. */
  open(mark: Mark | undefined): void {
    const now = this.matrix();
    if (!mark || this.#frame.clientWidth >= NARROW || now.a >= READABLE) return;
    this.zoom(READABLE / now.a);
    this.reveal(mark, 0.5);
  }

  /** Bring an actor into view, if it is not, or into the middle. */
  reveal(mark: Mark, margin = 0.08): void {
    const { a, e, f } = this.matrix();
    const [width, height] = [this.#frame.clientWidth, this.#frame.clientHeight];
    const [x, y] = [a * mark.at.x + e, a * mark.at.y + f];
    const within = (at: number, size: number): number => Math.min(Math.max(at, size * margin), size * (1 - margin)) - at;
    const [right, down] = [within(x, width), within(y, height)];
    if (right || down) this.pan(right, down);
  }

  /** From the drawing to pixels of the frame. */
  matrix(): { a: number; e: number; f: number } {
    const matrix = this.#svg.getScreenCTM();
    const box = this.#frame.getBoundingClientRect();
    return matrix ? { a: matrix.a, e: matrix.e - box.left, f: matrix.f - box.top } : { a: 1, e: 0, f: 0 };
  }

  /** Show the drawing as another one was shown, so that what is in both stands still. */
  hold(old: { a: number; e: number; f: number }): void {
    const now = this.matrix();
    const ratio = old.a / now.a;
    this.#set(this.#scale * ratio, ratio * (this.#x - now.e) + old.e, ratio * (this.#y - now.f) + old.f);
  }

  /** Go back to all of it in small steps; `part` is how much of the way is done. */
  glide(part: number): void {
    const left = 1 - part;
    this.#set(1 + (this.#scale - 1) * left, this.#x * left, this.#y * left);
    this.isFit = true;
  }

  /** The place in the drawing under a point of the screen. */
  at(x: number, y: number): Point {
    const { a, e, f } = this.matrix();
    const box = this.#frame.getBoundingClientRect();
    return { x: (x - box.left - e) / a, y: (y - box.top - f) / a };
  }

  #centre(): Point {
    return { x: this.#frame.clientWidth / 2, y: this.#frame.clientHeight / 2 };
  }

  #set(scale: number, x: number, y: number): void {
    [this.#scale, this.#x, this.#y, this.isFit] = [scale, x, y, false];
    const { style } = this.#plane;
    style.willChange = "transform";
    style.transform = scale === 1 && !x && !y ? "" : `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) scale(${scale.toFixed(4)})`;
    clearTimeout(this.#timer);
    this.#page?.classList.add("is-moving");
    this.#timer = window.setTimeout(() => this.rest(), SHARP_AFTER_MS);
  }

  /** Nothing moves any more. */
  rest(): void {
    this.#plane.style.willChange = "";
    this.#page?.classList.remove("is-moving");
    const { a, e, f } = this.matrix();
    this.#drags.rest(a, { left: -e / a, right: (this.#frame.clientWidth - e) / a, top: -f / a, bottom: (this.#frame.clientHeight - f) / a });
  }

  #down(event: PointerEvent): void {
    if (event.button) return;
    const at = { x: event.clientX, y: event.clientY };
    this.#pointers.set(event.pointerId, at);
    this.#isDragged = this.#pointers.size > 1;
    const mark = event.target instanceof Element && this.#pointers.size === 1 ? this.#drags.find(event.target) : undefined;
    const place = this.at(at.x, at.y);
    this.#begun = { at, mark, offset: { x: (mark?.at.x ?? 0) - place.x, y: (mark?.at.y ?? 0) - place.y } };
  }

  #moved(event: PointerEvent): void {
    const from = this.#pointers.get(event.pointerId);
    if (!from || !this.#begun) return;
    const to = { x: event.clientX, y: event.clientY };
    if (!this.#isDragged && Math.hypot(to.x - this.#begun.at.x, to.y - this.#begun.at.y) < SLACK) return;
    if (!this.#isDragged) this.#frame.setPointerCapture(event.pointerId);
    this.#isDragged = true;
    this.#frame.classList.add("held");
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.#pointers.set(event.pointerId, to);
    if (other) this.#pinch(from, to, other);
    else if (this.#begun.mark) {
      const place = this.at(to.x, to.y);
      this.#drags.drag(this.#begun.mark, { x: place.x + this.#begun.offset.x, y: place.y + this.#begun.offset.y });
    } else this.pan(to.x - from.x, to.y - from.y);
  }

  #pinch(from: Point, to: Point, other: Point): void {
    const box = this.#frame.getBoundingClientRect();
    const centre = { x: (to.x + other.x) / 2 - box.left, y: (to.y + other.y) / 2 - box.top };
    this.pan((to.x - from.x) / 2, (to.y - from.y) / 2);
    this.zoom(Math.hypot(to.x - other.x, to.y - other.y) / (Math.hypot(from.x - other.x, from.y - other.y) || 1), centre);
  }

  #up(event: PointerEvent): void {
    if (!this.#pointers.delete(event.pointerId)) return;
    if (this.#pointers.size) return;
    this.#frame.classList.remove("held");
    if (this.#isDragged && this.#begun?.mark) this.#drags.drop(this.#begun.mark);
    this.#begun = undefined;
  }

  /** A drag ends with a click of the browser's, which nobody has meant. */
  #clicked(event: MouseEvent): void {
    if (!this.#isDragged || !event.detail) return;
    this.#isDragged = false;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The wheel alone scrolls the page; with Ctrl, as a pinch on a touchpad has it, it enlarges. */
  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = this.#frame.getBoundingClientRect();
    this.zoom(Math.exp(-event.deltaY / 240), { x: event.clientX - box.left, y: event.clientY - box.top });
  }
}
