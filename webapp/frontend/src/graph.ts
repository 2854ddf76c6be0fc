/**
 * A network as SVG: each node a link with a name, each edge a line with what it says. It is laid out once, before it is
 * drawn, so that nothing moves; arrow keys go to the nearest node in their direction.
 */

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationLinkDatum, type SimulationNodeDatum } from "d3-force";

export interface Node {
  readonly id: string;
  readonly label: string;
  /** Where its page is; empty for none. */
  readonly page: string;
  /** `country`, `body` and so on, for its colour. */
  readonly kind: string;
}

export interface Edge {
  readonly source: string;
  readonly target: string;
  readonly label: string;
  /** Where the claim behind it is shown; empty for none. */
  readonly page: string;
}

interface Placed extends SimulationNodeDatum {
  node: Node;
  degree: number;
}

const SVG = "http://www.w3.org/2000/svg";
/** Letters in a line of a name, and lines that are drawn of it. */
const LINE = 24;
const LINES = 3;

/** Edges up to which each has its words beside it; of more, they show on pointing and in the table. */
const FEW = 14;
/** Nodes that are drawn; of more, those with most edges. */
export const MOST_NODES = 150;

export function drawing(nodes: readonly Node[], edges: readonly Edge[], title: string): SVGSVGElement {
  const { placed, links } = arranged(nodes, edges);
  const xs = placed.map((item) => item.x ?? 0);
  const ys = placed.map((item) => item.y ?? 0);
  const [left, top] = [Math.min(...xs, 0) - 130, Math.min(...ys, 0) - 40];
  const [width, height] = [Math.max(...xs, 0) + 130 - left, Math.max(...ys, 0) + 50 - top];
  const svg = element("svg", { viewBox: `${left} ${top} ${width} ${height}`, role: "group", "aria-label": title, class: "graph" });
  svg.style.minWidth = `${Math.min(width, 900)}px`;
  const lines = element("g", { class: "graph-edges" });
  for (const { source, target, label, page } of links) {
    const line = page ? element("a", { href: page, class: "graph-edge", tabindex: "-1" }) : element("g", {});
    const [x1, y1, x2, y2] = [source.x ?? 0, source.y ?? 0, target.x ?? 0, target.y ?? 0];
    line.append(titled(`${source.node.label} ${label} ${target.node.label}`), element("line", { x1, y1, x2, y2, class: "grip" }), element("line", { x1, y1, x2, y2 }));
    if (links.length <= FEW) line.append(text(label, (x1 + x2) / 2, (y1 + y2) / 2 - 3, "graph-label"));
    lines.append(line);
  }
  const points = element("g", { role: "list" });
  for (const item of placed) points.append(point(item, links.filter((link) => link.source === item || link.target === item).length));
  svg.append(lines, points);
  svg.addEventListener("keydown", (event) => move(event, svg));
  rove(svg, svg.querySelector<SVGElement>("a.graph-node"));
  return svg;
}

interface Link extends SimulationLinkDatum<Placed> {
  source: Placed;
  target: Placed;
  label: string;
  page: string;
}

function arranged(nodes: readonly Node[], edges: readonly Edge[]): { placed: Placed[]; links: Link[] } {
  const degrees = new Map<string, number>();
  for (const edge of edges) for (const end of [edge.source, edge.target]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
  const most = [...nodes].sort((one, other) => (degrees.get(other.id) ?? 0) - (degrees.get(one.id) ?? 0)).slice(0, MOST_NODES);
  const placed = most.map((node): Placed => ({ node, degree: degrees.get(node.id) ?? 0 }));
  const byId = new Map(placed.map((item) => [item.node.id, item]));
  const links = edges.flatMap(({ source, target, label, page }) => {
    const [from, to] = [byId.get(source), byId.get(target)];
    return from && to && from !== to ? [{ source: from, target: to, label, page }] : [];
  });
  forceSimulation(placed)
    .force("link", forceLink<Placed, Link>(links).distance(110).strength(0.5))
    .force("apart", forceManyBody().strength(-420).distanceMax(600))
    .force("room", forceCollide<Placed>((item) => 26 + Math.min(item.node.label.length, LINE) * 2.2))
    .force("x", forceX(0).strength(0.05))
    .force("y", forceY(0).strength(0.09))
    .stop()
    .tick(260);
  return { placed, links };
}

function point(item: Placed, count: number): SVGElement {
  const { node } = item;
  const [x, y] = [item.x ?? 0, item.y ?? 0];
  const lines = inLines(node.label);
  const name = `${lines.join(" ")}, ${count} edge${count === 1 ? "" : "s"}`;
  const link = element("a", { class: `graph-node k-${node.kind || "collective"}`, tabindex: "-1", "aria-label": name });
  if (node.page) link.setAttribute("href", node.page);
  const radius = 7 + Math.min(Math.sqrt(item.degree) * 2, 12);
  const label = text("", x, y + radius + 14, "");
  lines.forEach((line, place) => {
    const part = element("tspan", { x, dy: place ? 14 : 0 });
    part.textContent = `${line} `;
    label.append(part);
  });
  link.append(titled(node.label), element("circle", { cx: x, cy: y, r: radius }), label);
  const place = element("g", { role: "listitem" });
  place.append(link);
  return place;
}

/** A name cut into lines between its words; what does not fit is cut off. */
function inLines(label: string): string[] {
  const lines: string[] = [];
  for (const word of label.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < LINE) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word.length > LINE ? `${word.slice(0, LINE - 1)}…` : word);
  }
  return lines.length > LINES ? [...lines.slice(0, LINES - 1), `${lines[LINES - 1]} …`] : lines;
}

function rove(svg: SVGSVGElement, current: SVGElement | null): void {
  for (const node of svg.querySelectorAll("a.graph-node")) node.setAttribute("tabindex", node === current ? "0" : "-1");
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

function move(event: KeyboardEvent, svg: SVGSVGElement): void {
  const direction = DIRECTIONS[event.key];
  const here = svg.ownerDocument.activeElement?.closest("a.graph-node");
  if (!direction || !here || event.altKey || event.ctrlKey || event.metaKey) return;
  const from = middle(here);
  let best: { node: SVGElement; far: number } | undefined;
  for (const node of svg.querySelectorAll<SVGElement>("a.graph-node")) {
    const to = middle(node);
    const [x, y] = [to.x - from.x, to.y - from.y];
    const along = x * direction[0] + y * direction[1];
    const far = Math.hypot(x, y) + 2 * Math.abs(x * direction[1] - y * direction[0]);
    if (node !== here && along > 0 && (!best || far < best.far)) best = { node, far };
  }
  event.preventDefault();
  if (best) {
    rove(svg, best.node);
    best.node.focus();
  }
}

function middle(node: Element): { x: number; y: number } {
  const circle = node.querySelector("circle");
  return { x: Number(circle?.getAttribute("cx")), y: Number(circle?.getAttribute("cy")) };
}

function titled(words: string): SVGElement {
  const title = element("title", {});
  title.textContent = words;
  return title;
}

function text(words: string, x: number, y: number, name: string): SVGElement {
  const made = element("text", { x, y, "text-anchor": "middle", class: name });
  made.textContent = words;
  return made;
}

function element<Name extends keyof SVGElementTagNameMap>(name: Name, attributes: Readonly<Record<string, string | number>>): SVGElementTagNameMap[Name] {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
