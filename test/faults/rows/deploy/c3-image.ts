/** C3: the Dockerfile's steps carried out, and its container started: nobody's rights, nothing written, process 1, on two Nodes. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atMost, exactly, type Figure, noneOf } from '../../figure.js';
import { NotRun, type Row } from '../../row.js';
import { buildImage, type Image, mountsOf } from '../../support/containers/image.js';
import { canIsolate, innerProcess, Network, startIn } from '../../support/containers/root.js';
import { said } from '../../support/containers/said.js';
import { eventually } from '../../support/eventually.js';

const MOST_MEGABYTES = 120;
const PATIENCE_MS = 60_000;

export const image: Row = {
  id: 'C3',
  title: 'the image: built by its Dockerfile, started without rights and without a place to write',
  async run(scene) {
    if (!canIsolate()) throw new NotRun('this machine lets nobody have a file system of his own');
    const home = mkdtempSync(join(tmpdir(), 'c3-'));
    scene.owns(async () => rmSync(home, { recursive: true, force: true }));
    const built = await buildImage(committed(home), join(home, 'image'));
    const figures = [...contents(built)];
    for (const node of nodes())
      figures.push(...(await started(built, node, mkdtempSync(join(home, 'run-')))));
    return figures;
  },
};

/** What a build is sent: what is committed, less what .dockerignore leaves out, which is all that is not named. */
export function committed(home: string): string {
  const context = join(home, 'context');
  mkdirSync(context);
  const named = readFileSync('.dockerignore', 'utf8').match(/^!.*$/gm) ?? [];
  const paths = ['Dockerfile', ...named.map((line) => line.slice(1))];
  const files = execFileSync('git', ['ls-files', '--', ...paths], { encoding: 'utf8' });
  execFileSync('tar', ['-c', '-f', join(home, 'context.tar'), '-T', '-'], { input: files });
  execFileSync('tar', ['-x', '-f', join(home, 'context.tar'), '-C', context]);
  return context;
}

function nodes(): string[] {
  const { stdout, status } = spawnSync(process.execPath, ['scripts/another-node.mjs', '24'], {
    encoding: 'utf8',
  });
  return [process.execPath, ...(status === 0 ? [join(stdout.trim(), 'node')] : [])];
}

function contents({ layer }: Image): Figure[] {
  const modules = join(layer, 'app/node_modules');
  const kilobytes = Number(execFileSync('du', ['-sk', modules], { encoding: 'utf8' }).split('\t')[0]);
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const forDevelopers = Object.keys(packages).filter((path) => packages[path].dev === true);
  const app = readdirSync(join(layer, 'app'));
  return [
    atMost('modules', kilobytes / 1024, MOST_MEGABYTES, 'MB'),
    noneOf(
      'packages for developers',
      forDevelopers.filter((path) => existsSync(join(layer, 'app', path))),
    ),
    noneOf(
      'sources, tests',
      app.filter((name) => /^(src|test|\.git|recipes)$/.test(name)),
    ),
  ];
}

async function started(built: Image, node: string, home: string): Promise<Figure[]> {
  const [version] = execFileSync(node, ['--version'], { encoding: 'utf8' }).split('.');
  const mounts = mountsOf(built, node);
  const network = await Network.start();
  const inside = (
    name: string,
    command: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ) =>
    startIn({
      ...{
        home: join(home, name),
        upper: join(home, name, 'upper'),
        readOnly: true,
        mounts,
        network,
        command,
      },
      ...{ user: built.user, workdir: built.workdir, environment: { ...built.environment, ...environment } },
    });
  try {
    const bare = await said(inside('bare', built.entrypoint)).ended();
    const child = inside('gateway', built.entrypoint, { NODE_ENV: '', HOST: '127.0.0.1' });
    const gateway = said(child);
    const healthy = () =>
      said(inside('health', built.healthcheck))
        .ended()
        .then(({ code }) => code === 0);
    const before = await healthy();
    await eventually(async () => gateway.output().includes('"msg":"listening"'), PATIENCE_MS);
    if (child.exitCode !== null) throw new Error(`the container has ended: ${gateway.output()}`);
    const well = await healthy();
    const pid = innerProcess(child) ?? 0;
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const [, uid] = /^Uid:\t(\d+)/m.exec(status) ?? [];
    const [, spaces = ''] = /^NSpid:\t(.*)$/m.exec(status) ?? [];
    process.kill(pid, 'SIGTERM');
    const { code, output } = await gateway.ended();
    const warnings = output.match(/^.*warning.*$/gim) ?? [];
    return [
      exactly(`${version}: without settings, exit code`, bare.code ?? -1, 78),
      exactly('user', uid ?? '', built.user.split(':')[0] ?? ''),
      exactly('process', spaces.split('\t').at(-1) ?? '', '1'),
      exactly('healthy before and after it listens', `${before} ${well}`, 'false true'),
      noneOf('warnings', warnings),
      exactly('exit code after SIGTERM', code ?? -1, 0),
    ];
  } finally {
    network.close();
  }
}
