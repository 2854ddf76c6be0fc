/**
 * The order of rows by one column: numbers by their value, then times, then words by the alphabet (text, and IRIs by what
 * stands for them), then nodes without a name. Rows without a value come last whichever way the order goes, and rows that
 * are equal stay as the answer has them.
 */

import type { Cell, Row } from "./ask";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(
  "integer decimal double float long int short byte nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger unsignedLong unsignedInt unsignedShort unsignedByte".split(" ").map((name) => XSD + name),
);
const TIMES = new Set(["date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth"].map((name) => XSD + name));
const TIME = /^(-?\d{4,})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d):(\d\d(?:\.\d+)?))?)?)?(?:Z|([+-])(\d\d):(\d\d))?$/;

enum Kind {
  Number,
  Time,
  Words,
  Blank,
  Nothing,
}

interface Key {
  readonly kind: Kind;
  value: number;
  readonly text: string;
}

export function isNumber(cell: Cell): boolean {
  return NUMBERS.has(cell.datatype ?? "");
}

/** The rows in the order of a column. `shown` says what stands for an IRI. */
export function sorted(rows: readonly Row[], cell: (row: Row) => Cell | undefined, falls: boolean, shown: (iri: string) => string): Row[] {
  const entries = rows.map((row, place) => ({ row, place, key: keyOf(cell(row), shown) }));
  rank(entries.map(({ key }) => key));
  const sign = falls ? -1 : 1;
  entries.sort(({ key: one, place: first }, { key: other, place: second }) => {
    const isEmpty = one.kind === Kind.Nothing || other.kind === Kind.Nothing;
    const step = isEmpty ? one.kind - other.kind : sign * (one.kind - other.kind || compared(one, other));
    return step || first - second;
  });
  return entries.map(({ row }) => row);
}

function keyOf(cell: Cell | undefined, shown: (iri: string) => string): Key {
  if (!cell) return { kind: Kind.Nothing, value: 0, text: "" };
  const text = cell.type === "uri" ? shown(cell.value) : cell.value;
  if (cell.type === "bnode") return { kind: Kind.Blank, value: 0, text };
  if (isNumber(cell)) {
    const value = numberOf(text.trim());
    if (value !== null) return { kind: Kind.Number, value, text };
  } else if (TIMES.has(cell.datatype ?? "")) {
    const value = timeOf(text.trim());
    if (!Number.isNaN(value)) return { kind: Kind.Time, value, text };
  }
  return { kind: Kind.Words, value: 0, text };
}

/** Infinite and undefined ones are numbers too; what is none by its letters is taken as words. */
function numberOf(text: string): number | null {
  const infinite = /^([+-]?)INF$/.exec(text);
  if (infinite) return infinite[1] === "-" ? -Infinity : Infinity;
  if (text === "NaN") return NaN;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}

/** Milliseconds; without a time zone, as in UTC. */
function timeOf(text: string): number {
  const found = TIME.exec(text);
  if (!found) return NaN;
  const [, year, month = "1", day = "1", hour = "0", minute = "0", second = "0", sign, hours = "0", minutes = "0"] = found;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const zone = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return date.getTime() + ((Number(hour) * 60 + Number(minute) - zone) * 60 + Number(second)) * 1000;
}

/** What is no number stands after those that are. */
function compared(one: Key, other: Key): number {
  if (Number.isNaN(one.value) || Number.isNaN(other.value)) return Number(Number.isNaN(one.value)) - Number(Number.isNaN(other.value));
  if (one.value !== other.value) return one.value < other.value ? -1 : 1;
  // Integers beyond what a double tells apart.
  if (one.kind !== Kind.Number || Number.isSafeInteger(one.value) || !/^\s*-?\d+\s*$/.test(one.text) || !/^\s*-?\d+\s*$/.test(other.text)) return 0;
  const difference = BigInt(one.text) - BigInt(other.text);
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** Gives words their places in the alphabet, so that each is compared once and not with every row. */
function rank(keys: readonly Key[]): void {
  const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
  const words = [...new Set(keys.filter((key) => key.kind >= Kind.Words).map((key) => key.text))].sort(compare);
  const places = new Map<string, number>();
  let place = 0;
  words.forEach((word, at) => {
    if (at && compare(words[at - 1] ?? "", word)) place += 1;
    places.set(word, place);
  });
  for (const key of keys) if (key.kind >= Kind.Words) key.value = places.get(key.text) ?? 0;
}
