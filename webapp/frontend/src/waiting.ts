/**
 * `<liaison-waiting>` asks quietly whether what a page waits for is done, and says so once.
 *
 * The page never loads itself again: its link, which leads there without scripts as well, only gets another text.
 */

const PAUSE_MS = 2000;
const MOST_FAILURES = 3;

interface State {
  waits: boolean;
  told: string;
}

class LiaisonWaiting extends HTMLElement {
  #timer = 0;
  #failures = 0;

  connectedCallback(): void {
    const note = this.querySelector<HTMLElement>("[data-note]");
    if (note) note.hidden = false;
    this.#wait();
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    this.#timer = setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  async #ask(): Promise<void> {
    try {
      const state = await asked(this.dataset["state"] ?? "");
      this.#failures = 0;
      if (state.waits) this.#wait();
      else this.#end(state.told, this.dataset["ready"]);
    } catch {
      this.#failures += 1;
      if (this.#failures < MOST_FAILURES) this.#wait();
      else this.#end("The server gives no answer; look again in a moment.");
    }
  }

  #end(told: string, onward?: string): void {
    const [note, status, link] = [this.querySelector("[data-note]"), this.querySelector("[data-told]"), this.querySelector("a")];
    note?.remove();
    if (link && onward) link.textContent = onward;
    if (status) status.textContent = told;
  }
}

/** What the server says; a page in its place, such as that of who is signed out, is no answer. */
async function asked(address: string): Promise<State> {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "error" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()) as State;
}

customElements.define("liaison-waiting", LiaisonWaiting);
