import { Collapsible } from 'radix-ui';
import { useMemo } from 'react';
import type { Issue } from '../../../sim-core/index.ts';
import { FitButton } from '../fit/FitDialog.tsx';
import { dataOfYaml } from '../../stores/yaml-edit.ts';
import { useDocuments, useRuns, useView } from '../app/session-context.ts';
import { ChevronIcon } from '../app/icons.tsx';
import type { FieldSection } from './field.ts';
import { FieldRow } from './FieldRow.tsx';
import { PolicyHeading } from './PolicyHeading.tsx';
import { policySections } from './policy-fields.ts';
import { ProvenanceContext } from './provenance/ProvenanceMark.tsx';
import { provenancesOf } from './provenance/provenance.ts';
import { scenarioSections } from './scenario-fields.ts';
import { StepList } from './steps/StepList.tsx';
import { concerns, record, together, valueIn } from './yaml-data.ts';

function Section({ section, data, issues }: { section: FieldSection; data: unknown; issues: readonly Issue[] }) {
  const rows = section.fields.map((field) => (
    <FieldRow
      key={field.path.join('.')}
      field={field}
      written={valueIn(data, field.path)}
      issues={issues.filter((issue) => concerns(issue, field.path))}
    />
  ));
  return (
    <Collapsible.Root className="field-section" defaultOpen={!section.folded}>
      <Collapsible.Trigger className="field-section-title">
        <h3>{section.title}</h3>
        <ChevronIcon />
      </Collapsible.Trigger>
      <Collapsible.Content>
        {rows}
        {section.service !== undefined && <FitButton service={section.service} />}
        {section.traces?.map((path) => (
          <StepList
            key={path.join('.')}
            trace={record(valueIn(data, path))}
            path={path}
            issues={issues.filter((issue) => concerns(issue, [...path, 'steps']))}
          />
        ))}
        {section.note && <p className="note-box">{section.note}</p>}
      </Collapsible.Content>
    </Collapsible.Root>
  );
}

/** The scenario as numbers to move: the policy looked at first, then what all policies share. */
export function FormTab() {
  const text = useDocuments(({ documents, activeId }) => documents.find(({ id }) => id === activeId)?.text ?? '');
  const validText = useDocuments(({ lastValid }) => lastValid?.text ?? '');
  const documentId = useDocuments(({ activeId }) => activeId);
  const parsedIssues = useDocuments(({ parsed }) => parsed.issues);
  const failure = useRuns((state) => state.failure);
  // What shows only once the traces are read is known from the run that failed of it.
  const issues = useMemo(
    () => (failure?.documentId === documentId ? together(parsedIssues, failure.issues) : parsedIssues),
    [parsedIssues, failure, documentId],
  );
  const metrics = useDocuments(({ lastValid }) => Object.values(lastValid?.scenario.services ?? {})[0]?.metrics);
  const baseline = useDocuments(
    ({ lastValid }) => lastValid?.scenario.compare.baseline ?? lastValid?.scenario.policies[0]?.name,
  );
  const selected = useView(({ policy }) => policy);
  // While the punctuation is broken the form shows the last text that could be read.
  const data = useMemo(() => dataOfYaml(text) ?? dataOfYaml(validText), [text, validText]);

  const policies = useMemo(() => {
    const written = valueIn(data, ['policies']);
    return Array.isArray(written)
      ? written.map((policy: { name?: unknown }, index) => ({
          policy,
          index,
          name: String(policy?.name ?? `policy ${index + 1}`),
        }))
      : [];
  }, [data]);
  const provenances = useMemo(() => provenancesOf(data), [data]);
  const current =
    policies.find(({ name }) => name === selected) ?? policies.find(({ name }) => name !== baseline) ?? policies[0];
  if (data === null) return <p className="tab-empty">The text is not YAML yet. The YAML tab shows where it breaks.</p>;

  const [own, guards] = current ? policySections(current.policy, current.index) : [];
  const isHpa = current !== undefined && valueIn(current.policy, ['controller', 'hpa']) !== undefined;
  return (
    <ProvenanceContext value={provenances}>
      <div className="form" key={current?.name}>
        {current && own && (
          <section className="field-section">
            <PolicyHeading name={current.name} names={policies.map(({ name }) => name)} baseline={baseline} />
            {own.fields.map((field) => (
              <FieldRow
                key={field.path.join('.')}
                field={field}
                written={valueIn(data, field.path)}
                issues={issues.filter((issue) => concerns(issue, field.path))}
              />
            ))}
            {isHpa && metrics && (
              <p className="note-box">
                Reads CPU as metrics-server gives it: {metrics.scrapeInterval} s scrape, {metrics.window} s window
                {metrics.delay > 0 ? `, ${metrics.delay} s late` : ''}.
              </p>
            )}
          </section>
        )}
        {guards && <Section section={guards} data={data} issues={issues} />}
        {scenarioSections(data).map((section) => (
          <Section key={section.title} section={section} data={data} issues={issues} />
        ))}
      </div>
    </ProvenanceContext>
  );
}
