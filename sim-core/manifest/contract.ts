import type { ControllerKindName } from '../autoscaling/registry.ts';
import type { Issue } from '../issue.ts';
import type { YamlSource } from '../scenario/yaml-source.ts';

export type Path = readonly (string | number)[];
export type Mapping = Readonly<Record<string, unknown>>;

/** One thing a file describes: a document, an entry of a list, a resource. */
export interface ManifestItem {
  readonly data: Mapping;
  /** of `data` within its document */
  readonly path: Path;
  readonly locate: YamlSource['locate'];
}

/** Something a reader passed over, or took for something else, and why: nothing is dropped in silence. */
export interface ManifestNote {
  readonly path: Path;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** A policy as it may be written into a scenario. */
export interface ManifestPolicy {
  readonly name: string;
  readonly controller: Mapping;
}

export interface ManifestReading {
  readonly policies: readonly ManifestPolicy[];
  readonly issues: readonly Issue[];
  readonly notes: readonly ManifestNote[];
}

/** A policy as it is written in a scenario: configuration with the words of its platform, not yet parsed. */
export interface WritablePolicy extends ManifestPolicy {
  readonly guards?: Mapping | undefined;
}

export interface ManifestOptions {
  /** name of what is written; default: made from the policy's name */
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
  /** what is scaled, unless the policy itself says */
  readonly target: string;
}

export interface ManifestWriting {
  /** absent when an issue is an error */
  readonly text?: string;
  readonly issues: readonly Issue[];
}

/** One format that policies are written in outside. */
export interface ManifestFormat {
  /** as people read it */
  readonly title: string;
  /** controllers it can express; the first is the one read from it */
  readonly kinds: readonly ControllerKindName[];
  /** of files, without the dot */
  readonly extension: 'yaml' | 'json' | 'tf' | 'hcl';
  /** Whether the beginning of a file looks like it. */
  readonly mark: RegExp;
  /** Whether an item speaks of autoscaling in this format. */
  claims(data: Mapping): boolean;
  /** @param items all that were claimed in one file, since some say one thing in several parts */
  read(items: readonly ManifestItem[]): ManifestReading;
  /** @param config of the controller, valid, as written in the scenario */
  write(config: Mapping, policy: WritablePolicy, options: ManifestOptions): ManifestWriting;
}
