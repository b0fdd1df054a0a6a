import { allenCunneenCalculator } from './allen-cunneen.ts';
import { closedCalculator } from './closed.ts';
import type { CalculatorModel } from './contract.ts';
import { cosmetatosCalculator } from './cosmetatos.ts';
import { erlangACalculator } from './erlang-a.ts';
import { erlangBCalculator } from './erlang-b.ts';
import { fixedPatienceCalculator } from './fixed-patience.ts';
import { gimcCalculator } from './gimc.ts';
import { infiniteServerCalculator } from './infinite-server.ts';
import { kimuraCalculator } from './kimura.ts';
import { mdcCalculator } from './mdc.ts';
import { mg1Calculator } from './mg1.ts';
import { mgcCalculator } from './mgc.ts';
import { mm1Calculator } from './mm1.ts';
import { mmcCalculator } from './mmc.ts';
import { mmckCalculator } from './mmck.ts';
import { priorityCalculator } from './priority.ts';
import { processorSharingCalculator } from './processor-sharing.ts';
import { squareRootCalculator } from './square-root.ts';
import { timeVaryingCalculator } from './time-varying.ts';
import { whittCalculator } from './whitt.ts';

/** Every model of the calculator, in the order in which they are offered. */
export const calculatorModels: readonly CalculatorModel[] = [
  mmcCalculator,
  mgcCalculator,
  mm1Calculator,
  mg1Calculator,
  mdcCalculator,
  mmckCalculator,
  erlangBCalculator,
  erlangACalculator,
  fixedPatienceCalculator,
  infiniteServerCalculator,
  processorSharingCalculator,
  priorityCalculator,
  gimcCalculator,
  whittCalculator,
  kimuraCalculator,
  allenCunneenCalculator,
  cosmetatosCalculator,
  closedCalculator,
  squareRootCalculator,
  timeVaryingCalculator,
];

/** Other names by which people know a model. */
const otherNames: Readonly<Record<string, string>> = {
  'erlang-c': 'mmc',
  erlangc: 'mmc',
  erlangb: 'erlang-b',
  erlanga: 'erlang-a',
  'mmc+m': 'erlang-a',
  'mmc+d': 'fixed-patience',
  mmcc: 'erlang-b',
  'mm∞': 'mminf',
  mginf: 'mminf',
  mg1ps: 'ps',
  'mg1-ps': 'ps',
  mgcps: 'ps',
  gigc: 'whitt',
  mva: 'closed',
  dmc: 'gimc',
  'halfin-whitt': 'square-root',
};

/** A model by its name, also as books write it: `M/M/c`, `erlang-c`. */
export function calculatorModel(text: string): CalculatorModel | undefined {
  const plain = text.trim().toLowerCase().replaceAll(/[/ _]/g, '');
  const name = otherNames[plain] ?? plain;
  return calculatorModels.find((model) => model.name === name);
}
