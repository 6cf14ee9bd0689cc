// The query page: an editor over the textarea, the result in place, a stop button, the network by sigma. Without this the page works too.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { draw } from "./network.js";

const form = document.getElementById("ask");
const area = document.getElementById("query");
const result = document.getElementById("result");
const stop = document.getElementById("stop");
const language = form.dataset.lang;

// Names, classes and properties of the store.
let known = { prefixes: {}, terms: [] };
fetch("/query/terms").then((answer) => (answer.ok ? answer.json() : known)).then((found) => { known = found; }).catch(() => {});

/** Puts in the text what was chosen, and on top the PREFIX line that it needs and lacks. */
function withPrefix(name) {
  return (view, completion, from, to) => {
    const prefix = name.split(":")[0];
    const text = view.state.doc.toString();
    const missing = known.prefixes[prefix] && !new RegExp(`PREFIX\\s+${prefix}:`, "i").test(text);
    const changes = [{ from, to, insert: name }];
    const line = `PREFIX ${prefix}: <${known.prefixes[prefix]}>\n`;
    if (missing) changes.unshift({ from: 0, insert: line });
    view.dispatch({ changes, selection: { anchor: from + name.length + (missing ? line.length : 0) } });
  };
}

const KEYWORDS = "SELECT DISTINCT WHERE OPTIONAL FILTER UNION GRAPH BIND VALUES GROUP BY ORDER BY DESC LIMIT OFFSET HAVING COUNT SUM MIN MAX AVG CONSTRUCT DESCRIBE ASK PREFIX CONTAINS STRSTARTS LANG STR REGEX EXISTS MINUS".split(" ");

async function complete(context) {
  // Inside a string: the names of the store, by characters or pinyin.
  const before = context.state.doc.lineAt(context.pos).text.slice(0, context.pos - context.state.doc.lineAt(context.pos).from);
  const open = /"([^"]*)$/.exec(before);
  if (open && (before.match(/"/g) || []).length % 2) {
    if (!open[1].trim()) return null;
    const answer = await fetch("/suggest?q=" + encodeURIComponent(open[1])).catch(() => null);
    const found = answer?.ok ? await answer.json() : [];
    return { from: context.pos - open[1].length, filter: false, options: found.map((name) => ({ label: name.name, detail: `${name.kind} ${name.hint}`, type: "text" })) };
  }
  const word = context.matchBefore(/[\w-]*:?[\w-]*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const terms = known.terms.map((term) => ({
    label: term.name, detail: term[language] || term.en, type: term.kind === "class" ? "class" : "property", boost: Math.min(40, Math.log2(1 + term.n)), apply: withPrefix(term.name),
  }));
  const words = word.text.includes(":") ? [] : KEYWORDS.map((label) => ({ label, type: "keyword", boost: -20 }));
  const prefixes = word.text.includes(":") ? [] : Object.keys(known.prefixes).map((name) => ({ label: name + ":", type: "namespace", apply: withPrefix(name + ":") }));
  const variables = [...new Set(context.state.doc.toString().match(/\?\w+/g) || [])].map((label) => ({ label, type: "variable" }));
  return { from: word.from, options: [...terms, ...prefixes, ...words, ...variables], validFor: /^[\w-]*:?[\w-]*$/ };
}

const colors = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--seal)", fontWeight: "600" }, { tag: tags.string, color: "var(--place)" }, { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--link)" }, { tag: [tags.atom, tags.meta, tags.propertyName, tags.tagName], color: "var(--event)" }, { tag: tags.number, color: "var(--document)" },
]);
const look = EditorView.theme({
  "&": { font: "0.86rem/1.55 var(--mono)", color: "var(--ink)", backgroundColor: "var(--sheet)" }, ".cm-content": { fontFamily: "var(--mono)", minHeight: "12rem", caretColor: "var(--ink)" }, "&.cm-focused": { outline: "2px solid var(--seal)" },
  ".cm-scroller": { fontFamily: "var(--mono)", maxHeight: "28rem" },
  ".cm-gutters": { backgroundColor: "var(--wash)", color: "var(--soft)", border: "0" }, ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--wash) 60%, transparent)" }, ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "color-mix(in srgb, var(--mark) 60%, transparent)" },
  ".cm-tooltip": { backgroundColor: "var(--sheet)", color: "var(--ink)", border: "1px solid var(--faint)" }, ".cm-tooltip-autocomplete > ul": { fontFamily: "var(--sans)", maxHeight: "15rem" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--wash)", color: "var(--ink)" }, ".cm-completionDetail": { color: "var(--soft)", fontStyle: "normal" },
});

// In a shadow tree the editor's styles are adopted sheets, which a policy without inline styles allows.
const host = document.createElement("div");
host.className = "code";
const root = host.attachShadow({ mode: "open" });
area.after(host);
const editor = new EditorView({
  root, parent: root,
  state: EditorState.create({
    doc: area.value,
    extensions: [
      lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), highlightActiveLine(), indentUnit.of("  "), EditorView.lineWrapping, StreamLanguage.define(sparql), syntaxHighlighting(colors), look,
      autocompletion({ override: [complete], icons: false }),
      EditorView.contentAttributes.of({ "aria-label": form.dataset.editor, spellcheck: "false", tabindex: "0" }),
      EditorView.updateListener.of((update) => { if (update.docChanged) area.value = update.state.doc.toString(); }),
      keymap.of([{ key: "Mod-Enter", run: () => { ask(); return true; } }, ...completionKeymap, ...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap]),
    ],
  }),
});
area.hidden = true;
document.querySelector("label[for=query]").addEventListener("click", () => editor.focus());

let running = null;

function say(words) {
  const note = document.createElement("p");
  note.className = "note"; note.setAttribute("role", "status"); note.textContent = words;
  result.replaceChildren(note);
}

async function ask() {
  running?.abort();
  const mine = (running = new AbortController());
  const asked = new URLSearchParams({ query: editor.state.doc.toString(), view: form.elements.view.value });
  history_(asked);
  stop.hidden = false;
  say(form.dataset.running);
  try {
    const answer = await fetch("/query?" + asked + "&fragment=1", { signal: mine.signal, headers: { Accept: "text/html" } });
    const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("section.result, main");
    if (running !== mine) return;
    result.replaceChildren(document.adoptNode(part));
    drawn();
  } catch (error) {
    if (running === mine) say(error.name === "AbortError" ? form.dataset.stopped : form.dataset.offline);
  } finally {
    if (running === mine) { running = null; stop.hidden = true; }
  }
}
const history_ = (asked) => window.history.pushState(null, "", "/query?" + asked);

function drawn() {
  for (const figure of result.querySelectorAll("figure[data-graph]")) draw(figure, JSON.parse(figure.dataset.graph));
}

form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
stop.addEventListener("click", () => running?.abort());
for (const radio of form.querySelectorAll("input[name=view]")) radio.addEventListener("change", ask);
window.addEventListener("popstate", () => location.reload());
drawn();
