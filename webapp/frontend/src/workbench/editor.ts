/** The editor: CodeMirror in a shadow root, so that its styles need no exception from the page's policy. */

import { autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, standardKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec, Transaction } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, type Rect } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { completer } from "./completion";
import type { Schema } from "./schema";

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--k-body)", fontWeight: "600" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--k-group)" },
  { tag: [tags.string, tags.literal], color: "var(--k-practice)" },
  { tag: [tags.namespace, tags.typeName, tags.propertyName, tags.labelName, tags.name], color: "var(--k-country)" },
  { tag: [tags.url, tags.link], color: "var(--k-policy)" },
  { tag: [tags.number, tags.bool], color: "var(--k-channel)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);

const LOOK = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--sheet)", border: "1px solid var(--soft)", borderRadius: "8px", fontSize: ".875rem" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "2px" },
  ".cm-content": { fontFamily: "var(--mono)", caretColor: "var(--ink)", minHeight: "13rem", padding: ".6rem 0" },
  ".cm-scroller": { lineHeight: "1.55", maxHeight: "60vh", overflow: "auto" },
  ".cm-gutters": { backgroundColor: "var(--tint)", color: "var(--soft)", border: "0", borderRadius: "8px 0 0 8px" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--tint) 60%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--t-taking-part)" },
  ".cm-matchingBracket": { backgroundColor: "var(--lit)", outline: "1px solid var(--soft)" },
  ".cm-tooltip": { backgroundColor: "var(--sheet)", color: "var(--ink)", border: "1px solid var(--soft)", borderRadius: "6px", maxWidth: "34rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { maxHeight: "none", maxWidth: "min(34rem, 92vw)", fontFamily: "var(--mono)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".3rem .6rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > completion-section": { color: "var(--soft)", opacity: "1", borderBottomColor: "var(--line)", padding: ".3rem .6rem" },
  ".cm-completionListIncompleteTop:before, .cm-completionListIncompleteBottom:after": { color: "var(--soft)", opacity: "1" },
  ".cm-completionDetail": { fontFamily: "var(--sans)", fontStyle: "normal", marginInlineStart: ".8rem" },
  ".cm-tooltip.cm-completionInfo": { padding: ".5rem .7rem", maxWidth: "22rem" },
  ".cm-diagnostic-error": { borderInlineStart: "5px solid var(--unsure)" },
  // The signs of CodeMirror are images in its styles, which the page's policy refuses.
  ".cm-lint-marker-error": { content: "normal", width: ".8em", height: ".8em", margin: ".25em .1em", borderRadius: "50%", backgroundColor: "var(--unsure)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--unsure)" },
});

/** Options that are drawn at a time; the arrow keys and a click on the dots lead to the others. So the list needs no scrolling. */
const OPTIONS = 8;
const INFO_LEAST = 180;
const INFO_MOST = 352;

/** Where the meaning of an option stands: beside the list, or under or over it where the screen is narrow; never upon it. */
function beside(_view: EditorView, list: Rect, option: Rect, info: Rect, space: Rect): { style: string; class: string } {
  const [right, left] = [space.right - list.right, list.left - space.left];
  if (Math.max(right, left) >= Math.min(info.right - info.left, INFO_LEAST)) {
    const top = Math.max(space.top, Math.min(option.top, space.bottom - (info.bottom - info.top))) - list.top;
    return { style: `top: ${top}px; max-width: ${Math.min(Math.max(right, left), INFO_MOST)}px`, class: `cm-completionInfo-${right >= left ? "right" : "left"}` };
  }
  const isUnder = space.bottom - list.bottom >= info.bottom - info.top || space.bottom - list.bottom > list.top - space.top;
  return { style: `${isUnder ? "top" : "bottom"}: 100%; left: -1px; max-width: ${Math.min(space.right - list.left, INFO_MOST)}px`, class: "" };
}

export interface Editor {
  readonly text: string;
  focus(): void;
  /** Put in another query, as one step that can be taken back. */
  replace(text: string): void;
  /** Mark a place, both counted from 1; without one, take the mark away. */
  mark(message: string, line?: number, column?: number): void;
}

const DECLARED = /^\s*PREFIX\s+([\w-]*):/gim;

/** The query with a line for each known prefix that it uses and does not declare. */
export function declared(query: string, prefixes: Readonly<Record<string, string>>): string {
  const there = new Set([...query.matchAll(DECLARED)].map((found) => found[1]));
  const body = query.replace(/<[^>\s]*>|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|#[^\n]*/g, "");
  const used = new Set([...body.matchAll(/(?<![\w?$:-])([a-z][\w-]*):/gi)].map((found) => found[1] ?? ""));
  const missing = [...used].filter((name) => Object.hasOwn(prefixes, name) && !there.has(name)).sort();
  return missing.map((name) => `PREFIX ${name}: <${prefixes[name]}>\n`).join("") + query;
}

/** Make an editor in `host`. */
export function makeEditor(host: HTMLElement, text: string, label: string, schema: () => Schema | undefined, run: () => void): Editor {
  const root = host.attachShadow({ mode: "open" });
  // A prefix is declared as soon as its colon is typed, as one step with that key.
  const declaring = EditorState.transactionFilter.of((transaction) => {
    const known = schema();
    if (!known || !transaction.docChanged || !transaction.isUserEvent("input")) return transaction;
    const query = transaction.newDoc.toString();
    const cursor = transaction.newSelection.main.head;
    if (!/(?:^|[\s{(;,.|/^])[a-z][\w-]*:\w*$/i.test(query.slice(0, cursor)) || /PREFIX\s+[\w-]*:\w*$/i.test(query.slice(0, cursor))) return transaction;
    const lines = declared(query, known.prefixes).slice(0, -query.length || undefined);
    return lines ? [transaction, { changes: { from: 0, insert: lines }, sequential: true, annotations: Transaction.userEvent.of("declare") }] : transaction;
  });
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        lintGutter(),
        sparql(),
        syntaxHighlighting(COLOURS),
        autocompletion({ override: [completer(schema)], maxRenderedOptions: OPTIONS, icons: false, positionInfo: beside }),
        declaring,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
        // Tab leaves the editor; the list closes first, so that it is not where one lands.
        Prec.highest(keymap.of(["Tab", "Shift-Tab"].map((key) => ({ key, run: (leaving: EditorView) => (closeCompletion(leaving), false) })))),
        keymap.of([
          { key: "Mod-Enter", run: () => (run(), true), preventDefault: true },
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...historyKeymap,
          ...defaultKeymap,
          ...standardKeymap,
        ]),
        LOOK,
      ],
    }),
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    focus: () => view.focus(),
    replace: (fresh) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: fresh }, selection: { anchor: 0 }, scrollIntoView: true }),
    mark(message, line, column) {
      if (line === undefined || line > view.state.doc.lines) {
        view.dispatch(setDiagnostics(view.state, []));
        return;
      }
      const at = view.state.doc.line(line);
      const from = Math.min(at.from + Math.max((column ?? 1) - 1, 0), at.to);
      const to = Math.max(Math.min(from + 1, at.to), from);
      view.dispatch(setDiagnostics(view.state, [{ from: from === to ? at.from : from, to, severity: "error", message }]));
      view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
    },
  };
}
