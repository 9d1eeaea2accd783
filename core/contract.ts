import { accessContract } from './access/access.contract.ts';
import { auditContract } from './audit/audit.contract.ts';
import { camerasContract } from './cameras/cameras.contract.ts';
import { credentialsContract } from './cameras/credentials.contract.ts';
import { findingContract } from './cameras/finding.contract.ts';
import { displaysContract } from './displays/displays.contract.ts';
import { evidenceContract } from './evidence/evidence.contract.ts';
import { hostContract } from './host/host.contract.ts';
import { incidentsContract } from './incidents/incidents.contract.ts';
import { preferencesContract } from './preferences/preferences.contract.ts';
import { programmesContract } from './programmes/programmes.contract.ts';
import { ptzContract } from './ptz/ptz.contract.ts';
import { rewindContract } from './rewind/rewind.contract.ts';
import { scenesContract } from './scenes/scenes.contract.ts';
import { streamsContract } from './streams/streams.contract.ts';
import { wallContract } from './wall/wall.contract.ts';

/** Raised when an older window could not understand this main, or the other way round. */
export const contractVersion = 1;

/** The one door: everything a window may ask, watch or hear. */
export const contract = {
  ...accessContract,
  ...auditContract,
  ...camerasContract,
  ...credentialsContract,
  ...findingContract,
  ...displaysContract,
  ...evidenceContract,
  ...hostContract,
  ...incidentsContract,
  ...preferencesContract,
  ...programmesContract,
  ...ptzContract,
  ...rewindContract,
  ...scenesContract,
  ...streamsContract,
  ...wallContract,
};
export type DeedbanContract = typeof contract;
