import type { PrometheusForm, Problems } from '../../stores/prometheus-form.ts';
import { CloseIcon, PlusIcon } from '../app/icons.tsx';
import { Field } from './Field.tsx';

type Queries = PrometheusForm['queries'];

interface ExpressionsProps {
  readonly queries: Queries;
  readonly problems: Problems;
  readonly onChange: (queries: Queries) => void;
}

/** What is asked for: PromQL, each with a name for its series where the metric's own would not tell what it is. */
export function Expressions({ queries, problems, onChange }: ExpressionsProps) {
  const replace = (index: number, part: Partial<Queries[number]>): void =>
    onChange(queries.map((query, at) => (at === index ? { ...query, ...part } : query)));
  const numbered = (label: string, index: number): string => (queries.length === 1 ? label : `${label} ${index + 1}`);
  return (
    <div className="prometheus-expressions" role="group" aria-label="Expressions">
      <span>Name</span>
      <span>PromQL expression</span>
      {queries.map(({ name, expression }, index) => (
        <div key={index} className="prometheus-expression">
          <Field
            label={numbered('Name', index)}
            labelHidden
            value={name}
            placeholder={index === 0 ? 'requests_per_second' : 'ready_replicas'}
            problem={problems[`name ${index}`]}
            onChange={(next) => replace(index, { name: next })}
          />
          <Field
            label={numbered('Expression', index)}
            labelHidden
            className="prometheus-code"
            value={expression}
            placeholder={index === 0 ? 'sum(rate(http_requests_total[2m]))' : 'kube_deployment_status_replicas_ready'}
            problem={problems[`queries ${index}`]}
            onChange={(next) => replace(index, { expression: next })}
          />
          {queries.length > 1 && (
            <button
              type="button"
              className="icon-button"
              aria-label={`Leave out expression ${index + 1}`}
              onClick={() => onChange(queries.filter((_, at) => at !== index))}
            >
              <CloseIcon />
            </button>
          )}
        </div>
      ))}
      {problems.queries !== undefined && (
        <p className="prometheus-problem" role="alert">
          {problems.queries}
        </p>
      )}
      <button
        type="button"
        className="button button-small"
        onClick={() => onChange([...queries, { name: '', expression: '' }])}
      >
        <PlusIcon /> Another expression
      </button>
    </div>
  );
}
