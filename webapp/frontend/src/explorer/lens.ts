/** A slider over the years of the evidence: what evidence of one says is lit, what only later evidence says is dim. */

import { made } from "../workbench/made";
import type { Drawing } from "./drawing";

export class Lens {
  readonly #place: HTMLElement;
  readonly #changed: (year: number | null) => void;
  readonly #slider = made("input", { type: "range", min: "0", id: "explorer-lens" });
  readonly #told = made("output", {});
  #years: readonly number[] = [];

  /**
   * @param place where it stands.
   * @param changed is called when a reader has chosen a year, or none.
   */
  constructor(place: HTMLElement, changed: (year: number | null) => void) {
    this.#place = place;
    this.#changed = changed;
    const name = made("label", { textContent: "Year of the evidence", htmlFor: this.#slider.id });
    this.#told.htmlFor.add(this.#slider.id);
    this.#slider.addEventListener("change", () => this.#changed(this.#year()));
    place.append(name, this.#slider, this.#told);
  }

  /** The years of a drawing, and the one that is chosen. */
  show(drawing: Drawing, year: number | null): void {
    this.#years = [...new Set([...drawing.lines.flatMap((line) => line.said), ...(year ? [year] : [])])].sort((one, other) => one - other);
    this.#place.hidden = this.#years.length < 2;
    this.#slider.max = String(this.#years.length);
    this.#slider.value = String(year ? this.#years.indexOf(year) + 1 : 0);
    this.#slider.oninput = () => this.#lit(drawing);
    this.#lit(drawing);
  }

  #year(): number | null {
    return this.#years[Number(this.#slider.value) - 1] ?? null;
  }

  #lit(drawing: Drawing): void {
    const year = this.#year();
    const counts = { lit: 0, later: 0, past: 0 };
    for (const { element, said, since, over } of drawing.lines) {
      const states = { lit: year !== null && said.includes(year), later: year !== null && since !== null && since > year, past: year !== null && over !== null && over < year };
      for (const [name, is] of Object.entries(states) as [keyof typeof counts, boolean][]) {
        element.classList.toggle(name, is);
        if (is) counts[name] += 1;
      }
    }
    this.#told.textContent = year === null ? "any year" : `${year}: ${counts.lit} said then${counts.later ? `, ${counts.later} later` : ""}${counts.past ? `, ${counts.past} over` : ""}`;
    this.#slider.setAttribute("aria-valuetext", this.#told.textContent);
  }
}
