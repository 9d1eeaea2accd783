import type { Bridge } from '../core/rpc/transport.ts';

declare global {
  interface Window {
    /** Laid by the preload; absent where this page was opened by something else. */
    readonly deedban?: Bridge;
  }
}
