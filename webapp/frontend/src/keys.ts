/** Single keys (`/` everywhere, those of the review): whether they are on, on this browser. */

const STORE = "liaison-keys";
const TURNED = "liaison-keys";
/** Where a key is a letter that somebody writes. */
export const WRITING = "input, textarea, select, [contenteditable]";

export function areOn(): boolean {
  try {
    return localStorage.getItem(STORE) !== "off";
  } catch {
    return true;
  }
}

/** Turn them on or off, for every page and for every switch on this one. */
export function turn(on: boolean): void {
  try {
    localStorage.setItem(STORE, on ? "on" : "off");
  } catch {
    // Without storage the keys are on again with the next page.
  }
  dispatchEvent(new CustomEvent(TURNED, { detail: on }));
}

/** Tell now, and each time they are turned, whether they are on. */
export function watch(tell: (on: boolean) => void, signal?: AbortSignal): void {
  tell(areOn());
  addEventListener(TURNED, (event) => tell((event as CustomEvent<boolean>).detail), signal ? { signal } : {});
}

/** A switch for them: a button that says whether it is pressed, and words that say the same. */
export function fit(button: HTMLButtonElement, state: HTMLElement | null, signal?: AbortSignal): void {
  let now = true;
  button.addEventListener("click", () => turn(!now), signal ? { signal } : {});
  watch((on) => {
    now = on;
    button.setAttribute("aria-pressed", String(on));
    if (state) state.textContent = on ? "are on" : "are off";
  }, signal);
}
