/** Why no reply came, as a host's network says it. */
export interface NoReply {
  /** `ECONNREFUSED` and the like; empty when there is none */
  readonly code: string;
  readonly message: string;
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no host of this name',
  EAI_AGAIN: 'the name could not be looked up',
  ECONNRESET: 'the connection was cut',
  EHOSTUNREACH: 'there is no way to this host',
};

/** The reason in words a person can act on; what has none is passed on as it was said. */
export function noReplyReason({ code, message }: NoReply): string {
  return Object.hasOwn(words, code) ? words[code]! : message;
}
