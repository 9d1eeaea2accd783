import type { Peer, PeerEvents } from '../../renderer/media/peer-session.ts';
import type { WayWish, WhepClient } from '../../renderer/media/whep-client.ts';

const inbound = (width: number) =>
  new Map([['I', { id: 'I', type: 'inbound-rtp', kind: 'video', frameWidth: width }]]) as unknown as RTCStatsReport;
const track = { kind: 'video' } as unknown as MediaStreamTrack;

/** A gateway whose connections decode when told to, and the connections that were opened to it. */
export function pretendGateway() {
  const asked: string[] = [];
  const wishes: WayWish[] = [];
  const peers: PeerEvents[] = [];
  let closedPeers = 0;
  let leftSessions = 0;
  let width = 0;
  let refusal: Error | null = null;
  let own: (path: string) => boolean = () => false;
  const warmed: (readonly string[])[] = [];
  const openPeer = (events: PeerEvents): Peer => {
    peers.push(events);
    return {
      offer: async () => 'offer',
      accept: async () => events.onTrack(track),
      counter: async () => 'answer',
      lateCandidates: () => null,
      statistics: async () => inbound(width),
      close: () => {
        closedPeers += 1;
      },
    };
  };
  const whep: WhepClient = {
    async warm(paths) {
      warmed.push(paths);
      return paths.map(own);
    },
    async open(path, _offer, _signal, wish = {}) {
      asked.push(path);
      wishes.push(wish);
      if (refusal) throw refusal;
      const session = {
        trickles: false,
        answer: async () => {},
        trickle: async () => {},
        switches: false,
        show: () => ({ mark: 1, answer: Promise.resolve('awaited' as const) }),
        close: () => {
          leftSessions += 1;
        },
      };
      return { kind: 'answer', sdp: 'v=0', session };
    },
  };
  return {
    whep,
    openPeer,
    asked,
    wishes,
    peers,
    /** What was to be held at the gateway, question by question. */
    warmed,
    /** From now on these paths are our gateway's. */
    holds: (which: (path: string) => boolean) => {
      own = which;
    },
    decode: () => {
      width = 640;
    },
    /** From now on with this error; null: never. */
    refuse: (error: Error | null = new Error('not now')) => {
      refusal = error;
    },
    closed: () => ({ peers: closedPeers, sessions: leftSessions }),
  };
}
