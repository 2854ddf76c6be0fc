/**
 * `<liaison-review>` lets a reviewer decide by single keys, which are shown and can be switched off.
 *
 * Each key presses a button or follows a link that is on the page anyway: `data-key` says which.
 */

import { areOn, fit, watch, WRITING } from "./keys";

const SPOKEN_AFTER_MS = 150;

class LiaisonReview extends HTMLElement {
  #isSent = false;
  readonly #abort = new AbortController();

  connectedCallback(): void {
    const keys = this.querySelector<HTMLElement>(".keys");
    if (keys) keys.hidden = false;
    document.addEventListener("keydown", (event) => this.#pressed(event), { signal: this.#abort.signal });
    this.addEventListener("submit", () => (this.#isSent = true));
    const button = this.querySelector<HTMLButtonElement>("[data-switch]");
    if (button) fit(button, this.querySelector<HTMLElement>("[data-state]"), this.#abort.signal);
    watch((on) => this.classList.toggle("no-keys", !on), this.#abort.signal);
    window.addEventListener("pageshow", () => (this.#isSent = false), { signal: this.#abort.signal });
    const wrong = this.querySelector<HTMLElement>(".correct[open] input:not([type=hidden])");
    if (wrong) wrong.focus();
    else if (areOn() && !location.hash) this.#waiting()[0]?.focus();
    this.#announce();
  }

  disconnectedCallback(): void {
    this.#abort.abort();
  }

  #pressed(event: KeyboardEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    if (event.key === "Escape") this.#close(target);
    if (!areOn() || event.ctrlKey || event.metaKey || event.altKey || event.repeat || this.#isSent || target?.closest(WRITING)) return;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") this.#move(key === "j" ? 1 : -1);
    else if (!this.#press(key)) return;
    event.preventDefault();
  }

  /** Press what bears a key: in the claim that has the focus, else anywhere outside the claims. */
  #press(key: string): boolean {
    const claim = this.#current();
    const wanted = `[data-key="${CSS.escape(key)}"]`;
    const inside = claim?.querySelector<HTMLElement>(wanted);
    const found = inside ?? [...this.querySelectorAll<HTMLElement>(wanted)].find((one) => !one.closest("[data-claim]"));
    if (!found) {
      const isRefused = key === "a" && claim?.querySelector(".refused");
      if (key === "u") this.#say("Nothing was just decided; the log has all decisions.");
      if (isRefused) this.#say("This claim cannot be accepted as it stands; correct or reject it.");
      return key === "u" || Boolean(isRefused);
    }
    if (found.localName === "summary") {
      const details = found.parentElement as HTMLDetailsElement;
      details.open = true;
      details.querySelector<HTMLElement>("input:not([type=hidden]), textarea")?.focus();
    } else found.click();
    return true;
  }

  #close(target: Element | null): void {
    const details = target?.closest<HTMLDetailsElement>("details.correct, details.noted");
    if (!details) return;
    details.open = Boolean(details.querySelector<HTMLTextAreaElement>(":scope > textarea")?.value); // a note that was written stays in sight
    details.closest<HTMLElement>("[data-claim]")?.focus();
  }

  #move(step: number): void {
    const all = [...this.querySelectorAll<HTMLElement>("[data-claim]")];
    const claim = this.#current();
    all[Math.min(Math.max((claim ? all.indexOf(claim) : -1) + step, 0), all.length - 1)]?.focus();
  }

  /** The claim that has the focus, or the first that waits. */
  #current(): HTMLElement | null {
    return document.activeElement?.closest<HTMLElement>("[data-claim]") ?? this.#waiting()[0] ?? null;
  }

  #waiting(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-waits]")];
  }

  /** What a page says as it is loaded is not heard; what is put into it a moment later is. */
  #announce(): void {
    const first = this.querySelector<HTMLElement>("[data-announce] p");
    const told = first?.textContent;
    if (told) this.#say(first.hasAttribute("data-unchanged") ? told : `Recorded: ${told}`);
  }

  #say(words: string): void {
    const voice = this.querySelector<HTMLElement>("[data-voice]");
    if (!voice) return;
    voice.textContent = "";
    setTimeout(() => (voice.textContent = words), SPOKEN_AFTER_MS);
  }
}

customElements.define("liaison-review", LiaisonReview);
