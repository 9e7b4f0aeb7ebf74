/*
 * node accept.mjs PACKAGE OUT: does the H5P server of Lumi take the package in, and does it give
 * it back whole? Prints what it kept as JSON; writes its own export to OUT. Exit 1 when refused.
 */
import {createWriteStream} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {finished} from 'node:stream/promises';

const [packagePath, out] = process.argv.slice(2);
const {H5PConfig, fs} = (await import('@lumieducation/h5p-server')).default;
const somebody = {id: '1', name: 'Editor', email: 'editor@host.example', type: 'local'};
const store = await mkdtemp(path.join(tmpdir(), 'h5p-host-'));

try {
  const folder = (name) => path.join(store, name);
  const host = fs(new H5PConfig(), folder('libraries'), folder('temporary'), folder('content'));
  const {installedLibraries, metadata, parameters} = await host.uploadPackage(packagePath, somebody);
  const main = metadata.preloadedDependencies.find((one) => one.machineName === metadata.mainLibrary);
  const library = `${main.machineName} ${main.majorVersion}.${main.minorVersion}`;
  const id = await host.saveOrUpdateContent(undefined, parameters, metadata, library, somebody);
  const kept = await host.getContent(id, somebody);
  const written = createWriteStream(out);
  await host.exportContent(id, written, somebody);
  await finished(written);
  const libraries = installedLibraries.map((one) => [one.type, one.newVersion?.machineName]);
  console.log(JSON.stringify({libraries, title: kept.h5p.title, params: kept.params.params}));
}
catch (refusal) {
  const reasons = refusal.getErrors ? refusal.getErrors() : [refusal];
  reasons.forEach((one) => console.error(one.errorId || one.stack, JSON.stringify(one.replacements)));
  process.exitCode = 1;
}
finally {
  await rm(store, {recursive: true, force: true});
}
