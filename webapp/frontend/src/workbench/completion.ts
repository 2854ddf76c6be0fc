/** What the editor proposes: variables, terms that fit the place, and things by their names. */

import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { short, type Schema, type Term } from "./schema";

const KEYWORDS =
  "SELECT DISTINCT WHERE OPTIONAL UNION FILTER BIND VALUES GRAPH MINUS EXISTS NOT ORDER GROUP BY LIMIT OFFSET HAVING ASC DESC COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT CONSTRUCT ASK DESCRIBE PREFIX LANG STR CONTAINS REGEX COALESCE BOUND YEAR IF".split(" ");
/** Tokens of a query: strings and IRIs whole, so that a dot in them ends no statement. */
const TOKEN = /<[^>\s]*>|"(?:[^"\\]|\\.)*"(?:@[\w-]+)?|'(?:[^'\\]|\\.)*'|#[^\n]*|[?$]\w+|[\w-]*:[\w.-]*\w|[\w-]*:|\w+|[{}().;,]|\S/g;

export type Place = "subject" | "predicate" | "object" | "class" | "elsewhere";

/** Where in a pattern the cursor stands, and of which class the subject is, as far as the query says so. */
export function placeOf(before: string, query: string): { place: Place; classes: string[] } {
  const tokens = [...before.matchAll(TOKEN)].map((found) => found[0]).filter((token) => !token.startsWith("#"));
  let depth = 0;
  let subject = "";
  let since: string[] = [];
  for (const token of tokens) {
    if (token === "{") depth += 1;
    if (token === "}") depth -= 1;
    if (token === "{" || token === "}" || token === ".") since = [];
    else if (token === ";") since = since.slice(0, 1);
    else if (token === ",") since = since.slice(0, 2);
    else since.push(token);
    if (since.length === 1) subject = since[0] ?? "";
  }
  if (depth <= 0) return { place: "elsewhere", classes: [] };
  const classes = subject ? [...query.matchAll(new RegExp(`${escaped(subject)}\\s+(?:a|rdf:type)\\s+([\\w-]+:\\w+)`, "g"))].map((found) => found[1] ?? "") : [];
  if (since.length === 0) return { place: "subject", classes };
  if (since.length === 1) return { place: "predicate", classes };
  return { place: since[1] === "a" || since[1] === "rdf:type" ? "class" : "object", classes };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Proposals for a query, from the schema and, by name, from the graph. */
export function completer(schema: () => Schema | undefined) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const known = schema();
    const word = context.matchBefore(/[?$]\w*|[\w-]*:[\w-]*|[\p{L}\p{N}][\p{L}\p{N}-]*/u);
    if (!known || (!word && !context.explicit)) return null;
    const from = word?.from ?? context.pos;
    const query = context.state.doc.toString();
    const typed = word?.text ?? "";
    if (/^[?$]/.test(typed)) return { from, options: variables(query, typed), validFor: /^[?$]\w*$/ };
    const { place, classes } = placeOf(query.slice(0, from), query);
    const options = terms(known, place, classes);
    if (place === "object" || place === "subject") options.push(...(await things(known, typed, context)));
    if (!typed.includes(":")) options.push(...KEYWORDS.map((label) => ({ label, type: "keyword", boost: -20 })));
    // An empty filter would hide things that were found by another name, in another script or spelling.
    return options.length ? { from, options: typed ? options.filter((option) => fits(option, typed)) : options, filter: false } : null;
  };
}

function fits(option: Completion, typed: string): boolean {
  const wanted = typed.toLowerCase();
  const local = option.label.slice(option.label.indexOf(":") + 1).toLowerCase();
  return option.type === "variable" || option.label.toLowerCase().startsWith(wanted) || local.startsWith(wanted) || (option.detail ?? "").toLowerCase().includes(wanted) || option.section === BY_NAME;
}

const BY_NAME = { name: "things by name", rank: 1 };
const LISTS = { name: "concepts of the ontology's lists", rank: 2 };

function variables(query: string, typed: string): Completion[] {
  const names = new Set([...query.matchAll(/[?$]\w+/g)].map((found) => found[0]));
  names.delete(typed);
  return [...names].sort().map((label) => ({ label, type: "variable" }));
}

function terms(schema: Schema, place: Place, classes: readonly string[]): Completion[] {
  const kinds: Readonly<Record<Place, readonly Term["kind"][]>> = {
    subject: [],
    predicate: ["relation", "property"],
    class: ["class"],
    object: ["concept"],
    elsewhere: [],
  };
  return schema.terms
    .filter((term) => kinds[place].includes(term.kind))
    .map((term) => ({
      label: term.name,
      detail: term.label,
      info: term.about,
      ...(term.kind === "concept" ? { section: LISTS } : {}),
      type: term.kind === "class" ? "class" : term.kind === "concept" ? "enum" : "property",
      boost: Math.min(Math.log2(term.uses + 1), 15) + (classes.some((name) => term.of.includes(name)) ? 40 : 0),
    }))
    .sort((one, other) => other.boost - one.boost || one.label.localeCompare(other.label));
}

interface Found {
  readonly items: readonly { iri: string; label: string; kind: string }[];
}

async function things(schema: Schema, typed: string, context: CompletionContext): Promise<Completion[]> {
  const [prefix, local] = typed.includes(":") ? [typed.slice(0, typed.indexOf(":")), typed.slice(typed.indexOf(":") + 1)] : ["", typed];
  const words = local.replaceAll("-", " ").trim();
  if (words.length < 2 || (prefix && !schema.kinds.includes(prefix))) return [];
  const stop = new AbortController();
  context.addEventListener("abort", () => stop.abort());
  try {
    const answer = await fetch(`/api/search?limit=20&q=${encodeURIComponent(words)}`, { signal: stop.signal });
    if (!answer.ok) return [];
    const found = (await answer.json()) as Found;
    return found.items
      .map((item) => ({ ...item, name: short(item.iri, schema.prefixes) }))
      .filter((item) => !prefix || item.name.startsWith(`${prefix}:`))
      .map((item, place) => ({
        label: item.name.includes("://") ? `<${item.iri}>` : item.name,
        detail: item.label,
        info: item.kind,
        type: "constant",
        section: BY_NAME,
        boost: -place,
      }));
  } catch {
    return []; // a later key has made this one out of date
  }
}
