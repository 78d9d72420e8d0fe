/** For testers: what the simulator that stands in for MDES can be told to do wrong. */
import { useState } from 'preact/hooks';
import { useBank, useSettings } from '../wire/bank.js';
import { PUSH_FAULTS, type PushFault } from '../wire/simulator.js';

const FAULT_NAMES: Readonly<Record<PushFault, string>> = {
  errors: 'MDES refuses it',
  '500': 'MDES breaks (HTTP 500)',
  malformed: 'MDES answers half a JSON',
  reset: 'The connection is cut',
  delay: 'MDES takes 3 seconds',
  hang: 'MDES never answers',
};

export function Testers({ beAmir }: { readonly beAmir: () => void }) {
  const bank = useBank();
  const { signedInLongAgo, showsMagic } = useSettings();
  const [said, setSaid] = useState('');
  const order = (deed: Promise<void>, done: string) =>
    void deed.then(
      () => setSaid(done),
      () => setSaid('The simulator cannot be reached.'),
    );
  const toggleMagic = () => {
    bank.settings.update((all) => ({ ...all, showsMagic: !showsMagic }));
    if (!showsMagic) beAmir();
  };
  const toggleSignIn = () => {
    bank.signIn.forget();
    bank.settings.update((all) => ({ ...all, signedInLongAgo: !signedInLongAgo }));
  };
  return (
    <details class="testers">
      <summary>For testers</summary>
      <div class="panel">
        <h2>Make the next push fail</h2>
        <div class="deeds">
          {PUSH_FAULTS.map((fault) => (
            <button
              key={fault}
              type="button"
              class="small"
              onClick={() => order(bank.simulator.failNextPush(fault), `Next push: ${FAULT_NAMES[fault]}.`)}
            >
              {FAULT_NAMES[fault]}
            </button>
          ))}
        </div>
        <h2>Wallets and cards that always fail</h2>
        <label class="switch">
          <input type="checkbox" checked={showsMagic} onChange={toggleMagic} />
          <span>
            Sign in as Amir, whose cards fail, each in one way of its own, and show him the wallets that do so
            too, at the end of the list.
          </span>
        </label>
        <h2>Time and sign-in</h2>
        <label class="switch">
          <input type="checkbox" checked={signedInLongAgo} onChange={toggleSignIn} />
          <span>
            Signed in two hours ago, by password. Started with <code>STEP_UP_MAX_AGE=600</code>, the gateway
            then asks for a fresh sign-in.
          </span>
        </label>
        <div class="deeds">
          <button
            type="button"
            class="small"
            onClick={() => order(bank.simulator.advanceClock(20), 'It is 20 minutes later at MDES.')}
          >
            20 minutes pass at MDES
          </button>
          <button
            type="button"
            class="small"
            onClick={() => order(bank.simulator.reset(), 'MDES has forgotten everything.')}
          >
            MDES forgets everything
          </button>
        </div>
        <p role="status" class="hint">
          {said}
        </p>
        <p class="soft">
          More: <a href="explorer">the explorer</a>, <a href="graphql">Apollo Sandbox</a> (needs internet)
        </p>
      </div>
    </details>
  );
}
