/**
 * `<liaison-explorer>` makes the explorer answer without loading a page: actors are expanded, hidden, moved and pinned, by
 * pointer, touch or keys; each step is an address of its own, and Undo is the Back of the browser.
 */

import { direction, Drawing, nearest, next, type Line, type Mark, type Point } from "./explorer/drawing";
import { Lens } from "./explorer/lens";
import { fitNames, fitPaper } from "./explorer/names";
import { addressOf, fetched, swap } from "./explorer/pages";
import { Stage } from "./explorer/stage";
import { savePng, toolOf, Tools } from "./explorer/tools";
import { WRITING } from "./keys";

const GLIDE_MS = 320;
const MOVE = 24;
const PAN = 120;
const PINNED_AFTER_MS = 500;
/** Lines up to which an actor's have their words beside them when it has the focus. */
const FEW = 14;

class LiaisonExplorer extends HTMLElement {
  #drawing!: Drawing;
  #stage!: Stage;
  #tools!: Tools;
  #lens!: Lens;
  #request = new AbortController();
  readonly #abort = new AbortController();
  /** What opened the card, where that stands below the drawing. */
  #opener: HTMLElement | undefined;
  #step = 0;
  #last = 0;
  #pin = 0;
  #frame = 0;

  connectedCallback(): void {
    const place = (name: string): HTMLElement | null => this.querySelector<HTMLElement>(name);
    const [tools, lens] = [place(".tools"), place(".lens")];
    if (!tools || !lens || !place("svg.explored")) return;
    this.classList.add("is-live");
    this.#tools = new Tools(tools, (name) => this.#use(name));
    this.#lens = new Lens(lens, (year) => void this.#go(this.#with({ said: year ? String(year) : "" }), { isStep: false }));
    this.#begin();
    this.#stage.open(this.#drawing.marks[0]);
    this.#step = Number((history.state as { step?: number } | null)?.step ?? 0);
    this.#last = this.#step;
    history.replaceState({ step: this.#step }, "");
    this.#choose();
    this.#enable();
    this.#listen();
  }

  disconnectedCallback(): void {
    this.#abort.abort();
    this.#request.abort();
    this.#stage?.close();
  }

  #listen(): void {
    const { signal } = this.#abort;
    this.addEventListener("submit", (event) => this.#submitted(event));
    this.addEventListener("change", (event) => {
      if (event.target instanceof Element && event.target.closest(".side") && (event.target as HTMLInputElement).form) this.#form()?.requestSubmit();
    });
    this.addEventListener("click", (event) => this.#clicked(event));
    this.addEventListener("dblclick", (event) => {
      const mark = this.#find(event.target);
      if (mark) this.#act(`expand ${mark.reference}`);
    });
    this.addEventListener("keydown", (event) => this.#pressed(event));
    document.querySelector("a.skip[href='#drawing']")?.addEventListener("click", (event) => {
      event.preventDefault();
      this.#focus(this.#drawing.marks.find(({ element }) => element.getAttribute("tabindex") === "0"));
    }, { signal });
    window.addEventListener("beforeprint", () => fitPaper(this.#drawing), { signal });
    window.addEventListener("afterprint", () => this.#stage.rest(), { signal });
    window.addEventListener("popstate", () => void this.#go(location.pathname + location.search, { isNew: false }), { signal });
  }

  /** Read the drawing that is there now. */
  #begin(): void {
    const svg = this.querySelector<SVGSVGElement>("svg.explored");
    const frame = this.querySelector<HTMLElement>(".drawn .scroll");
    if (!svg || !frame) return;
    frame.removeAttribute("tabindex");
    this.#stage?.close();
    this.#drawing = new Drawing(svg);
    this.#stage = new Stage(frame, svg, { find: (target) => this.#find(target), drag: (mark, at) => this.#drawing.move(mark, at), drop: (mark) => this.#pinned(mark), rest: (scale, view) => fitNames(this.#drawing, scale, view) });
    const said = new URLSearchParams(location.search).get("said");
    this.#lens.show(this.#drawing, said ? Number(said) : null);
    this.#rove(this.#drawing.marks[0]);
    svg.addEventListener("pointerover", (event) => this.#light(event.target));
    svg.addEventListener("pointerleave", () => this.#light(document.activeElement));
    svg.addEventListener("focusin", (event) => {
      const mark = this.#find(event.target);
      if (mark && mark.element.matches(":focus-visible")) this.#stage.reveal(mark);
      this.#light(event.target, true);
    });
    svg.addEventListener("focusout", () => this.#light(null));
  }

  /** Go to another state. A step can be undone; what is only looked at cannot. */
  async #go(address: string, { isStep = true, isNew = true, only = "", focus = "" } = {}): Promise<void> {
    this.#request.abort();
    this.#request = new AbortController();
    this.classList.add("is-waiting");
    try {
      const found = await fetched(address, this.#request.signal);
      const before = this.#drawing.marks.map((mark) => mark.reference);
      const most = mostOf(location.search);
      const hadFocus = this.contains(document.activeElement);
      if (isNew && isStep) {
        this.#step += 1;
        this.#last = this.#step;
        history.pushState({ step: this.#step }, "", found.address);
      } else if (isNew) history.replaceState({ step: this.#step }, "", found.address);
      else this.#step = Number((history.state as { step?: number } | null)?.step ?? 0);
      this.#show(found.page, only);
      this.#enable();
      if (!only) this.#announce(before, mostOf(location.search) > most);
      if (hadFocus && !this.contains(document.activeElement)) this.querySelector<HTMLElement>("#explorer-status")?.focus();
      if (focus) this.querySelector<HTMLElement>(focus)?.focus();
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
      if (error instanceof Error && !error.message) location.assign(address);
      else this.#say(error instanceof Error ? error.message : String(error));
    } finally {
      this.classList.remove("is-waiting");
    }
  }

  #show(page: Document, only: string): void {
    if (only) {
      swap(this, page, only);
      this.#choose();
      return;
    }
    const [old, stage, wasFit] = [new Map(this.#drawing.marks.map((mark) => [mark.reference, mark.at])), this.#stage.matrix(), this.#stage.isFit];
    const focus = this.#find(document.activeElement);
    swap(this, page);
    this.#begin();
    this.#choose();
    if (focus) this.#focus(this.#drawing.mark(focus.reference) ?? nearest(this.#drawing.marks, focus.at));
    this.#stage.hold(stage);
    this.#glide(old, wasFit);
  }

  /** What was there moves to its new place, what is new comes up; at once for those who want no movement. */
  #glide(old: ReadonlyMap<string, Point>, isFit: boolean): void {
    cancelAnimationFrame(this.#frame);
    const moved = this.#drawing.marks.flatMap((mark) => {
      const from = old.get(mark.reference);
      if (!from) mark.element.classList.add("fresh");
      return from && (from.x !== mark.at.x || from.y !== mark.at.y) ? [{ mark, from, to: mark.at }] : [];
    });
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      if (isFit) this.#stage.fit();
      this.classList.remove("is-gliding");
      return;
    }
    const fresh = new Set(this.#drawing.marks.filter((mark) => !old.has(mark.reference)));
    for (const line of this.#drawing.lines) if (fresh.has(line.one) || fresh.has(line.other)) line.element.classList.add("fresh");
    const begin = performance.now();
    let done = 0;
    const step = (now: number): void => {
      const part = Math.min(Math.max((now - begin) / GLIDE_MS, 0), 1);
      const eased = 1 - (1 - part) ** 3;
      for (const { mark, from, to } of moved) this.#drawing.move(mark, { x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased });
      if (isFit) this.#stage.glide(done < 1 ? (eased - done) / (1 - done) : 1);
      done = eased;
      if (part < 1) this.#frame = requestAnimationFrame(step);
      else this.classList.remove("is-gliding");
    };
    for (const { mark, from } of moved) this.#drawing.move(mark, from);
    this.classList.add("is-gliding");
    this.#frame = requestAnimationFrame(step);
  }

  #announce(before: readonly string[], isRoomier: boolean): void {
    const now = new Set(this.#drawing.marks.map((mark) => mark.reference));
    const [added, gone] = [[...now].filter((reference) => !before.includes(reference)).length, before.filter((reference) => !now.has(reference)).length];
    const status = this.querySelector(".status b")?.textContent?.replace(/ actors$/, "") ?? "";
    const parts = [added ? `${added} added` : "", gone ? `${gone} gone` : "", `${status} actors shown`, isRoomier ? `up to ${mostOf(location.search)} can be shown now` : ""];
    this.#say(`${parts.filter(Boolean).join(", ")}.`);
  }

  #say(words: string): void {
    const told = this.querySelector(".told");
    if (told) told.textContent = words;
  }

  /** The address of this state with other values of some parameters. */
  #with(changes: Readonly<Record<string, string>>): string {
    const given = new URLSearchParams(location.search);
    given.delete("q");
    for (const [name, value] of Object.entries(changes)) {
      given.delete(name);
      if (value) given.set(name, value);
    }
    return addressOf(given);
  }

  #act(act: string): void {
    const [verb, about] = act.split(" ");
    const [start, ...others] = this.#drawing.marks.filter(({ element }) => element.classList.contains("start"));
    if (verb === "hide" && start && !others.length && start.reference === about) {
      this.#say(`${start.name} is the only actor where you began, and stays. Begin at one more first.`);
      return;
    }
    void this.#go(this.#with({ act }));
  }

  #look(what: string): void {
    const focus = document.activeElement;
    this.#opener = focus instanceof HTMLElement && focus.closest(".below") ? focus : undefined;
    void this.#go(this.#with({ look: what }), { isStep: false, only: "look", focus: "#look" });
  }

  #close(): void {
    const card = this.querySelector<HTMLElement>("#look");
    const line = this.#drawing.lines.find((item) => item.claim === card?.dataset["claim"]);
    const mark = this.#drawing.mark(card?.dataset["ref"] ?? "") ?? line?.one ?? this.#drawing.marks[0];
    void this.#go(this.#with({ look: "" }), { isStep: false, only: "look" }).then(() => (this.#opener?.isConnected ? this.#opener.focus() : this.#focus(mark)));
  }

  /** Mark in the drawing what is looked at. */
  #choose(): void {
    const card = this.querySelector<HTMLElement>("#look");
    for (const { element, reference } of this.#drawing.marks) element.classList.toggle("chosen", reference === card?.dataset["ref"]);
    for (const { element, claim } of this.#drawing.lines) element.classList.toggle("chosen", claim === card?.dataset["claim"]);
  }

  #form(): HTMLFormElement | null {
    return this.querySelector<HTMLFormElement>("#explorer");
  }

  #submitted(event: SubmitEvent): void {
    const form = this.#form();
    if (event.target !== form || !form) return;
    event.preventDefault();
    const given = new URLSearchParams();
    for (const [name, value] of new FormData(form, event.submitter)) if (typeof value === "string" && value) given.append(name, value);
    const isLook = event.submitter?.getAttribute("name") === "look";
    if (isLook) this.#look(given.getAll("look").at(-1) ?? "");
    else void this.#go(addressOf(given));
  }

  #clicked(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement | SVGAElement>("a") : null;
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const mark = this.#drawing.marks.find(({ element }) => element === link);
    const line = this.#drawing.lines.find(({ element }) => element === link);
    const address = link.getAttribute("href") ?? "";
    const row = link.matches(".twin td > a:only-child") ? address.replace("/page/", "") : undefined;
    const looked = link.dataset["look"] ?? mark?.reference ?? line?.claim ?? row;
    if (looked) this.#look(looked);
    else if (link.classList.contains("close")) this.#close();
    else if (address.startsWith("/explore?")) void this.#go(address);
    else return;
    event.preventDefault();
  }

  #use(name: string): void {
    const stage = this.#stage;
    const uses: Readonly<Record<string, () => void>> = {
      undo: () => (this.#step ? history.back() : this.#say("There is nothing to undo.")),
      redo: () => (this.#step < this.#last ? history.forward() : this.#say("There is nothing to do again.")),
      in: () => stage.zoom(),
      out: () => stage.zoom(1 / 1.3),
      fit: () => stage.fit(),
      left: () => stage.pan(PAN, 0),
      right: () => stage.pan(-PAN, 0),
      up: () => stage.pan(0, PAN),
      down: () => stage.pan(0, -PAN),
      png: () => void savePng(`/explore.svg${location.search}`).then(() => this.#say("The picture is saved."), () => this.#say("The picture cannot be made in this browser; take the SVG.")),
    };
    uses[name]?.();
  }

  #enable(): void {
    this.#tools.enable("undo", this.#step > 0);
    this.#tools.enable("redo", this.#step < this.#last);
  }

  #pressed(event: KeyboardEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    if (event.altKey || event.ctrlKey || event.metaKey || target?.closest(WRITING)) return;
    const mark = this.#find(target);
    if (event.key === "Escape") {
      if (this.querySelector("#look")) this.#close();
      else if (mark) mark.element.blur();
    } else if (mark && direction(event.key)) this.#arrow(mark, event);
    else if (mark && event.key === "Home") this.#focus(this.#drawing.marks[0]);
    else if (mark && event.key === "End") this.#focus(this.#drawing.marks.at(-1));
    else if (this.#tools.areKeysOn && !event.repeat && this.#key(event.key, mark)) {
      // It has acted.
    } else return;
    event.preventDefault();
  }

  /** What a single key does, to the actor that has the focus or is looked at. */
  #key(key: string, focused: Mark | undefined): boolean {
    const mark = focused ?? this.#drawing.mark(this.querySelector<HTMLElement>("#look")?.dataset["ref"] ?? "");
    const tool = toolOf(key);
    if (tool) this.#use(tool);
    else if (mark && key.toLowerCase() === "e") this.#act(`expand ${mark.reference}`);
    else if (mark && key.toLowerCase() === "c") this.#act(`collapse ${mark.reference}`);
    else if (mark && key.toLowerCase() === "h") this.#act(`hide ${mark.reference}`);
    else if (mark && key.toLowerCase() === "p") this.#act(mark.element.classList.contains("pinned") ? `unpin ${mark.reference}` : pin(mark));
    else return false;
    return true;
  }

  #arrow(mark: Mark, event: KeyboardEvent): void {
    const way = direction(event.key);
    if (!way) return;
    if (event.shiftKey) {
      this.#drawing.move(mark, { x: mark.at.x + MOVE * way.x, y: mark.at.y + MOVE * way.y });
      clearTimeout(this.#pin);
      this.#pin = window.setTimeout(() => this.#pinned(mark), PINNED_AFTER_MS);
      return;
    }
    this.#focus(next(this.#drawing.marks, mark, way));
  }

  #pinned(mark: Mark): void {
    this.#act(pin(mark));
  }

  #focus(mark: Mark | undefined): void {
    if (!mark) return;
    this.#rove(mark);
    mark.element.focus();
  }

  /** Only one actor is a stop of the Tab key. */
  #rove(current: Mark | undefined): void {
    for (const { element } of this.#drawing.marks) element.setAttribute("tabindex", element === current?.element ? "0" : "-1");
  }

  #find(target: EventTarget | null): Mark | undefined {
    const element = target instanceof Element ? target.closest("a.node") : null;
    return element ? this.#drawing.marks.find((mark) => mark.element === element) : undefined;
  }

  /** Light what belongs to the actor or the line under the pointer or with the focus. */
  #light(target: EventTarget | null, isTold = false): void {
    const mark = this.#find(target);
    const line = target instanceof Element ? this.#drawing.lines.find(({ element }) => element === target.closest("a.line")) : undefined;
    if (!mark && !line) {
      this.#drawing.unlight();
      return;
    }
    const lines = mark ? this.#drawing.linesOf(mark) : line ? [line] : [];
    this.#drawing.light([...(mark ? [mark] : []), ...lines.flatMap((each) => [each.one, each.other])], lines, lines.length <= FEW);
    if (mark && isTold) this.#say(`${mark.name}: ${told(mark, lines)}.`);
  }
}

/** To how many an actor is tied, and to which if they are few. */
function told(mark: Mark, lines: readonly Line[]): string {
  const names = lines.map((line) => (line.one === mark ? line.other : line.one).name);
  return `tied to ${names.length === 1 ? "" : `${names.length}: `}${names.slice(0, 3).join(", ")}${names.length > 3 ? " …" : ""}`;
}

/** How many actors an address lets be shown; 0 where it does not say. */
function mostOf(search: string): number {
  return Number(new URLSearchParams(search).get("most"));
}

function pin({ reference, at }: Mark): string {
  return `pin ${reference}@${Math.round(at.x)},${Math.round(at.y)}`;
}

customElements.define("liaison-explorer", LiaisonExplorer);
