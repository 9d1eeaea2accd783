import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { answerJson, unknownWindowWords } from './answers.ts';
import type { Entry, EntryCodes } from './entry-codes.ts';
import type { FailureLimit } from '../failure-limit.ts';
import { readBody } from './read-body.ts';
import type { WindowCookies } from './window-cookie.ts';

const bodyLimitBytes = 1_024;
/** `proof`: 128 random bits of the page's own, by which it may ask once more. */
const askedSchema = z.strictObject({ code: z.string().min(1).max(64), proof: z.string().min(22).max(64).optional() });

export interface EnterPorts {
  readonly codes: EntryCodes;
  readonly cookies: WindowCookies;
  readonly failures: FailureLimit;
  entered(entry: Entry): void;
}

/**
 * `POST /enter`: a one-time code against the cookie of a window. A right code always passes, however many wrong ones came
 * before it: 128 random bits are not guessed, and a limit on all would let any program of this machine lock the wall out.
 */
export async function answerEnter(request: IncomingMessage, response: ServerResponse, ports: EnterPorts): Promise<void> {
  const body = await readBody(request, bodyLimitBytes);
  if (body === null) return answerJson(response, 413, { words: 'This is too long.' }, { connection: 'close' });
  const asked = askedSchema.safeParse(parseJson(body));
  const entry = asked.success ? ports.codes.use(asked.data.code, asked.data.proof) : null;
  if (entry === null) {
    const within = ports.failures.within();
    return answerJson(response, within ? 403 : 429, { words: unknownWindowWords }, within ? {} : { 'retry-after': '60' });
  }
  ports.entered(entry);
  const cookies = [...ports.cookies.surplus(request.headers.cookie), ports.cookies.issue(entry)];
  answerJson(response, 200, { window: entry.windowId }, { 'set-cookie': cookies });
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
