import type { ManifestFormat, Mapping } from '../contract.ts';
import { Reading } from '../reading.ts';
import { isMapping } from '../tree.ts';
import { isAwsType, readAwsResources, writeAwsResources } from './aws.ts';
import { isAzureType, readAzureResource, writeAzureResource } from './azure.ts';
import { isGoogleType, readGoogleResource, writeGoogleResource } from './google.ts';
import { resourcesOf } from './resources.ts';

const isKnown = (type: string): boolean => isAwsType(type) || isGoogleType(type) || isAzureType(type);

/** Terraform, in its own syntax or in JSON: scaling of AWS, of Compute Engine and of Azure Monitor. */
export const terraformFormat: ManifestFormat = {
  title: 'Terraform',
  kinds: ['aws', 'gcp', 'azure'],
  extension: 'tf',
  mark: /\b(?:aws_(?:app)?autoscaling_(?:policy|schedule|scheduled_action|target)|google_compute_(?:region_)?autoscaler|azurerm_monitor_autoscale_setting)\b/,
  claims: (data: Mapping) => isMapping(data['resource']) || Array.isArray(data['resource']),
  read(items) {
    const reading = new Reading();
    const resources = items.flatMap(resourcesOf);
    readAwsResources(
      reading,
      resources.filter(({ type }) => isAwsType(type)),
    );
    for (const resource of resources) {
      const { item, type, name, path } = resource;
      if (isGoogleType(type)) readGoogleResource(reading, resource);
      else if (isAzureType(type)) readAzureResource(reading, resource);
      else if (!isKnown(type))
        reading.note(item, path, `Resource \`${type}.${name}\`: it does not say how something scales.`);
    }
    for (const item of items) {
      const others = Object.keys(item.data).filter((key) => key !== 'resource');
      reading.passOver(item, item.data, others, 'read by Terraform alone.');
    }
    return reading;
  },
  write(config, policy, options) {
    const { controller } = policy;
    if (controller['gcp'] !== undefined) return writeGoogleResource(config, policy, options);
    if (controller['azure'] !== undefined) return writeAzureResource(config, policy, options);
    return writeAwsResources(config, policy, options);
  },
};
