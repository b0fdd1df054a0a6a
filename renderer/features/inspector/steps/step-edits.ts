import { appendInYaml, deleteInYaml, moveInYaml, readInYaml, type YamlPath } from '../../../stores/yaml-edit.ts';
import { stepKinds, type StepName, type StepSubject } from './step-kinds.ts';

/** Puts a new step after the others. @param trace path of the trace */
export const addStep = (text: string, trace: YamlPath, name: StepName, subject: StepSubject): string =>
  appendInYaml(text, [...trace, 'steps'], { [name]: stepKinds[name].begin(subject) });

/** Takes a step out; a list that would be empty goes with its last one. */
export function removeStep(text: string, trace: YamlPath, index: number): string {
  const steps = [...trace, 'steps'];
  const written = readInYaml(text, steps);
  return deleteInYaml(text, Array.isArray(written) && written.length === 1 ? steps : [...steps, index]);
}

/** Changes places with the step before or after it. */
export const moveStep = (text: string, trace: YamlPath, index: number, by: -1 | 1): string =>
  moveInYaml(text, [...trace, 'steps'], index, index + by);

/** Gives a splice another part: the last one again. */
export function addPart(text: string, splice: YamlPath): string {
  const parts = readInYaml(text, splice);
  return appendInYaml(text, splice, Array.isArray(parts) && parts.length > 0 ? parts.at(-1) : { from: '0s' });
}
