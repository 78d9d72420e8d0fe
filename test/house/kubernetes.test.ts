/** The manifests of deploy/kubernetes are what Kubernetes takes, and what they set is a configuration that starts. */

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { readConfig } from '../../src/config/config.js';
import { selfSignedCertificate } from '../../src/simulator/self-signed-certificate.js';
import { rsaKeyPair } from '../support/keys.js';

const FOLDER = 'deploy/kubernetes';
const SECRETS = '/run/secrets/gateway/';
const require = createRequire(import.meta.url);

type Json = Readonly<Record<string, unknown>>;

function manifestsIn(file: string): Json[] {
  return parseAllDocuments(readFileSync(join(FOLDER, file), 'utf8'))
    .map((document) => document.toJS() as Json)
    .filter((manifest) => !String(manifest['apiVersion']).startsWith('kustomize.'));
}

const FILES = readdirSync(FOLDER).filter((file) => file !== 'kustomization.yaml');
const MANIFESTS = FILES.flatMap(manifestsIn);

/** By Kubernetes' own schemas, and for a name that they do not know, at which an API server only warns. */
function faultsOf(manifest: Json): string[] {
  const { apiVersion, kind } = manifest;
  const models = require(`kubernetes-models/${apiVersion}`);
  const read = new Set<string>();
  const model = new models[String(kind)](Object.fromEntries(Object.entries(manifest)));
  for (const [name, value] of Object.entries(manifest)) model[name] = watched(value, name, read);
  try {
    model.validate();
  } catch (error) {
    return [String(error)];
  }
  const known = (path: string) => read.has(path) || !path.includes('.');
  return pathsIn(manifest)
    .filter((path) => !known(path))
    .map((path) => `${path} is unknown`);
}

/** The schemas let names pass that they do not know, and never look at them. */
function watched(value: unknown, path: string, read: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, name) {
      const inner: unknown = Reflect.get(target, name);
      if (typeof name === 'symbol' || !Object.hasOwn(target, name)) return inner;
      read.add(`${path}.${name}`);
      return watched(inner, `${path}.${name}`, read);
    },
  });
}

function pathsIn(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = path === '' ? name : `${path}.${name}`;
    return [at, ...pathsIn(inner, at)];
  });
}

function one(kind: string): Json {
  const found = MANIFESTS.filter((manifest) => manifest['kind'] === kind);
  expect(found).toHaveLength(1);
  return found[0] ?? {};
}

function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, name) => (inner as Readonly<Record<string | number, unknown>> | undefined)?.[name],
    value,
  );
}

describe('the manifests for Kubernetes', () => {
  it.each(MANIFESTS.map((manifest) => [String(manifest['kind']), manifest] as const))(
    '%s is what its schema asks for, to the last name',
    (_kind, manifest) => expect(faultsOf(manifest)).toEqual([]),
  );

  it('would not pass with a wrong value, or with a name that is none', () => {
    const wrong = { ...one('NetworkPolicy'), spec: { podSelector: {}, policyTypes: ['Upwards'] } };
    expect(faultsOf(wrong)).toHaveLength(1);
    const misspelt = { ...one('PodDisruptionBudget'), spec: { maxUnavailable: 1, selektor: {} } };
    expect(faultsOf(misspelt)).toEqual(['spec.selektor is unknown']);
  });

  it('are all listed', () => {
    const { resources } = parse(readFileSync(join(FOLDER, 'kustomization.yaml'), 'utf8'));
    expect(resources.sort()).toEqual([...FILES].sort());
  });

  it('set what a gateway in production starts with, once the secrets are there', async () => {
    const pem = (name: string) =>
      rsaKeyPair(name).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const key = Buffer.alloc(32, 7).toString('base64');
    const secrets: Readonly<Record<string, string>> = {
      'mdes-consumer-key': 'consumer-key',
      'mdes-signing-key': pem('ours'),
      'mdes-signing-key-password': 'nobody asks for it',
      'mdes-encryption-certificate': selfSignedCertificate(pem('theirs'), 'MDES'),
      'card-vault-token': 'a-token-of-the-card-store',
      'cache-url': 'rediss://gateway:password@redis.bank.example:6379',
      'ledger-url': 'postgres://gateway:password@ledger.bank.example/gateway?sslmode=verify-full',
      'ledger-keys': key,
      'audit-keys': Buffer.alloc(32, 8).toString('base64'),
    };
    const container = at(one('Deployment'), 'spec', 'template', 'spec', 'containers', 0);
    const files = at(container, 'env') as readonly { readonly name: string; readonly value: string }[];
    expect(files.map(({ value }) => value.replace(SECRETS, '')).sort()).toEqual(Object.keys(secrets).sort());
    const given = files.map(({ name, value }) => [
      name.replace(/_FILE$/, ''),
      secrets[value.replace(SECRETS, '')],
    ]);
    const ofImage = { NODE_ENV: 'production', HOST: '0.0.0.0', PORT: '4000' };
    const settings = at(one('ConfigMap'), 'data') as Readonly<Record<string, string>>;
    const config = await readConfig({ ...ofImage, ...settings, ...Object.fromEntries(given) });
    const ports = at(container, 'ports') as readonly { readonly containerPort: number }[];
    expect([config.port, config.admin?.port]).toEqual(ports.map(({ containerPort }) => containerPort));
  });

  it('give nobody more rights than it needs', () => {
    const pod = at(one('Deployment'), 'spec', 'template', 'spec');
    expect(at(pod, 'securityContext')).toMatchObject({ runAsNonRoot: true, runAsUser: 65532 });
    expect(at(pod, 'containers', 0, 'securityContext')).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(at(pod, 'automountServiceAccountToken')).toBe(false);
  });
});
