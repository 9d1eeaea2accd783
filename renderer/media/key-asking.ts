/** No camera or gateway is asked more often: an answer may take a round trip and a whole key picture. */
const leastMs = 500;
/** Then the next key picture comes by itself or not at all. */
const mostTries = 10;

/** Asks for a key picture until one comes, at most once in half a second. */
export interface KeyAsking {
  ask(): void;
  /** A key picture came, or none is wanted any more. */
  answered(): void;
}

export function createKeyAsking(send: () => void): KeyAsking {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wanted = false;
  let left = 0;

  function turn(): void {
    timer = undefined;
    if (!wanted || left === 0) return;
    left -= 1;
    send();
    timer = setTimeout(turn, leastMs);
  }
  return {
    ask() {
      wanted = true;
      left = mostTries;
      // Asked a moment ago, the answer is on its way.
      if (timer === undefined) turn();
    },
    answered() {
      wanted = false;
    },
  };
}
