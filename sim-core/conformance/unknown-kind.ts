/** @throws Error always: a case nothing here knows has failed, so that it is not left out unseen */
export function unknownKind(kind: unknown): never {
  throw new Error(`Nothing here knows a case of the kind ${JSON.stringify(kind) ?? 'undefined'}.`);
}
