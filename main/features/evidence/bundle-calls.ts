import type { evidenceContract } from '../../../core/evidence/evidence.contract.ts';
import { fingerprintWords } from '../../../core/evidence/fingerprint.ts';
import type { Incident } from '../../../core/incidents/incident.ts';
import type { Handlers } from '../../../core/rpc/handlers.ts';
import type { Signer } from '../../ports/signer.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import type { BundleDesk } from './bundle-desk.ts';
import type { SecuringDesk } from './securing-desk.ts';

export interface BundleCallsPorts {
  readonly desk: Pick<SecuringDesk, 'end' | 'settled'>;
  readonly bundles: BundleDesk;
  /** Resolves when `incident` answers rightly. */
  readonly ready: Promise<void>;
  incident(number: number): Incident | undefined;
  /** Null: nothing can be sealed. */
  readonly signer: Signer | null;
  /** The key of a seat, for second signatures. Rejects with `StoreProblem`. */
  signerOf(seat: number): Promise<Signer | null>;
  tellFault(what: string): (error: unknown) => void;
}

type Calls = Handlers<typeof evidenceContract>['calls'];
const notSealed = { file: null, timeStamped: null, copiesFailed: 0 };

/** What who seals, signs a second time, publishes keys and takes copies away asks for. */
export function bundleCalls(
  ports: BundleCallsPorts,
): Pick<Calls, 'evidence.copied' | 'evidence.key' | 'evidence.countersign' | 'evidence.delete-bundle' | 'evidence.seal'> {
  const { desk, bundles, ready, signer, tellFault } = ports;
  return {
    'evidence.copied': async ({ copy, whole }, { session }) => {
      await bundles.copies.told(copy, session.id, whole).catch(tellFault('A line of the custody log was not written'));
      return {};
    },
    'evidence.key': async ({ whose }, { session }) => {
      const own = whose === 'centre' ? signer : await ports.signerOf(session.seat.number);
      return { key: own && { pem: own.publicPem, fingerprint: own.fingerprint, words: fingerprintWords(own.fingerprint) } };
    },
    'evidence.countersign': async ({ file }, { session, signal }) => {
      await ready;
      try {
        const own = await ports.signerOf(session.seat.number);
        return { refusal: own === null ? 'no-key' : await bundles.countersign(file, own, session.seat, signal) };
      } catch (error) {
        tellFault('A bundle could not be signed a second time')(error);
        return { refusal: refusalOf(error) };
      }
    },
    'evidence.delete-bundle': async ({ file, reason }, { session }) => {
      await ready;
      try {
        return { outcome: await bundles.delete(file, reason, session.seat) };
      } catch (error) {
        tellFault('A bundle could not be deleted')(error);
        return { outcome: 'not-saved' };
      }
    },
    'evidence.seal': async ({ incident: number, withCopies = false }, { session, signal }) => {
      await ready;
      if (!ports.incident(number)) return { ...notSealed, refusal: 'no-such-incident' as const };
      if (!signer) return { ...notSealed, refusal: 'no-key' as const };
      try {
        await desk.end(number, session.seat.number);
        await desk.settled(number);
        const incident = ports.incident(number);
        if (!incident) return { ...notSealed, refusal: 'no-such-incident' as const };
        return { refusal: null, ...(await bundles.seal(incident, signer, session.seat, { signal, withCopies })) };
      } catch (error) {
        tellFault('A bundle could not be sealed')(error);
        return { ...notSealed, refusal: refusalOf(error) };
      }
    },
  };
}

function refusalOf(error: unknown): 'full' | 'damaged' | 'not-saved' {
  const code = error instanceof StoreProblem ? error.code : null;
  return code === 'full' || code === 'damaged' ? code : 'not-saved';
}
