/** An answer as a network, where it has two columns of IRIs or is a graph itself. */

import { drawing, MOST_NODES, type Edge, type Node } from "../graph";
import { ask, cellOf, type Row, type Table } from "./ask";
import type { Names } from "./names";
import { page, short, type Schema } from "./schema";
import { made } from "./made";

interface Columns {
  readonly source: string;
  readonly relation: string | null;
  readonly target: string;
  /** The column of the claims behind the edges. */
  readonly claim: string | null;
}

/** Which columns are the ends of edges and which says what they are; null if the answer is no network. */
export function columnsOf(table: Table): Columns | null {
  const iris = table.names.filter((name) => table.rows.some((row) => cellOf(row, name)?.type === "uri"));
  const named = (choices: readonly string[]): string | undefined => iris.find((name) => choices.includes(name.toLowerCase()));
  const claim = named(["claim"]) ?? null;
  const relation = named(["relation", "predicate", "p", "property"]) ?? null;
  const source = named(["subject", "s", "source", "from"]);
  const target = named(["object", "o", "target", "to"]);
  if (source && target) return { source, relation, target, claim };
  const ends = iris.filter((name) => name !== relation && !/^(?:claim|evidence|sentence|document|profile)$/i.test(name));
  return ends[0] && ends[1] ? { source: ends[0], relation, target: ends[1], claim } : null;
}

export async function networkOf(table: Table, columns: Columns, schema: Schema, names: Names): Promise<HTMLElement> {
  const edges = new Map<string, Edge>();
  for (const row of table.rows) {
    const edge = edgeOf(row, columns, schema);
    if (edge) edges.set(`${edge.source} ${edge.label} ${edge.target}`, edge);
  }
  const ids = [...new Set([...edges.values()].flatMap((edge) => [edge.source, edge.target]))];
  const degrees = new Map<string, number>();
  for (const edge of edges.values()) for (const end of [edge.source, edge.target]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
  const drawn = [...ids].sort((one, other) => (degrees.get(other) ?? 0) - (degrees.get(one) ?? 0)).slice(0, MOST_NODES);
  const relations = [...new Set([...edges.values()].map((edge) => edge.label))].filter(Boolean);
  const claims = columns.claim ? new Map<string, string>() : await claimsOf([...edges.values()], schema);
  await names.look([...drawn, ...relations]);
  const nodes = drawn.map((id): Node => ({ id, label: names.of(id) ?? short(id, schema.prefixes), page: page(id, schema.prefixes), kind: /\/id\/(\w+)\//.exec(id)?.[1] ?? "" }));
  const labelled = [...edges.values()].map((edge) => ({ ...edge, page: edge.page || claims.get(`${edge.source} ${edge.target}`) || "", label: names.of(edge.label) ?? short(edge.label, schema.prefixes) }));
  const box = made("div");
  const more = ids.length - drawn.length;
  box.append(
    made("p", {
      className: "note",
      textContent: `${drawn.length} of ${ids.length} nodes and ${edges.size} edges${more ? `; the ${more} nodes with the fewest edges are in the table only` : ""}. Arrow keys move between nodes, Enter opens one; a line leads to its claim.`,
    }),
  );
  const region = made("div", { className: "scroll graph-box", tabIndex: 0 });
  region.setAttribute("role", "region");
  region.setAttribute("aria-label", "Drawing of the answer, which can be scrolled");
  region.append(drawing(nodes, labelled, `Network of ${drawn.length} nodes`));
  box.append(region);
  return box;
}

/** The pages of the claims that connect these ends, whichever way round; of several claims about one pair, one. */
async function claimsOf(edges: readonly Edge[], schema: Schema): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const term = (iri: string): string => (short(iri, schema.prefixes) === iri ? `<${iri}>` : short(iri, schema.prefixes));
  const pairs = edges.filter((edge) => page(edge.source, schema.prefixes) && page(edge.target, schema.prefixes)).slice(0, 100);
  if (!pairs.length) return found;
  const values = pairs.map((edge) => `(${term(edge.source)} ${term(edge.target)})`).join(" ");
  const query = `SELECT ?one ?other ?claim WHERE { VALUES (?one ?other) { ${values} } { ?claim rdf:subject ?one ; rdf:object ?other } UNION { ?claim rdf:subject ?other ; rdf:object ?one } }`;
  try {
    const answer = await ask(query);
    if ("rows" in answer) for (const row of answer.rows) found.set(`${row["one"]?.value} ${row["other"]?.value}`, page(row["claim"]?.value ?? "", schema.prefixes));
  } catch {
    return found; // the drawing stands without the links
  }
  return found;
}

function edgeOf(row: Row, { source, relation, target, claim }: Columns, schema: Schema): Edge | null {
  const [from, to] = [cellOf(row, source), cellOf(row, target)];
  if (from?.type !== "uri" || to?.type !== "uri") return null;
  return { source: from.value, target: to.value, label: (relation && cellOf(row, relation)?.value) || "", page: claim ? page(cellOf(row, claim)?.value ?? "", schema.prefixes) : "" };
}
