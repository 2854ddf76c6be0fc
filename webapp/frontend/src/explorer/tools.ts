/** The buttons above the drawing, with the keys that do the same, and the picture as a PNG. */

import { areOn, fit, watch } from "../keys";
import { made } from "../workbench/made";

export interface Tool {
  /** What it does, in the element. */
  readonly name: string;
  readonly label: string;
  readonly title: string;
  /** The single key that does the same; empty for none. */
  readonly key: string;
}

export const TOOLS: readonly Tool[] = [
  { name: "undo", label: "Undo", title: "Undo", key: "z" },
  { name: "redo", label: "Redo", title: "Redo", key: "y" },
  { name: "out", label: "−", title: "Smaller", key: "-" },
  { name: "in", label: "+", title: "Larger", key: "+" },
  { name: "fit", label: "Fit", title: "All of it in view", key: "f" },
  { name: "left", label: "←", title: "Move the view left", key: "" },
  { name: "up", label: "↑", title: "Move the view up", key: "" },
  { name: "down", label: "↓", title: "Move the view down", key: "" },
  { name: "right", label: "→", title: "Move the view right", key: "" },
  { name: "png", label: "PNG", title: "What is shown as a picture", key: "" },
];
const HELP = "Arrows, Home, End: other actors. Enter: open. E expand, C collapse, H hide, P pin, Shift+arrow move, Z undo, Y redo, F fit, + − zoom.";
/** Pixels of a PNG for a unit of the drawing, and the most at either side. */
const SHARP = 2;
const LARGEST = 8000;

export class Tools {
  readonly #place: HTMLElement;
  readonly #keys = made("button", { type: "button", className: "plain-button", textContent: "Keys" });
  readonly #help = made("span", { className: "keys" });

  constructor(place: HTMLElement, act: (name: string) => void) {
    this.#place = place;
    for (const { name, label, title, key } of TOOLS) {
      const button = made("button", { type: "button", className: "plain-button", textContent: label, title: key ? `${title} (${key.toUpperCase()})` : title });
      if (!/^[A-Z]/.test(label)) button.setAttribute("aria-label", title);
      button.dataset["tool"] = name;
      button.addEventListener("click", () => {
        if (button.getAttribute("aria-disabled") !== "true") act(name);
      });
      place.append(button);
    }
    this.#keys.title = "Turn the single keys on or off";
    fit(this.#keys, null);
    place.append(this.#keys, this.#help);
    watch((on) => (this.#help.textContent = on ? HELP : "Single keys are off."));
  }

  get areKeysOn(): boolean {
    return areOn();
  }

  enable(name: string, is: boolean): void {
    this.#place.querySelector(`[data-tool="${name}"]`)?.setAttribute("aria-disabled", String(!is));
  }
}

/** The tool of a single key. */
export function toolOf(key: string): string | undefined {
  return TOOLS.find((tool) => tool.key === (key === "=" ? "+" : key.toLowerCase()))?.name;
}

/** Save a drawing that the server has made as a PNG. */
export async function savePng(address: string): Promise<void> {
  const image = new Image();
  image.src = address;
  await image.decode();
  const scale = Math.min(SHARP, LARGEST / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = made("canvas", { width: image.naturalWidth * scale, height: image.naturalHeight * scale });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("The picture is too large for this browser.");
  const link = made("a", { href: URL.createObjectURL(blob), download: "liaison-explorer.png" });
  link.click();
  URL.revokeObjectURL(link.href);
}
