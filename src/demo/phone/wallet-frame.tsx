/** The wallet's own page, in the phone: it comes back by a message of the page at demo/back. */
import { useEffect, useRef } from 'preact/hooks';
import type { BackMessage } from '../back.js';
import { useBank, useWords } from '../wire/bank.js';

/** While she is at the wallet, MDES's log is looked at so often. */
const LOOK_MS = 1000;

interface WalletFrameProps {
  readonly name: string;
  readonly url: string;
  readonly onBack: (query: URLSearchParams) => void;
  readonly onLeave: () => void;
}

export function WalletFrame({ name, url, onBack, onLeave }: WalletFrameProps) {
  const words = useWords();
  const { simulator } = useBank();
  const frame = useRef<HTMLIFrameElement>(null);
  const back = useRef(onBack);
  back.current = onBack;
  useEffect(() => {
    frame.current?.focus();
    const onMessage = ({ origin, source, data }: MessageEvent<BackMessage>) => {
      if (origin !== window.location.origin || source !== frame.current?.contentWindow) return;
      if (data.type === 'back') back.current(new URLSearchParams(data.query));
    };
    window.addEventListener('message', onMessage);
    const timer = setInterval(() => void simulator.look(), LOOK_MS);
    return () => {
      window.removeEventListener('message', onMessage);
      clearInterval(timer);
      void simulator.look();
    };
  }, [simulator]);
  return (
    <div class="wallet-frame">
      <header class="screen-bar">
        <button type="button" class="quiet" onClick={onLeave}>
          <span class="arrow" aria-hidden="true" />
          {words.leave}
        </button>
      </header>
      <iframe ref={frame} src={url} title={name} referrerpolicy="no-referrer" />
    </div>
  );
}
