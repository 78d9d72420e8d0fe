/** How long a link is still good for, by the second. */
import { useEffect, useState } from 'preact/hooks';
import { useBank, useWords } from '../wire/bank.js';

/** @returns milliseconds; 0 when it is over, null where there is no end */
export function useTimeLeft(expiresAt: string | null | undefined): number | null {
  const { gateway } = useBank();
  const [now, setNow] = useState(gateway.now());
  useEffect(() => {
    if (expiresAt == null) return;
    setNow(gateway.now());
    const timer = setInterval(() => setNow(gateway.now()), 1000);
    return () => clearInterval(timer);
  }, [expiresAt, gateway]);
  return expiresAt == null ? null : Math.max(0, Date.parse(expiresAt) - now);
}

export function Countdown({ left }: { readonly left: number }) {
  const words = useWords();
  const seconds = Math.ceil(left / 1000);
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <p class="countdown">
      <span class="soft">{words.timeLeft}</span>
      <time role="timer" dir="ltr">
        {text}
      </time>
    </p>
  );
}
