/** Which documents are answered: the mode, and the manifests of the apps as they were written by their tools. */
import { asError } from '../domain/answers.js';
import { type Manifest, parseManifest } from '../domain/document-manifest.js';
import { readTextFile } from './env.js';
import type { SettingReader } from './setting-reader.js';

/** Bytes. */
const LARGEST_FILE = 5_000_000;
const MODES = ['off', 'log', 'enforce'] as const;

export interface TrustedDocumentSettings {
  readonly mode: (typeof MODES)[number];
  readonly manifests: readonly Manifest[];
}

export function readTrustedDocuments(reader: SettingReader): TrustedDocumentSettings {
  const mode = reader.choice('TRUSTED_DOCUMENTS', MODES) ?? 'off';
  const files = reader.list('TRUSTED_DOCUMENTS_FILE') ?? [];
  if (mode !== 'off' && files.length === 0) {
    reader.fault(
      `TRUSTED_DOCUMENTS_FILE is missing: with TRUSTED_DOCUMENTS=${mode} it names the manifests of the apps. Set it.`,
    );
  }
  if (files.length > 0 && !reader.has('TRUSTED_DOCUMENTS')) {
    reader.fault(
      'TRUSTED_DOCUMENTS is missing: manifests alone refuse nothing. Say log or enforce beside TRUSTED_DOCUMENTS_FILE, or off.',
    );
  }
  const manifests: Manifest[] = [];
  for (const file of files) {
    const text = attempt(() => readTextFile(file, LARGEST_FILE));
    if (text instanceof Error) {
      reader.fault(
        `TRUSTED_DOCUMENTS_FILE: ${file}: ${text.message}. Check its path, its rights and its size.`,
      );
      continue;
    }
    const documents = attempt(() => parseManifest(text));
    if (documents instanceof Error) reader.fault(`TRUSTED_DOCUMENTS_FILE: ${file}: ${documents.message}.`);
    else manifests.push({ name: file, documents });
  }
  return { mode, manifests };
}

function attempt<T>(work: () => T): T | Error {
  try {
    return work();
  } catch (error) {
    return asError(error);
  }
}
