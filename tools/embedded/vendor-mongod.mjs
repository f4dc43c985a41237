/**
 * Downloads MongoDB from its vendor into the folder given as the only argument and prints the path of `mongod`.
 * A process of its own because the library takes its settings from the environment. The library knows platforms, archive
 * names and checksums; we only ask first whether its server can be reached at all, as the library itself waits and retries.
 */
import { MongoBinary } from 'mongodb-memory-server-core';
import { DryMongoBinary } from 'mongodb-memory-server-core/lib/util/DryMongoBinary.js';
import { MongoBinaryDownloadUrl } from 'mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl.js';
import { openUrl } from './fetch-file.mjs';

// 7.0 opens the data folders of the 6.0 that the other sources carry.
const VERSION = '7.0.14';

const downloadDir = process.argv[2];
try {
  const options = await DryMongoBinary.generateOptions({ version: VERSION, downloadDir });
  const probe = await openUrl(await new MongoBinaryDownloadUrl(options).getDownloadUrl(), { method: 'HEAD' });
  probe.destroy();
  process.stdout.write(`\nmongod=${await MongoBinary.getPath({ version: VERSION, downloadDir, checkMD5: true })}\n`);
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error.message.split('\n')[0]}\n`);
  process.exit(1);
}
