/** A query to the endpoint and its answer, which is never let grow so large that the page would freeze. */

export interface Cell {
  readonly type: "uri" | "literal" | "bnode";
  readonly value: string;
  readonly "xml:lang"?: string;
  readonly datatype?: string;
}

export type Row = Readonly<Record<string, Cell | undefined>>;

export interface Table {
  readonly names: readonly string[];
  readonly rows: readonly Row[];
  readonly isGraph: boolean;
  readonly raw: string;
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
    const rows = triples(raw);
    if (rows.length > MOST_ROWS) throw new TooMuch();
    return { names: ["subject", "predicate", "object"], rows, isGraph: true, raw };
  }
  const result = JSON.parse(raw) as { boolean?: boolean; head: { vars?: string[] }; results?: { bindings: Row[] } };
  if (result.boolean !== undefined) return { verdict: result.boolean, raw };
  const rows = result.results?.bindings ?? [];
  if (rows.length > MOST_ROWS) throw new TooMuch();
  return { names: result.head.vars ?? [], rows, isGraph: false, raw };
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

const TRIPLE = /^(<[^>]*>|_:\S+) <([^>]*)> (?:<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?) \.$/;
const ESCAPES: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };

/** The triples of an N-Triples text as rows. */
export function triples(text: string): Row[] {
  const rows: Row[] = [];
  for (const line of text.split("\n")) {
    const found = TRIPLE.exec(line);
    if (!found) continue;
    const [, subject = "", predicate = "", iri, blank, words, language, datatype] = found;
    const object: Cell =
      iri !== undefined
        ? { type: "uri", value: unescaped(iri) }
        : blank !== undefined
          ? { type: "bnode", value: blank }
          : {
              type: "literal",
              value: unescaped(words ?? ""),
              ...(language ? { "xml:lang": language } : {}),
              ...(datatype ? { datatype } : {}),
            };
    rows.push({
      subject: subject.startsWith("<") ? { type: "uri", value: unescaped(subject.slice(1, -1)) } : { type: "bnode", value: subject },
      predicate: { type: "uri", value: unescaped(predicate) },
      object,
    });
  }
  return rows;
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four?: string, eight?: string, one?: string) => {
    const code = four ?? eight;
    return code ? String.fromCodePoint(Number.parseInt(code, 16)) : (ESCAPES[one ?? ""] ?? one ?? "");
  });
}
