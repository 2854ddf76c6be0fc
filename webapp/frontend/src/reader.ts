/** `<liaison-reader>` lights a claim and its words together, whichever of them the pointer or the focus is on. */

class LiaisonReader extends HTMLElement {
  connectedCallback(): void {
    for (const kind of ["pointerover", "focusin"]) this.addEventListener(kind, (event) => this.#light(event.target));
    this.addEventListener("pointerleave", () => this.#light(null));
  }

  #light(target: EventTarget | null): void {
    const numbers = target instanceof Element ? numbersOf(target) : [];
    for (const mark of this.querySelectorAll<HTMLElement>("mark.q")) {
      mark.classList.toggle("lit", (mark.dataset["claims"] ?? "").split(" ").some((number) => numbers.includes(number)));
    }
    for (const item of this.querySelectorAll<HTMLElement>("[data-claim]")) {
      item.classList.toggle("lit", numbers.includes(item.dataset["claim"] ?? ""));
    }
  }
}

/** The claims that an element is about: one for a claim or a number, several for words that carry several. */
function numbersOf(element: Element): string[] {
  const number = element.closest<HTMLElement>("a.n")?.textContent?.trim();
  if (number) return [number];
  const item = element.closest<HTMLElement>("[data-claim]")?.dataset["claim"];
  if (item) return [item];
  return (element.closest<HTMLElement>("mark.q")?.dataset["claims"] ?? "").split(" ").filter(Boolean);
}

customElements.define("liaison-reader", LiaisonReader);
