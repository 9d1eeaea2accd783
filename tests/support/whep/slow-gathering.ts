/**
 * A page script that makes a browser's candidates come late, as on a machine with a stuck network interface: for `lateMs`
 * after an offer nothing is known of them. Everything else is the browser's own.
 */
export function slowGathering(lateMs: number): string {
  return `(() => {
    const own = RTCPeerConnection.prototype;
    const begun = new WeakMap();
    const early = (connection) => performance.now() - (begun.get(connection) ?? -Infinity) < ${lateMs};
    const { setLocalDescription, addEventListener } = own;
    own.setLocalDescription = function (...args) {
      begun.set(this, performance.now());
      return setLocalDescription.apply(this, args);
    };
    const getter = (name, change) => {
      const { get } = Object.getOwnPropertyDescriptor(own, name);
      Object.defineProperty(own, name, { configurable: true, get() { return early(this) ? change(get.call(this)) : get.call(this); } });
    };
    getter('iceGatheringState', () => 'gathering');
    getter('localDescription', (d) => d && { type: d.type, sdp: d.sdp.replace(/^a=(candidate|end-of-candidates).*\\r\\n/gm, '') });
    const held = new WeakMap();
    own.addEventListener = function (type, listener, options) {
      if (!/^icecandidate$|^icegatheringstatechange$/.test(type)) return addEventListener.call(this, type, listener, options);
      addEventListener.call(this, type, (event) => {
        if (!early(this)) return listener.call(this, event);
        const waiting = held.get(this);
        if (waiting) return waiting.push(() => listener.call(this, event));
        const all = [() => listener.call(this, event)];
        held.set(this, all);
        // All at once and in order, a little after the time is over.
        setTimeout(() => { held.delete(this); for (const tell of all) tell(); }, begun.get(this) + ${lateMs} - performance.now() + 20);
      }, options);
    };
  })()`;
}
