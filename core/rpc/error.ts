import { z } from 'zod';

/** Everything that can go wrong with a call. The list is closed: a stack, a path or a secret never crosses. */
export const rpcErrorCodes = [
  'bad-input',
  'bad-output',
  'unknown-name',
  'not-allowed',
  'not-found',
  'conflict',
  'unavailable',
  'timeout',
  'cancelled',
  'busy',
  'too-large',
  'gone',
  'version',
  'internal',
] as const;
export const rpcErrorCodeSchema = z.enum(rpcErrorCodes);
export type RpcErrorCode = z.infer<typeof rpcErrorCodeSchema>;

/** What a handler throws on purpose, and what a caller catches. `detail` is safe for anybody to read. */
export class RpcError extends Error {
  readonly code: RpcErrorCode;
  readonly detail: string | undefined;
  constructor(code: RpcErrorCode, detail?: string) {
    super(detail === undefined ? code : `${code}: ${detail}`);
    this.name = 'RpcError';
    this.code = code;
    this.detail = detail;
  }
}
