/** The words that a claim rests on, in a row of their own under the one that names it. */

import { ask, type Row } from "./ask";
import { made } from "./made";
import { page, short, type Schema } from "./schema";

const CLAIM = /\/id\/(?:claim|evidence)\/[\w-]+$/;

export function hasEvidence(iri: string): boolean {
  return CLAIM.test(iri);
}

let count = 0;

/** A row that fills itself; it says which column it is about, as a row may have several claims. */
export function evidenceRow(iri: string, column: string, columns: number, schema: Schema): HTMLTableRowElement {
  const row = made("tr", { className: "proof", id: `evidence-${(count += 1)}` });
  const cell = row.insertCell();
  cell.colSpan = Math.max(columns, 1);
  const told = made("div", { textContent: "One moment …" });
  told.setAttribute("role", "status");
  cell.append(made("p", { className: "quiet", textContent: `Evidence of ${column}, ${short(iri, schema.prefixes).replace(/^.*\/id\//, "")}` }), told);
  void fill(told, iri, schema);
  return row;
}

async function fill(box: HTMLElement, iri: string, schema: Schema): Promise<void> {
  const evidence = iri.includes("/evidence/") ? `BIND (<${iri}> AS ?evidence)` : `<${iri}> liaison:hasEvidence ?evidence .`;
  const query = `SELECT ?words ?page ?certainty WHERE { ${evidence} ?evidence liaison:cites ?page ; liaison:certainty/skos:prefLabel ?certainty . OPTIONAL { ?evidence liaison:quote ?quote } OPTIONAL { ?page liaison:text ?text } BIND (COALESCE(?quote, ?text, "") AS ?words) }`;
  try {
    const answer = await ask(query);
    const quotes = "rows" in answer ? answer.rows.map((found) => quote(found, schema)) : [];
    box.replaceChildren(...(quotes.length ? quotes : ["The graph holds no words for this."]));
  } catch (error) {
    box.textContent = error instanceof Error ? error.message : String(error);
  }
}

function quote(row: Row, schema: Schema): HTMLElement {
  const block = made("blockquote", { textContent: row["words"]?.value ?? "" });
  const link = made("a", { href: page(row["page"]?.value ?? "", schema.prefixes), textContent: "Where it stands" });
  block.append(" ", made("span", { className: `state ${row["certainty"]?.value ?? ""}`, textContent: row["certainty"]?.value ?? "" }), " ", link);
  return block;
}
