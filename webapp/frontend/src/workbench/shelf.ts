/** Queries that this browser remembers: those that were run, and those that were given a name. Nothing leaves the browser. */

export interface Kept {
  readonly query: string;
  /** Empty for one that was only run. */
  readonly name: string;
  /** When, as an ISO date. */
  readonly at: string;
}

const PLACE = "liaison.queries";
const MOST = 60;

export function all(): Kept[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(PLACE) ?? "[]");
    return Array.isArray(found) ? found.filter(isKept) : [];
  } catch {
    return []; // storage is refused or was spoilt; then nothing is remembered
  }
}

function isKept(item: unknown): item is Kept {
  const kept = item as Partial<Kept> | null;
  return typeof kept?.query === "string" && typeof kept.name === "string" && typeof kept.at === "string";
}

/** Remember a query, the latest first; the same query is remembered once, and a named one keeps its name. */
export function keep(query: string, name = ""): boolean {
  const before = all();
  const known = before.find((item) => item.query === query);
  const rest = before.filter((item) => item.query !== query);
  const named = rest.filter((item) => item.name);
  const run = rest.filter((item) => !item.name).slice(0, MOST);
  return write([{ query, name: name || known?.name || "", at: new Date().toISOString() }, ...named, ...run].sort((one, other) => other.at.localeCompare(one.at)));
}

export function forget(query: string): boolean {
  return write(all().filter((item) => item.query !== query));
}

function write(items: readonly Kept[]): boolean {
  try {
    localStorage.setItem(PLACE, JSON.stringify(items));
    return true;
  } catch {
    return false;
  }
}
