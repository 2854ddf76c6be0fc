/** What the drawing on the page says: its leaves, the lines to each, and the relation of each line. */

const SVG = "http://www.w3.org/2000/svg";

/** A line from a relation to a neighbour. */
export interface Spoke {
  readonly element: SVGAElement;
  readonly relation: string;
  readonly trunk: SVGElement | null;
  readonly pill: SVGAElement | null;
}

/** A neighbour with its lines. */
export interface Leaf {
  readonly element: SVGAElement;
  readonly name: string;
  readonly bunch: SVGGElement;
  readonly isLeft: boolean;
  readonly spokes: readonly Spoke[];
}

export function titleOf(element: Element): string {
  return element.querySelector("title")?.textContent?.trim() ?? "";
}

/** Reads the drawing; lines stand in the same order as the neighbours of their bunch. */
export function read(svg: SVGSVGElement): Leaf[] {
  return [...svg.querySelectorAll<SVGGElement>("g.bunch")].flatMap((bunch) => {
    const lines = svg.querySelector(`g.lines[data-hub="${bunch.dataset["hub"] ?? ""}"]`);
    const strands = [...(lines?.querySelectorAll<SVGGElement>("g[data-pill]") ?? [])];
    return [...bunch.querySelectorAll<SVGAElement>("a.leaf")].map((element, place) => ({
      element,
      name: titleOf(element),
      bunch,
      isLeft: bunch.classList.contains("left"),
      spokes: strands.flatMap((strand) => {
        const spoke = strand.querySelectorAll<SVGAElement>("a.spoke")[place];
        const relation = strand.dataset["pill"] ?? "";
        const pill = bunch.querySelector<SVGAElement>(`a.hub[data-pill="${relation}"]`);
        return spoke ? [{ element: spoke, relation, trunk: strand.querySelector<SVGElement>(".trunk"), pill }] : [];
      }),
    }));
  });
}

/** Lays a broad invisible line under a thin one, so that a pointer finds it. */
export function widen(spoke: SVGAElement): void {
  const line = spoke.querySelector("path");
  if (!line) return;
  const grip = document.createElementNS(SVG, "path");
  grip.setAttribute("d", line.getAttribute("d") ?? "");
  grip.classList.add("grip");
  line.before(grip);
}
