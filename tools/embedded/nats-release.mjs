/**
 * The release archives of nats-server. Where their digest is known from elsewhere it stands here and an archive has to
 * have it, whatever its host says. Elsewhere (macOS, rarer processors) there is only the list of checksums that the
 * release itself carries: it finds a damaged download, not a host that gives both file and list wrongly.
 */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../processes/run-command.mjs';
import { verifySha256 } from './cache.mjs';
import { fetchFile, fetchText } from './fetch-file.mjs';

export const RELEASE_VERSION = 'v2.14.7';
const BASE = `https://github.com/nats-io/nats-server/releases/download/${RELEASE_VERSION}`;

/** SHA-256 as the vendor's recipes of its container images name them (nats-io/nats-docker, 2.14.x). */
const DIGESTS = {
  'linux-amd64.tar.gz': 'e5c20b1cb2c0566b54c544312e91e011f9e130c5c80f16a14f4cf28ef30b8be2',
  'linux-arm64.tar.gz': '50e0258a1b7290f3fe2e4f17506b74a90ffb1dd77867ae3a402eb0c9e2b0d40f',
  'windows-amd64.zip': 'ef6b4604cc84cd37192e6407ce1bb975f380a5293dccfdb126eaf11311c58ac6',
};

/** @returns {{ archive: string, folder: string, executable: string, sha256?: string }} no `sha256`: known from nowhere but the release */
export function releaseFor(platform = process.platform, processor = process.arch) {
  const windows = platform === 'win32';
  const machine = `${windows ? 'windows' : platform}-${processor === 'x64' ? 'amd64' : processor}`;
  const suffix = `${machine}.${windows ? 'zip' : 'tar.gz'}`;
  const sha256 = DIGESTS[suffix];
  return {
    archive: `nats-server-${RELEASE_VERSION}-${suffix}`,
    folder: `nats-server-${RELEASE_VERSION}-${machine}`,
    executable: windows ? 'nats-server.exe' : 'nats-server',
    ...(sha256 ? { sha256 } : {}),
  };
}

/**
 * Downloads the archive into a folder, verifies it before anything of it is touched, and unpacks the server.
 * @param {ReturnType<typeof releaseFor>} release
 * @param {{ file: typeof fetchFile, text: typeof fetchText }} [fetching]
 * @returns {Promise<string>} name of the executable in the folder
 */
export async function unpackRelease(staging, release, fetching = { file: fetchFile, text: fetchText }) {
  const { archive, folder, executable } = release;
  const sha256 = release.sha256 ?? sumIn(await fetching.text(`${BASE}/SHA256SUMS`), archive);
  await fetching.file(`${BASE}/${archive}`, join(staging, archive));
  await verifySha256(join(staging, archive), sha256);
  await runCommand('tar', ['-xf', join(staging, archive), '-C', staging]);
  await rename(join(staging, folder, executable), join(staging, executable));
  return executable;
}

function sumIn(sums, archive) {
  const sum = new RegExp(`^([0-9a-f]{64})\\s+\\*?${archive.replaceAll('.', '\\.')}$`, 'm').exec(sums)?.[1];
  if (!sum) throw new Error(`the release names no checksum for ${archive}`);
  return sum;
}
