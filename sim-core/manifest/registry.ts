import { hpaFormat } from './kubernetes/hpa.ts';
import { kedaFormat } from './kubernetes/keda.ts';
import { knativeFormat } from './kubernetes/knative.ts';
import { watermarkFormat } from './kubernetes/watermark.ts';
import { awsCliFormat } from './aws/cli.ts';
import { azureFormat } from './azure.ts';
import { googleFormat } from './google.ts';
import { nomadFormat } from './nomad.ts';
import { terraformFormat } from './terraform/format.ts';
import type { ManifestFormat } from './contract.ts';

/** Every format, by the name it has on the command line. The first that knows a kind of controller is that kind's own. */
export const manifestFormats = {
  hpa: hpaFormat,
  keda: kedaFormat,
  watermark: watermarkFormat,
  knative: knativeFormat,
  'aws-cli': awsCliFormat,
  azure: azureFormat,
  google: googleFormat,
  nomad: nomadFormat,
  terraform: terraformFormat,
} as const satisfies Readonly<Record<string, ManifestFormat>>;

export type ManifestFormatName = keyof typeof manifestFormats;
export const manifestFormatNames = Object.keys(manifestFormats) as readonly ManifestFormatName[];
