/** Installing a Debian package for the person, where that can be done without asking: as root, by apt-get. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { findOnPath } from './on-path.ts';

/** Asked by invoke-rc.d and deb-systemd-invoke before they start a service; 101 means "not allowed". */
const POLICY = '/usr/sbin/policy-rc.d';

export function canInstallDebianPackages(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version') && findOnPath('apt-get') !== undefined;
}

/**
 * Installs one package and says so in one line. Services that the package brings are neither started nor enabled,
 * so nothing new listens on the machine; a service that was there before is not touched, since then the package is installed already.
 * Throws with apt's own words when it fails.
 */
export function installDebianPackage(name: string, why: string): void {
  console.log(`Installing the Debian package ${name} (${why}) …`);
  const keepsServicesDown = !existsSync(POLICY);
  if (keepsServicesDown) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    aptGet('update');
    aptGet('install', '--yes', '--no-install-recommends', name);
  } finally {
    if (keepsServicesDown) rmSync(POLICY, { force: true });
  }
  if (existsSync('/run/systemd/system')) {
    // Fails harmlessly for a package without a service of its own name.
    spawnSync('systemctl', ['disable', '--now', name], { stdio: 'ignore' });
  }
}

function aptGet(...args: string[]): void {
  // The lock's time limit is in seconds: another apt may be running.
  const run = spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.status !== 0) {
    const said = `${run.stdout ?? ''}${run.stderr ?? ''}`.trim().split('\n').slice(-15).join('\n');
    throw new Error(`apt-get ${args.join(' ')} failed${run.error ? ` (${run.error.message})` : ''}:\n${said}`);
  }
}
