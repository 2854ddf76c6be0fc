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

export function curl(query: string, page: URL): string {
  const quoted = query.replaceAll("'", `'"'"'`);
  return `curl ${page.origin}/sparql -H 'Accept: text/csv' --data-urlencode 'query=${quoted}'`;
}

export function python(query: string, page: URL): string {
  return [
    "import io",
    "",
    "import pandas as pd",
    "import requests",
    "",
    "QUERY = (",
    ...query.split("\n").map((line) => `    ${JSON.stringify(`${line}\n`)}`),
    ")",
    `answer = requests.post("${page.origin}/sparql", data={"query": QUERY}, headers={"Accept": "text/csv"}, timeout=60)`,
    "answer.raise_for_status()",
    "print(pd.read_csv(io.StringIO(answer.text)))",
    "",
  ].join("\n");
}

/** The address of an answer in one format. */
export function download(query: string, format: string): string {
  return `/sparql?${new URLSearchParams({ query, format }).toString()}`;
}
