/** Code and JSON to read, with what is secret marked: shown here because all of it is the demo's own. */

interface CodeProps {
  readonly label: string;
  readonly text: string;
}

const SECRET =
  /^(\s*"(?:pushAccountReceipt|issuerInitiatedDigitizationData|url|accountNumber|financialAccountId)": )(".*")(,?)$/;

/** Whoever scrolls by keyboard can get into it. */
export function Code({ label, text }: CodeProps) {
  return (
    <figure class="code-block">
      <figcaption>{label}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <section tabIndex={0} aria-label={label}>
        <pre>
          <code>{text.split('\n').map(line)}</code>
        </pre>
      </section>
    </figure>
  );
}

function line(text: string, index: number) {
  const [, before, secret, after] = SECRET.exec(text) ?? [];
  if (secret === undefined) return `${text}\n`;
  return (
    <span key={index}>
      {before}
      <mark title="Secret: an app hands it off, and never logs or stores it">{secret}</mark>
      {after}
      {'\n'}
    </span>
  );
}

export function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
