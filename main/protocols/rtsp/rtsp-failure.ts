import type { ProblemCode } from '../../../core/streams/problem.ts';
import type { SourceProblem } from '../../gateway/source.ts';

/** Why a connection to a camera cannot go on. The words carry no address and no credential, so that they may be logged. */
export class RtspFailure extends Error {
  readonly problem: SourceProblem;
  /** The other side ended the connection, in whatever way: it was there and wanted no more. */
  readonly closedByPeer: boolean;
  constructor(code: ProblemCode, detail: string, closedByPeer = false) {
    super(detail);
    this.name = 'RtspFailure';
    this.problem = { code, detail };
    this.closedByPeer = closedByPeer;
  }
}

const wordsBySystemCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  ETIMEDOUT: 'the connection timed out',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no way to the network',
  EHOSTDOWN: 'the host is down',
  ENOTFOUND: 'the name of the host is not known',
  EAI_AGAIN: 'the name of the host could not be looked up',
};

/**
 * What a socket's error means. Node's own message names the address, so only its code is used.
 * A code of TLS means that somebody is there who does not speak it.
 */
export function failureOfSocket(error: unknown): RtspFailure {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/^(ERR_SSL|ERR_TLS|EPROTO)/.test(code)) return new RtspFailure('camera-protocol', 'TLS could not be agreed on');
  const closedByPeer = code === 'ECONNRESET' || code === 'EPIPE';
  return new RtspFailure('camera-unreachable', wordsBySystemCode[code] ?? 'the connection failed', closedByPeer);
}

/** The problem of anything thrown; what is not ours is an `internal` one, without its words. */
export function problemOf(error: unknown): SourceProblem {
  if (error instanceof RtspFailure) return error.problem;
  return { code: 'internal', detail: 'the RTSP client failed' };
}
