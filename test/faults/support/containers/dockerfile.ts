/** Reads what our Dockerfile says, as far as it goes: stages, their instructions, and what a container of the last one is started with. */

export interface Stage {
  readonly name: string;
  readonly base: string;
  readonly steps: readonly Instruction[];
}

export interface Instruction {
  readonly what: string;
  readonly text: string;
}

export interface ImageSettings {
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string;
  readonly workdir: string;
  readonly entrypoint: readonly string[];
  readonly healthcheck: readonly string[];
}

export function readDockerfile(text: string): Stage[] {
  const stages: { name: string; base: string; steps: Instruction[] }[] = [];
  const values = new Map<string, string>();
  for (const { what, text: rest } of instructionsOf(text)) {
    if (what === 'ARG') {
      const [name = '', value = ''] = rest.split('=');
      values.set(name, value);
    } else if (what === 'FROM') {
      const from = rest.replace(/\$\{(\w+)\}/g, (_, name) => values.get(name) ?? '');
      const [base = '', , name = ''] = from.split(/\s+/);
      stages.push({ name, base, steps: [] });
    } else {
      stages.at(-1)?.steps.push({ what, text: rest });
    }
  }
  return stages;
}

function instructionsOf(text: string): Instruction[] {
  return text
    .replace(/^#.*\n/gm, '')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, what = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
      return { what, text: rest.trim() };
    });
}

export function settingsOf({ steps }: Stage): ImageSettings {
  const last = (what: string) => steps.findLast((step) => step.what === what)?.text ?? '';
  const pairs = last('ENV')
    .split(/\s+/)
    .map((pair) => pair.split('='));
  return {
    environment: Object.fromEntries(pairs),
    user: last('USER'),
    workdir: last('WORKDIR'),
    entrypoint: JSON.parse(last('ENTRYPOINT')),
    healthcheck: JSON.parse(last('HEALTHCHECK').replace(/^.*?CMD\s+/, '')),
  };
}
