/**
 * `<liaison-ego>` makes the network that the server has drawn answer: what belongs together lights up, arrow keys move
 * from neighbour to neighbour, and each relation can be switched off. Without it the drawing is a set of plain links.
 */

import { read, titleOf, widen, type Leaf } from "./network";

class LiaisonEgo extends HTMLElement {
  #svg: SVGSVGElement | null = null;
  #leaves: Leaf[] = [];
  #told = document.createElement("p");
  #help = "";
  readonly #off = new Set<string>();

  connectedCallback(): void {
    this.#svg = this.querySelector<SVGSVGElement>("svg.net");
    if (!this.#svg || this.#leaves.length) return;
    this.#leaves = read(this.#svg);
    for (const leaf of this.#leaves) for (const spoke of leaf.spokes) widen(spoke.element);
    this.#told = this.querySelector<HTMLParagraphElement>(".told") ?? this.#told;
    this.#help = this.#told.textContent ?? "";
    this.#listenToSwitches();
    this.#rove(this.#leaves[0]);
    this.#listen(this.#svg);
    this.#centre();
  }

  #listen(svg: SVGSVGElement): void {
    svg.addEventListener("pointerover", (event) => this.#light(event.target));
    svg.addEventListener("pointerleave", () => this.#light(document.activeElement));
    svg.addEventListener("focusin", (event) => this.#light(event.target));
    svg.addEventListener("focusout", (event) => {
      if (!svg.contains(event.relatedTarget as Node | null)) this.#light(null);
    });
    svg.addEventListener("keydown", (event) => this.#move(event));
  }

  /** A relation that is off hides its lines, and the neighbours that have no other. The server has drawn the switches, so that nothing moves. */
  #listenToSwitches(): void {
    for (const button of this.querySelectorAll<HTMLButtonElement>(".controls button")) {
      const relation = button.dataset["relation"] ?? "";
      button.addEventListener("click", () => {
        const isOff = !this.#off.delete(relation);
        if (isOff) this.#off.add(relation);
        button.setAttribute("aria-pressed", String(!isOff));
        this.#filter();
      });
    }
  }

  #filter(): void {
    for (const element of this.#svg?.querySelectorAll<SVGElement>("[data-pill]") ?? []) {
      element.classList.toggle("gone", this.#off.has(element.dataset["pill"] ?? ""));
    }
    for (const leaf of this.#leaves) leaf.element.classList.toggle("gone", !this.#isShown(leaf));
    const shown = this.#leaves.filter((leaf) => this.#isShown(leaf));
    this.#rove(shown[0]);
    this.#told.textContent = `${shown.length} of ${this.#leaves.length} neighbours are drawn.`;
  }

  #isShown(leaf: Leaf): boolean {
    return leaf.spokes.some((spoke) => !this.#off.has(spoke.relation));
  }

  /** Only one neighbour is a stop of the Tab key. */
  #rove(current: Leaf | undefined): void {
    for (const leaf of this.#leaves) leaf.element.setAttribute("tabindex", leaf === current ? "0" : "-1");
  }

  #move(event: KeyboardEvent): void {
    const here = this.#leaves.find((leaf) => leaf.element === document.activeElement);
    if (!here || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") {
      here.element.blur();
      this.#told.textContent = this.#help;
      return;
    }
    const next = this.#next(here, event.key);
    if (!next) return;
    event.preventDefault();
    this.#rove(next);
    next.element.focus();
  }

  #next(here: Leaf, key: string): Leaf | undefined {
    const side = this.#column(here.isLeft);
    const place = side.indexOf(here);
    switch (key) {
      case "ArrowDown":
        return side[Math.min(place + 1, side.length - 1)];
      case "ArrowUp":
        return side[Math.max(place - 1, 0)];
      case "Home":
        return side[0];
      case "End":
        return side[side.length - 1];
      case "ArrowLeft":
        return here.isLeft ? undefined : nearest(this.#column(true), here);
      case "ArrowRight":
        return here.isLeft ? nearest(this.#column(false), here) : undefined;
      default:
        return undefined;
    }
  }

  #column(isLeft: boolean): Leaf[] {
    return this.#leaves.filter((leaf) => leaf.isLeft === isLeft && this.#isShown(leaf));
  }

  /** Lights what belongs to the element under the pointer or with the focus, and says it in words. */
  #light(target: EventTarget | null): void {
    const link = target instanceof Element ? target.closest<SVGAElement>("svg.net a") : null;
    const lit = link ? this.#leaves.filter((leaf) => belongs(leaf, link)) : [];
    this.#svg?.classList.toggle("has-focus", lit.length > 0);
    if (!lit.length || !link) return;
    const bright = new Set<Element>(lit.flatMap((leaf) => parts(leaf, link)));
    for (const element of this.#svg?.querySelectorAll(".trunk, .spoke, .hub, .leaf, .more") ?? []) {
      element.classList.toggle("faint", !bright.has(element));
    }
    if (lit.length === 1 && lit[0]) this.#tell(lit[0]);
    else this.#told.textContent = `${titleOf(link).split(":")[0]} ${lit.length} neighbours.`;
  }

  #tell(leaf: Leaf): void {
    this.#told.replaceChildren(`${leaf.name}: `);
    leaf.spokes.forEach((spoke, place) => {
      const claim = document.createElement("a");
      claim.href = spoke.element.getAttribute("href") ?? "";
      claim.textContent = titleOf(spoke.element);
      this.#told.append(place ? ". " : "", claim);
    });
  }

  #centre(): void {
    const frame = this.querySelector<HTMLElement>(".scroll");
    if (frame) frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2;
  }
}

function belongs(leaf: Leaf, link: SVGAElement): boolean {
  return leaf.element === link || leaf.spokes.some((spoke) => spoke.element === link || spoke.pill === link);
}

/** What lights up with a neighbour: itself, and the lines that the link stands for. */
function parts(leaf: Leaf, link: SVGAElement): Element[] {
  const meant = leaf.element === link ? leaf.spokes : leaf.spokes.filter((spoke) => spoke.element === link || spoke.pill === link);
  return [leaf.element, ...meant.flatMap((spoke) => [spoke.element, spoke.trunk, spoke.pill].filter((part) => part !== null))];
}

function nearest(column: readonly Leaf[], here: Leaf): Leaf | undefined {
  const height = (leaf: Leaf): number => leaf.element.getBBox().y;
  return [...column].sort((a, b) => Math.abs(height(a) - height(here)) - Math.abs(height(b) - height(here)))[0];
}

customElements.define("liaison-ego", LiaisonEgo);
