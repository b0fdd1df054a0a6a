import { awsFamilies } from './aws.ts';
import { azureFamilies } from './azure.ts';
import type { VectorFamily } from './contract.ts';
import { elasticityFamilies } from './elasticity.ts';
import { gcpFamilies } from './gcp.ts';
import { hpaFamilies } from './hpa/families.ts';
import { kedaFamilies } from './keda.ts';
import { kpaFamilies } from './kpa.ts';
import { nomadFamilies } from './nomad.ts';
import { watermarkFamilies } from './watermark.ts';

/** Families of vectors whose rules are simulated, by the `family` of their file. */
export const vectorFamilies: Readonly<Record<string, VectorFamily>> = {
  ...hpaFamilies,
  ...kpaFamilies,
  ...nomadFamilies,
  ...azureFamilies,
  ...gcpFamilies,
  ...awsFamilies,
  ...kedaFamilies,
  ...watermarkFamilies,
  ...elasticityFamilies,
};
