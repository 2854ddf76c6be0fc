/** What things are called, by the graph itself; each is looked up once as long as the page is open. */

import { ask } from "./ask";
import { page, short, type Schema } from "./schema";

/** Characters of the IRIs in one query, well below what the endpoint takes, and how many there are at most. */
const CHARACTERS = 12_000;
const AT_ONCE = 250;

export class Names {
  readonly #schema: Schema;
  readonly #known = new Map<string, string>();
  readonly #asked = new Set<string>();

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  of(iri: string): string | undefined {
    return this.#known.get(iri);
  }

  /** Those of the IRIs, each once, that the graph may have a name for and that have not been looked up. */
  missing(iris: Iterable<string>): string[] {
    return [...new Set(iris)].filter((iri) => !this.#asked.has(iri) && page(iri, this.#schema.prefixes));
  }

  /**
   * Look up what these are called. Names are a help: without them the IRIs stand there, so a failure is an answer too.
   *
   * @param told is called after each query with how many have been looked up.
   * @returns whether all have been looked up.
   */
  async look(iris: Iterable<string>, told: (done: number) => void = () => undefined): Promise<boolean> {
    const missing = this.missing(iris);
    for (let begin = 0; begin < missing.length; ) {
      const part: string[] = [];
      for (let length = 0; part.length < AT_ONCE && begin + part.length < missing.length; ) {
        const term = this.#term(missing[begin + part.length] ?? "");
        length += term.length + 1;
        if (part.length && length > CHARACTERS) break;
        part.push(term);
      }
      try {
        const answer = await ask(`SELECT ?iri ?name WHERE { VALUES ?iri { ${part.join(" ")} } ?iri skos:prefLabel|rdfs:label|dcterms:title ?name FILTER (LANG(?name) IN ("en", "")) }`);
        if ("rows" in answer) for (const row of answer.rows) if (row["iri"] && row["name"]) this.#known.set(row["iri"].value, row["name"].value);
      } catch {
        return false;
      }
      for (const iri of missing.slice(begin, begin + part.length)) this.#asked.add(iri);
      begin += part.length;
      told(begin);
    }
    return true;
  }

  #term(iri: string): string {
    const name = short(iri, this.#schema.prefixes);
    return name === iri ? `<${iri}>` : name;
  }
}
