/** What the editor knows of the graph: prefixes, terms of the ontology, which of them are used with which class. */

export interface Term {
  /** With its prefix: `liaison:memberOf`. */
  readonly name: string;
  readonly kind: "class" | "relation" | "property" | "concept";
  readonly label: string;
  readonly about: string;
  /** Classes whose things have it, the most frequent first; only of relations and properties. */
  readonly of: readonly string[];
  /** How often it is used in the release. */
  readonly uses: number;
}

export interface Schema {
  readonly prefixes: Readonly<Record<string, string>>;
  readonly terms: readonly Term[];
  /** Kinds of things whose names can be looked up; each is a prefix. */
  readonly kinds: readonly string[];
  /** Seconds that a query may take. */
  readonly seconds: number;
}

export async function load(address: string): Promise<Schema> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`The words for the editor could not be loaded (${answer.status}).`);
  return (await answer.json()) as Schema;
}

/** An IRI with one of the prefixes, where one fits. */
export function short(iri: string, prefixes: Readonly<Record<string, string>>): string {
  for (const [name, start] of Object.entries(prefixes)) {
    const local = iri.slice(start.length);
    if (iri.startsWith(start) && /^[\w-]+$/.test(local)) return `${name}:${local}`;
  }
  return iri;
}

/** The page about an IRI of ours on this server; empty for any other. */
export function page(iri: string, prefixes: Readonly<Record<string, string>>): string {
  const base = prefixes["country"]?.replace(/id\/country\/$/, "");
  const def = prefixes["liaison"]?.replace(/#$/, "");
  if (base && iri.startsWith(`${base}id/`)) return `/page/${iri.slice(base.length + 3)}`;
  if (base && iri.startsWith(`${base}graph/`)) return `/${iri.slice(base.length)}`;
  if (def && iri.startsWith(def)) return `/def${iri.slice(def.length)}`;
  return "";
}

/** What stands for an IRI that has no name: the shorter form, or the last part of its address. */
export function lastPart(name: string): string {
  return name.includes("://") ? readable(name.replace(/[/#]$/, "")).replace(/^.*[/#]/, "") || name : name;
}

/** An address without its escapes, where these are of UTF-8; others stay. */
function readable(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}
