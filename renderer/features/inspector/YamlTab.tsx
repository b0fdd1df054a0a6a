import { useEffect, useRef } from 'react';
import { Prose } from '../app/Prose.tsx';
import { useDocuments, useRuns, useSession } from '../app/session-context.ts';
import { createYamlEditor, type YamlEditor } from './yaml-editor.ts';

/** The scenario's text, with everything wrong marked where it stands. */
export function YamlTab() {
  const { documents } = useSession();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<YamlEditor | null>(null);
  const text = useDocuments((state) => state.documents.find(({ id }) => id === state.activeId)?.text ?? '');
  const parsedIssues = useDocuments(({ parsed }) => parsed.issues);
  const activeId = useDocuments((state) => state.activeId);
  const failure = useRuns((state) => state.failure);
  // Trouble found only by running (a trace that is missing, say) stands here as well.
  const issues = parsedIssues.length === 0 && failure?.documentId === activeId ? failure.issues : parsedIssues;

  useEffect(() => {
    const parent = host.current;
    if (!parent) return;
    const { documents: all, activeId: id } = documents.store.getState();
    const created = createYamlEditor(parent, all.find((document) => document.id === id)?.text ?? '', (next) =>
      documents.edit(next, 'yaml'),
    );
    editor.current = created;
    // Whoever opens the text while it is wrong wants to see where.
    const line = documents.store.getState().parsed.issues.find(({ severity }) => severity === 'error')?.line;
    if (line !== undefined) created.show(line);
    return () => {
      editor.current = null;
      created.view.destroy();
    };
  }, [documents]);
  useEffect(() => editor.current?.setText(text), [text]);
  useEffect(() => editor.current?.setIssues(issues), [issues, text]);

  return (
    <>
      <div ref={host} className="yaml-editor" />
      {issues.length > 0 && (
        <ul className="issue-list" aria-label="What is wrong">
          {issues.map((issue) => (
            <li key={`${issue.line}:${issue.column}:${issue.message}`} data-severity={issue.severity}>
              <button type="button" onClick={() => editor.current?.goTo(issue.line ?? 1, issue.column ?? 1)}>
                {issue.line !== undefined && (
                  <span className="quiet">
                    {issue.file === undefined ? `Line ${issue.line}` : `${issue.file}:${issue.line}`}
                  </span>
                )}{' '}
                <Prose text={issue.message} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
