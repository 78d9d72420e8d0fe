/** Carries out the project's Dockerfile on overlays of this machine, where there is no Docker: its steps are real, its bases are not. */
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type ImageSettings,
  type Instruction,
  readDockerfile,
  type Stage,
  settingsOf,
} from './dockerfile.js';
import { type Mount, startIn } from './root.js';
import { said } from './said.js';

export interface Image extends ImageSettings {
  /** All that its stage has put there. */
  readonly layer: string;
}

/** @param context what a build would be sent; `home` belongs to the image */
export async function buildImage(context: string, home: string): Promise<Image> {
  const stages = readDockerfile(readFileSync(join(context, 'Dockerfile'), 'utf8'));
  const layers = new Map<string, string>();
  for (const [index, stage] of stages.entries()) {
    const layer = join(home, `stage-${index}`);
    mkdirSync(layer, { recursive: true });
    layers.set(stage.name, layer);
    await carryOut(stage, { context, layers, layer, home: join(home, `work-${index}`) });
  }
  const last = stages.at(-1);
  if (last === undefined) throw new Error('the Dockerfile has no stage');
  return { ...settingsOf(last), layer: layers.get(last.name) ?? '' };
}

/** What a container of it finds: the stage's own folder, and the Node that its base would bring. */
export function mountsOf({ layer, workdir }: Image, node: string): Mount[] {
  const base = mkdtempSync(join(layer, 'base-'));
  mkdirSync(join(base, 'bin'));
  // As it was made, only its owner may enter.
  chmodSync(base, 0o755);
  // Where it lies, others than root may not look.
  copyFileSync(node, join(base, 'bin/node'));
  return [
    { source: join(layer, workdir), target: workdir, readOnly: true },
    { source: base, target: '/nodejs', readOnly: true },
  ];
}

interface Place {
  readonly context: string;
  readonly layers: ReadonlyMap<string, string>;
  readonly layer: string;
  readonly home: string;
}

async function carryOut({ steps }: Stage, place: Place): Promise<void> {
  let workdir = '/';
  for (const step of steps) {
    if (step.what === 'WORKDIR') {
      workdir = step.text;
      mkdirSync(join(place.layer, workdir), { recursive: true });
    } else if (step.what === 'COPY') copy(step, workdir, place);
    else if (step.what === 'RUN') await run(step.text, workdir, place);
  }
}

function copy({ text }: Instruction, workdir: string, { context, layers, layer }: Place): void {
  const words = text.split(/\s+/);
  const [, stage] = /^--from=(.*)$/.exec(words[0] ?? '') ?? [];
  const from = stage === undefined ? context : (layers.get(stage) ?? '');
  const paths = stage === undefined ? words : words.slice(1);
  const target = paths.pop() ?? '';
  const to = join(layer, target.startsWith('/') ? target : join(workdir, target));
  for (const path of paths) {
    const many = paths.length > 1 || (target.endsWith('/') && !path.endsWith('/'));
    const place = many ? join(to, path) : to;
    mkdirSync(dirname(place), { recursive: true });
    cpSync(join(from, path), place, { recursive: true });
  }
}

async function run(script: string, workdir: string, { layer, home }: Place): Promise<void> {
  const environment = { PATH: process.env['PATH'] ?? '', HOME: '/root' };
  const command = ['sh', '-c', script];
  const child = startIn({ home, upper: layer, readOnly: false, workdir, environment, command });
  const { code, output } = await said(child).ended();
  if (code !== 0) throw new Error(`RUN ${script} ended with ${code}: ${output.slice(-2000)}`);
}
