/** The gateway's process, as its supervisor holds it. */
export interface GatewayProcess {
  /** Unknown until it runs, and where it could not be started. */
  readonly pid: number | undefined;
  /** On the parent's pipe: only `boot` goes this way. */
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Once, also where it could not be started; `why` is for the log. */
  onExit(listener: (why: string) => void): void;
  /** At once, without a chance to refuse (SIGKILL). Idempotent. */
  kill(): void;
}

/** How a host starts the gateway: Electron as a utility process, the browser host as a child. */
export interface SpawnGateway {
  start(): GatewayProcess;
}
