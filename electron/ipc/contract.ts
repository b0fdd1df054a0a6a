/**
 * What crosses between page and main process, as schemas: every payload is parsed before anything is done with it, and
 * every reply before it leaves, so that neither side can be handed what the other did not mean.
 */
import { z } from 'zod';
import type {
  AskOutcome,
  AskRequest,
  OpenOutcome,
  OpenRequest,
  OpenedFile,
  SaveOutcome,
  SaveRequest,
} from '../../renderer/platform/contract.ts';
import { hostCommands } from '../../renderer/platform/contract.ts';
import { isAuthorization, isRangeRequest, maxAddressLength, maxAnswerBytes } from '../prometheus-request.mjs';
import { maxFileBytes, pushChannels, requestChannels } from './channels.ts';

/** A file's own name: nothing in it may lead to another folder. */
const fileName = z
  .string()
  .min(1)
  .max(255)
  .refine((name) => name !== '.' && name !== '..' && !/[/\\\0]/.test(name), 'a name without folders');

/** What a dialog proposes: what no file system takes becomes a dash, rather than costing a person their save. */
const suggestedName = z
  .string()
  .min(1)
  .max(255)
  .transform((name) => name.replace(/[/\\\0:*?"<>|]/g, '-').replace(/^\.+/, ''))
  .pipe(fileName);

/** An unguessable token that stands for a path; the page never learns the path. */
const handle = z.uuid();

const fileKind = z.strictObject({
  label: z.string().min(1).max(80),
  extensions: z
    .array(z.string().regex(/^[a-z0-9]{1,12}$/, 'an extension: lower case, without a dot'))
    .min(1)
    .max(20)
    .readonly(),
});
const kinds = z.array(fileKind).max(20).readonly();

const bytes = z
  .custom<Uint8Array>((value) => value instanceof Uint8Array, 'bytes')
  .refine(({ byteLength }) => byteLength <= maxFileBytes, `at most ${maxFileBytes} bytes`);
const text = z.string().max(maxFileBytes);

const openedFile = z.strictObject({ name: fileName, bytes, handle: handle.exactOptional() });
const openedFiles = z.array(openedFile).readonly();
const message = z.string().min(1).max(2000);

export const openRequest = z.strictObject({
  title: z.string().min(1).max(200),
  kinds,
  multiple: z.boolean(),
}) satisfies z.ZodType<OpenRequest>;

export const openOutcome = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('opened'), files: openedFiles }),
  z.strictObject({ status: z.literal('cancelled') }),
  z.strictObject({ status: z.literal('failed'), message }),
]) satisfies z.ZodType<OpenOutcome>;

export const saveRequest = z.strictObject({
  suggestedName,
  kinds,
  content: z.union([text, bytes]),
  handle: handle.exactOptional(),
}) satisfies z.ZodType<SaveRequest>;

export const saveOutcome = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('saved'), name: fileName, handle: handle.exactOptional() }),
  z.strictObject({ status: z.literal('cancelled') }),
  z.strictObject({ status: z.literal('failed'), message }),
]) satisfies z.ZodType<SaveOutcome>;

export const askRequest = z.strictObject({
  address: z
    .string()
    .refine(isRangeRequest, `the address of a range query: http or https, at most ${maxAddressLength} characters`),
  authorization: z.string().refine(isAuthorization, 'one line of printable characters').exactOptional(),
}) satisfies z.ZodType<AskRequest>;

export const askOutcome = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('answered'),
    httpStatus: z.int().min(100).max(599),
    body: z.string().max(maxAnswerBytes),
  }),
  z.strictObject({ status: z.literal('failed'), code: z.string().max(80), message }),
]) satisfies z.ZodType<AskOutcome>;

const nothing = z.void();

/** Page asks, main process answers. */
export const requests = {
  [requestChannels.openFiles]: { payload: openRequest, reply: openOutcome },
  [requestChannels.saveFile]: { payload: saveRequest, reply: saveOutcome },
  [requestChannels.takeFilesFromOutside]: { payload: nothing, reply: openedFiles },
  [requestChannels.askPrometheus]: { payload: askRequest, reply: askOutcome },
  [requestChannels.stopAsking]: { payload: nothing, reply: nothing },
  [requestChannels.setDocument]: {
    payload: z.strictObject({ name: z.string().max(255), dirty: z.boolean() }),
    reply: nothing,
  },
  [requestChannels.setTheme]: { payload: z.enum(['system', 'light', 'dark']), reply: nothing },
} as const;

/** Main process tells the page. */
export const pushes = {
  [pushChannels.filesOpened]: openedFiles satisfies z.ZodType<readonly OpenedFile[]>,
  [pushChannels.command]: z.enum(hostCommands),
} as const;

export type RequestChannel = keyof typeof requests;
export type Payload<Channel extends RequestChannel> = z.output<(typeof requests)[Channel]['payload']>;
export type Reply<Channel extends RequestChannel> = z.input<(typeof requests)[Channel]['reply']>;
export type PushChannel = keyof typeof pushes;
export type Push<Channel extends PushChannel> = z.input<(typeof pushes)[Channel]>;
