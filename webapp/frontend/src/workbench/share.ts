/** A query as an address, and as a command or program that anybody can run. */

/** The query that an address brings, by YASGUI's parameters after the hash; null if it brings none. */
export function fromHash(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, "")).get("query");
}

/** An address that opens the workbench with a query; YASGUI reads it as well. */
export function address(query: string, page: URL): string {
  const endpoint = `${page.origin}/sparql`;
  return `${endpoint}#${new URLSearchParams({ query, endpoint, requestMethod: "POST" }).toString().replaceAll("+", "%20")}`;
}

export type Form = "table" | "verdict" | "graph";

/** What a query asks for: the first word after its declarations says it. */
export function formOf(query: string): Form {
  const bare = query.replace(/<[^>\s]*>|#[^\n]*/g, " ").replace(/\b(?:PREFIX\s+[^\s:]*:|BASE\b|VERSION\s+(?:"[^"]*"|'[^']*'))/gi, " ");
  const word = /^\s*(ASK|CONSTRUCT|DESCRIBE)\b/i.exec(bare)?.[1]?.toUpperCase();
  return word === undefined ? "table" : word === "ASK" ? "verdict" : "graph";
}

/** For each form, what a program asks for and how it reads it in Python. */
const READ: Readonly<Record<Form, { accept: string; imports: readonly string[]; print: readonly string[] }>> = {
  table: { accept: "text/csv", imports: ["import io", "", "import pandas as pd", "import requests"], print: ["print(pd.read_csv(io.StringIO(answer.content.decode())))"] },
  verdict: { accept: "application/sparql-results+json", imports: ["import requests"], print: ['print(answer.json()["boolean"])'] },
  graph: {
    accept: "text/turtle",
    imports: ["import requests", "from rdflib import Graph"],
    print: ['graph = Graph().parse(data=answer.content, format="turtle")', "for subject, predicate, thing in graph:", "    print(subject, predicate, thing)"],
  },
};

export function curl(query: string, page: URL): string {
  const quoted = query.replaceAll("'", `'"'"'`);
  return `curl ${page.origin}/sparql -H 'Accept: ${READ[formOf(query)].accept}' --data-urlencode 'query=${quoted}'`;
}

export function python(query: string, page: URL): string {
  const { accept, imports, print } = READ[formOf(query)];
  return [
    ...imports,
    "",
    "QUERY = (",
    ...query.split("\n").map((line) => `    ${JSON.stringify(`${line}\n`)}`),
    ")",
    `answer = requests.post("${page.origin}/sparql", data={"query": QUERY}, headers={"Accept": "${accept}"}, timeout=60)`,
    "answer.raise_for_status()",
    ...print,
    "",
  ].join("\n");
}

/** The address of an answer in one format. */
export function download(query: string, format: string): string {
  return `/sparql?${new URLSearchParams({ query, format }).toString()}`;
}
