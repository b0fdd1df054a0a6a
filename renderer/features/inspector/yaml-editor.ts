import { yaml } from '@codemirror/lang-yaml';
import {
  HighlightStyle,
  bracketMatching,
  defaultHighlightStyle,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorState, Prec, Transaction, type Extension } from '@codemirror/state';
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers, type KeyBinding } from '@codemirror/view';
import type { Issue } from '../../../sim-core/index.ts';

const theme = EditorView.theme({
  '&': { height: '100%', fontSize: '12px', backgroundColor: 'transparent', color: 'var(--ink)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-gutters': { backgroundColor: 'transparent', border: 'none', color: 'var(--ink-quiet)' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 4px 0 8px', minWidth: '28px' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--hover)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--accent-soft)',
  },
  '.cm-tooltip': {
    background: 'var(--raised)',
    border: '1px solid var(--hairline)',
    borderRadius: '7px',
    boxShadow: 'var(--shadow)',
    color: 'var(--ink)',
    maxWidth: '340px',
  },
  '.cm-diagnostic': { padding: '6px 10px', fontFamily: 'inherit' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--wrong)' },
  '.cm-diagnostic-warning': { borderLeft: '3px solid var(--caution)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--wrong)',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--caution)',
    textUnderlineOffset: '3px',
  },
  '.cm-matchingBracket': { backgroundColor: 'var(--accent-soft) !important' },
});

/** The editor's own colours in those of the workbench, so that both themes are readable. */
const colourFor: Readonly<Record<string, string>> = {
  '#00c': 'var(--accent)',
  '#940': 'var(--ink-quiet)',
  '#a11': 'var(--good)',
  '#e40': 'var(--good)',
};

const highlight = HighlightStyle.define(
  defaultHighlightStyle.specs.flatMap((spec) => {
    const colour = colourFor[String(spec.color)];
    return colour === undefined ? [] : [{ tag: spec.tag, color: colour }];
  }),
);

/** Enter keeps the indentation, one level deeper after a key without a value. */
function newline(view: EditorView): boolean {
  const { state } = view;
  view.dispatch(
    state.changeByRange((range) => {
      const line = state.doc.lineAt(range.from);
      const before = line.text.slice(0, range.from - line.from);
      const indent = /^[ ]*(?:- )?/.exec(before)?.[0].replace('-', ' ') ?? '';
      const insert = `\n${indent}${/:\s*$/.test(before) ? '  ' : ''}`;
      const head = range.from + insert.length;
      return { changes: { from: range.from, to: range.to, insert }, range: range.extend(head, head) };
    }),
    { scrollIntoView: true, userEvent: 'input' },
  );
  const { head } = view.state.selection.main;
  view.dispatch({ selection: { anchor: head } });
  return true;
}

/** Puts the caret, or the end of the selection, at a place of the document. Only what is in sight is in the page, so the browser cannot. */
function moveTo(place: (view: EditorView) => number, extend: boolean) {
  return (view: EditorView): boolean => {
    const head = place(view);
    const anchor = extend ? view.state.selection.main.anchor : head;
    view.dispatch({ selection: { anchor, head }, scrollIntoView: true });
    return true;
  };
}

const start = (): number => 0;
const end = (view: EditorView): number => view.state.doc.length;

const keys: readonly KeyBinding[] = [
  { key: 'Enter', run: newline },
  { key: 'Mod-Home', run: moveTo(start, false), shift: moveTo(start, true) },
  { key: 'Mod-End', run: moveTo(end, false), shift: moveTo(end, true) },
  {
    key: 'Mod-a',
    run: (view) => {
      view.dispatch({ selection: { anchor: 0, head: view.state.doc.length } });
      return true;
    },
  },
];

export interface YamlEditor {
  readonly view: EditorView;
  /** Takes over a text changed elsewhere, touching only what differs, so that the caret stays. */
  setText(text: string): void;
  setIssues(issues: readonly Issue[]): void;
  /** Brings a line into sight and leaves the focus where it is. 1-based. */
  show(line: number): void;
  /** 1-based; puts the caret there and shows it. */
  goTo(line: number, column: number): void;
}

/** A CodeMirror for scenarios. Undo belongs to the document store, not to the editor. */
export function createYamlEditor(parent: HTMLElement, text: string, onText: (text: string) => void): YamlEditor {
  const extensions: Extension = [
    lineNumbers(),
    EditorView.lineWrapping,
    lintGutter(),
    drawSelection(),
    highlightActiveLine(),
    bracketMatching(),
    indentUnit.of('  '),
    yaml(),
    syntaxHighlighting(highlight),
    theme,
    EditorView.contentAttributes.of({ 'aria-label': 'Scenario as YAML', spellcheck: 'false', tabindex: '0' }),
    Prec.high(keymap.of(keys)),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && update.transactions.some((transaction) => !transaction.annotation(Transaction.remote)))
        onText(update.state.doc.toString());
    }),
  ];
  const view = new EditorView({ parent, state: EditorState.create({ doc: text, extensions }) });
  return {
    view,
    setText(next) {
      const before = view.state.doc.toString();
      if (before === next) return;
      let start = 0;
      while (start < before.length && start < next.length && before[start] === next[start]) start += 1;
      let end = 0;
      while (
        end < before.length - start &&
        end < next.length - start &&
        before[before.length - 1 - end] === next[next.length - 1 - end]
      )
        end += 1;
      view.dispatch({
        changes: { from: start, to: before.length - end, insert: next.slice(start, next.length - end) },
        annotations: Transaction.remote.of(true),
      });
    },
    setIssues(issues) {
      const { doc } = view.state;
      const diagnostics = issues.flatMap((issue): Diagnostic[] => {
        if (issue.line === undefined || issue.file !== undefined) return [];
        const line = doc.line(Math.min(Math.max(1, issue.line), doc.lines));
        const from = Math.min(line.to, line.from + Math.max(0, (issue.column ?? 1) - 1));
        const word = /^[^\s,:\]}]+/.exec(doc.sliceString(from, line.to))?.[0].length ?? 0;
        return [
          { from, to: Math.min(line.to, from + Math.max(1, word)), severity: issue.severity, message: issue.message },
        ];
      });
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    show(lineNumber) {
      const { doc } = view.state;
      const { from } = doc.line(Math.min(Math.max(1, lineNumber), doc.lines));
      view.dispatch({ effects: EditorView.scrollIntoView(from, { y: 'center' }) });
    },
    goTo(lineNumber, column) {
      const { doc } = view.state;
      const line = doc.line(Math.min(Math.max(1, lineNumber), doc.lines));
      const anchor = Math.min(line.to, line.from + Math.max(0, column - 1));
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
      view.focus();
    },
  };
}
