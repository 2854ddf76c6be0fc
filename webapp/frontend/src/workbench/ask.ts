/** A query to the endpoint and its answer, which is never let grow so large that the page would freeze. */

export interface Cell {
  /** A statement that is itself a term (RDF 1.2) is a `triple`; its value is the text of it. */
  readonly type: "uri" | "literal" | "bnode" | "triple";
  readonly value: string;
  readonly "xml:lang"?: string;
  readonly datatype?: string;
}

export type Row = Readonly<Record<string, Cell | undefined>>;

/** What a row has in a column. A variable may be called `constructor`: only what the answer itself holds counts. */
export function cellOf(row: Row, name: string): Cell | undefined {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}

export interface Table {
  readonly names: readonly string[];
  readonly rows: readonly Row[];
  readonly isGraph: boolean;
  readonly raw: string;
  /** Lines of a graph that could not be read as triples; each is a row with its text. */
  readonly unread: number;
}

export interface Verdict {
  readonly verdict: boolean;
  readonly raw: string;
}

export class Refused extends Error {
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(message: string, line?: number, column?: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

/** The answer is whole on the server, and larger than a page should show. */
export class TooMuch extends Error {}

/** Characters of an answer that the page reads; more is for a download. */
const MOST = 12_000_000;
/** Rows that the page keeps. */
export const MOST_ROWS = 20_000;
const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, application/json;q=0.1";

export async function ask(query: string, signal?: AbortSignal): Promise<Table | Verdict> {
  const answer = await fetch("/sparql", {
    method: "POST",
    headers: { Accept: ACCEPT, "Content-Type": "application/sparql-query" },
    body: query,
    ...(signal ? { signal } : {}),
  });
  if (!answer.ok) throw await refusal(answer);
  const kind = answer.headers.get("Content-Type") ?? "";
  const raw = await limited(answer);
  if (kind.startsWith("application/n-triples")) {
    const { rows, unread } = triples(raw);
    if (rows.length > MOST_ROWS) throw new TooMuch();
    return { names: ["subject", "predicate", "object"], rows, isGraph: true, raw, unread };
  }
  const result = JSON.parse(raw) as { boolean?: boolean; head: { vars?: string[] }; results?: { bindings: Received[] } };
  if (result.boolean !== undefined) return { verdict: result.boolean, raw };
  const received = result.results?.bindings ?? [];
  if (received.length > MOST_ROWS) throw new TooMuch();
  const rows = raw.includes('"triple"') ? received.map(flat) : (received as Row[]);
  return { names: result.head.vars ?? [], rows, isGraph: false, raw, unread: 0 };
}

async function refusal(answer: Response): Promise<Refused> {
  const text = await answer.text();
  try {
    const told = JSON.parse(text) as { message: string; line?: number; column?: number };
    return new Refused(told.message, told.line, told.column);
  } catch {
    return new Refused(text.trim() || `The server answered ${answer.status}.`);
  }
}

async function limited(answer: Response): Promise<string> {
  const reader = answer.body?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > MOST) {
      await reader.cancel();
      throw new TooMuch();
    }
  }
}

interface Statement {
  readonly subject: Term;
  readonly predicate: Term;
  readonly object: Term;
}

/** A term as JSON brings it: a statement holds terms in its turn. */
type Term = (Cell & { readonly type: "uri" | "literal" | "bnode" }) | { readonly type: "triple"; readonly value: Statement };
type Received = Readonly<Record<string, Term>>;

/** A row in which statements are text. */
function flat(row: Received): Row {
  return Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.type === "triple" ? { type: "triple", value: written(term) } : term]));
}

function written(term: Term | Cell): string {
  if (term.type === "triple") return typeof term.value === "string" ? term.value : statement(term.value.subject, term.value.predicate, term.value.object);
  if (term.type === "uri") return `<${term.value}>`;
  if (term.type === "bnode") return term.value.startsWith("_:") ? term.value : `_:${term.value}`;
  const kind = term["xml:lang"] ? `@${term["xml:lang"]}` : term.datatype ? `^^<${term.datatype}>` : "";
  return JSON.stringify(term.value) + kind;
}

function statement(...terms: readonly (Term | Cell)[]): string {
  return `<<( ${terms.map(written).join(" ")} )>>`;
}

const ESCAPES: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };
const PLAIN = /\s*(?:<([^>]*)>|(_:[^\s<>"]*[^\s<>".])|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?)/y;
const OPENS = /\s*<<\(?/y;
const CLOSES = /\s*\)?>>/y;
const ENDS = /\s*\.\s*(?:#.*)?$/y;

/** The triples of an N-Triples text as rows; a line that is none is a row with its text, never left out. */
export function triples(text: string): { rows: Row[]; unread: number } {
  const rows: Row[] = [];
  let unread = 0;
  for (const line of text.split("\n")) {
    if (!line.trim() || line.startsWith("#")) continue;
    const row = tripleOf(line);
    if (!row) unread += 1;
    rows.push(row ?? { subject: { type: "literal", value: line } });
  }
  return { rows, unread };
}

function tripleOf(line: string): Row | null {
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(line);
    if (found) at += found[0].length;
    return found;
  };
  const term = (): Cell | null => {
    if (take(OPENS)) {
      const [subject, predicate, object] = [term(), term(), term()];
      return subject && predicate && object && take(CLOSES) ? { type: "triple", value: statement(subject, predicate, object) } : null;
    }
    const found = take(PLAIN);
    if (!found) return null;
    const [, iri, blank, words, language, datatype] = found;
    if (iri !== undefined) return { type: "uri", value: unescaped(iri) };
    if (blank !== undefined) return { type: "bnode", value: blank };
    return { type: "literal", value: unescaped(words ?? ""), ...(language ? { "xml:lang": language } : {}), ...(datatype ? { datatype } : {}) };
  };
  const [subject, predicate, object] = [term(), term(), term()];
  return subject && predicate && object && take(ENDS) ? { subject, predicate, object } : null;
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four?: string, eight?: string, one?: string) => {
    const code = four ?? eight;
    return code ? String.fromCodePoint(Number.parseInt(code, 16)) : (ESCAPES[one ?? ""] ?? one ?? "");
  });
}
